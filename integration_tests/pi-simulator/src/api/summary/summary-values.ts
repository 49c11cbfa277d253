import {noData} from '../../archive/interpolation';
import {emptyEvent, type ArchiveEvent} from '../../plant/archive-event';
import {type Ticks} from '../../time/ticks';
import {type World} from '../world';
import {type Extreme, type Totals} from './accumulator';
import {type SummaryQuery, type SummaryType} from './summary-query';
import {type Interval} from './weighing';

const SECONDS_PER_DAY = 86_400;

/** An interval that was summed up. */
export interface Summed {
  readonly interval: Interval;
  readonly totals: Totals;
}

/**
 * One summary as a value. Where nothing answers it is the state No Data; whether an
 * empty range has a count of zero or none at all is a matter of the settings.
 */
export function summaryValue(
  {settings}: World,
  type: SummaryType,
  {interval, totals, query}: Summed & {readonly query: SummaryQuery},
): ArchiveEvent {
  const counted = settings.summaryCountsBad ? totals.span : totals.good;
  const isByTime = query.basis.startsWith('Time');
  const looked = type === 'PercentGood' ? totals.span : counted;
  const isSilent = looked === 0 && settings.emptySummary === 'no_data';
  const found = isSilent ? undefined : COMPUTE[type]({...totals, counted, isByTime});
  const ticks = stamp(interval, query, found?.at);
  if (found === undefined) return noData(ticks);
  return {...emptyEvent(), ticks, number: found.value};
}

/** Where a summary stands: at an end of its interval, or where the extreme was. */
function stamp(
  {from, to}: Interval,
  {timeType}: SummaryQuery,
  own: Ticks | undefined,
): Ticks {
  if (timeType === 'Auto' && own !== undefined) return own;
  return timeType === 'MostRecentTime' ? to : from;
}

/** A number, with its instant where it has one of its own. */
interface Found {
  readonly value: number;
  readonly at?: Ticks;
}

interface Material extends Totals {
  /** The weight of what counts. */
  readonly counted: number;
  readonly isByTime: boolean;
}

/** How each type is made; undefined where there is nothing to make it from. */
const COMPUTE: Readonly<
  Record<SummaryType, (material: Material) => Found | undefined>
> = {
  Count: ({counted}) => ({value: counted}),
  PercentGood: ({span, good}) => ({value: span === 0 ? 0 : (100 * good) / span}),
  Total: total,
  TotalWithUOM: total,
  Average: ({weight, mean}) => (weight === 0 ? undefined : {value: mean}),
  Minimum: ({minimum}) => minimum,
  Maximum: ({maximum}) => maximum,
  Range: ({minimum, maximum}) => minimum && maximum && between(minimum, maximum),
  PopulationStdDev: ({weight, squares}) => deviation(squares, weight),
  // A stretch of time has no degree of freedom to lose.
  StdDev: ({weight, squares, isByTime}) =>
    deviation(squares, isByTime ? weight : weight - 1),
};

/** Of a rate whose unit of time is not known, PI makes a total per day. */
function total({mean, weight, isByTime}: Material): Found {
  return {value: (mean * weight) / (isByTime ? SECONDS_PER_DAY : 1)};
}

function between(minimum: Extreme, maximum: Extreme): Found {
  return {value: maximum.value - minimum.value};
}

function deviation(squares: number, weight: number): Found | undefined {
  return weight > 0 ? {value: Math.sqrt(squares / weight)} : undefined;
}
