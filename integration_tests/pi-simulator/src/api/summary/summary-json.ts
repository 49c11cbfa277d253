import {type JsonText} from '../answer';
import {conflict} from '../api-error';
import {errorValue} from '../error-value';
import {type Call} from '../route';
import {below, isSelected, type Selection} from '../selection';
import {type Stream} from '../stream';

import {ValueWriter} from '../value-writer';
import {type SummaryQuery, type SummaryType} from './summary-query';
import {summaryValue, type Summed} from './summary-values';
import {weigh} from './weighing';

const NUMERIC: readonly string[] = ['Int16', 'Int32', 'Float16', 'Float32', 'Float64'];
/** What can be said of states, texts and times too. */
const FOR_ANY_TYPE: readonly SummaryType[] = ['Count', 'PercentGood'];

/**
 * Members of an object with the summaries of a stream, as JSON text without the braces:
 * `"Items":[{"Type":…,"Value":…}]`, type by type, each in the order of its intervals.
 *
 * @throws ApiError 409 for a stream without a history.
 */
export function summaryMembers(
  {world, budget}: Call,
  stream: Stream,
  {query, selection}: {readonly query: SummaryQuery; readonly selection: Selection},
): JsonText {
  const {source} = stream;
  if (source.kind !== 'point') {
    throw conflict(`The attribute '${stream.identity.path}' cannot be summarized.`);
  }
  if (!isSelected(selection, 'Items')) return [];
  const {point} = source;
  const {basis, intervals} = query;
  const summed = intervals.map((interval): Summed => ({
    interval,
    totals: weigh(world.archive, point, {interval, basis}),
  }));
  const values = below(below(selection, 'Items'), 'Value');
  const writer = new ValueWriter(values, stream.units);
  const isNumeric = NUMERIC.includes(point.type);
  const items: string[] = [];
  for (const type of query.types) {
    for (const part of summed) {
      if (!budget.take()) break;
      const value =
        isNumeric || FOR_ANY_TYPE.includes(type)
          ? writer.write(summaryValue(world, type, {...part, query}))
          : errorValue(part.interval.from, `A ${type} needs numeric values.`, values);
      items.push(summaryItem(type, value, below(selection, 'Items')));
    }
  }
  return [`"Items":[${items.join(',')}]`];
}

/** A summary with its type, as far as they were asked for. */
export function summaryItem(
  type: SummaryType,
  value: string,
  selection: Selection,
): string {
  const members = [
    ...(isSelected(selection, 'Type') ? [`"Type":"${type}"`] : []),
    ...(isSelected(selection, 'Value') ? [`"Value":${value}`] : []),
  ];
  return `{${members.join(',')}}`;
}
