import {type Ticks} from '../../time/ticks';
import {ApiError, badRequest} from '../api-error';
import {type Query} from '../query';
import {type Call} from '../route';
import {parseInterval, parseTime} from '../time-string';
import {type Basis, BASES, type Interval} from './weighing';

/** What can be computed of a series. */
export type SummaryType =
  | 'Total'
  | 'Average'
  | 'Minimum'
  | 'Maximum'
  | 'Range'
  | 'StdDev'
  | 'PopulationStdDev'
  | 'Count'
  | 'PercentGood'
  | 'TotalWithUOM';

const EVERY_TYPE: readonly SummaryType[] = [
  'Total',
  'Average',
  'Minimum',
  'Maximum',
  'Range',
  'StdDev',
  'PopulationStdDev',
  'Count',
  'PercentGood',
  'TotalWithUOM',
];
/** Words that stand for several types at once. */
const FAMILIES: Readonly<Record<'All' | 'AllForNonNumeric', readonly SummaryType[]>> = {
  All: EVERY_TYPE,
  AllForNonNumeric: ['Count', 'PercentGood'],
};
const WORDS = [...EVERY_TYPE, 'All', 'AllForNonNumeric'] as const;
const TIME_TYPES = ['Auto', 'EarliestTime', 'MostRecentTime'] as const;
const SAMPLE_TYPES = ['ExpressionRecordedValues', 'Interval'] as const;

export const SUMMARY_PARAMETERS = [
  ...['startTime', 'endTime', 'summaryType', 'calculationBasis', 'timeType'],
  ...['summaryDuration', 'sampleType', 'sampleInterval', 'filterExpression'],
];

/** A request for summaries, in PI's terms. */
export interface SummaryQuery {
  readonly types: readonly SummaryType[];
  readonly basis: Basis;
  readonly timeType: (typeof TIME_TYPES)[number];
  /** In the direction of travel. */
  readonly intervals: readonly Interval[];
}

/**
 * The query for summaries that a call's parameters describe.
 *
 * @throws ApiError 400 for bad times and words and for more values than are returned.
 */
export function summaryQuery({query, world}: Call): SummaryQuery {
  if (query.text('filterExpression') !== undefined) {
    throw new ApiError(501, ['Filter expressions are not evaluated by this server.']);
  }
  checkSampling(query);
  const types = summaryTypes(query);
  const duration = query.text('summaryDuration');
  return {
    types,
    basis: query.word('calculationBasis', BASES) ?? 'TimeWeighted',
    timeType: query.word('timeType', TIME_TYPES) ?? 'Auto',
    intervals: cut(rangeOf(query, world.clock.now()), {
      duration: duration === undefined ? undefined : parseInterval(duration),
      maxCount: world.settings.maxReturnedItems / types.length,
    }),
  };
}

/** How a filter would be sampled has no effect where there is none. */
function checkSampling(query: Query): void {
  query.word('sampleType', SAMPLE_TYPES);
  const interval = query.text('sampleInterval');
  if (interval !== undefined) parseInterval(interval);
}

function summaryTypes(query: Query): readonly SummaryType[] {
  const words = query.words('summaryType', WORDS);
  return words.length === 0 ? ['Total'] : [...new Set(words.flatMap(typesOf))];
}

function rangeOf(query: Query, now: Ticks): Range {
  return {
    start: parseTime(query.text('startTime') ?? '*-1d', now),
    end: parseTime(query.text('endTime') ?? '*', now),
  };
}

function typesOf(word: (typeof WORDS)[number]): readonly SummaryType[] {
  return word === 'All' || word === 'AllForNonNumeric' ? FAMILIES[word] : [word];
}

interface Range {
  readonly start: Ticks;
  /** Before `start` for intervals that run backwards. */
  readonly end: Ticks;
}

/** Cuts from the start on; the last interval is as short as it must be. */
function cut(
  {start, end}: Range,
  {duration, maxCount}: {duration: Ticks | undefined; maxCount: number},
): readonly Interval[] {
  const length = Math.abs(end - start);
  const width = duration ?? Math.max(length, 1);
  const count = Math.max(1, Math.ceil(length / width));
  if (count > maxCount) {
    throw badRequest(
      `The number of values is greater than the maximum allowed (${Math.floor(maxCount)}).`,
    );
  }
  const sign = start <= end ? 1 : -1;
  return Array.from({length: count}, (_, index) => {
    const near = start + sign * index * width;
    const far = start + sign * Math.min(length, (index + 1) * width);
    const from = Math.min(near, far);
    const to = Math.max(near, far);
    return {from, to, hasNext: to !== Math.max(start, end)};
  });
}
