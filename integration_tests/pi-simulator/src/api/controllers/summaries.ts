import {type Ticks} from '../../time/ticks';
import {type Answer, textAnswer} from '../answer';
import {errorValue} from '../error-value';
import {CHOOSING, historical, ownedStreams} from '../owned-streams';
import {type Call, type Route} from '../route';
import {below, isSelected} from '../selection';
import {resolveStream} from '../stream';
import {ownFault} from '../stream-fault';
import {type Asked, askedStreams, ending, streamSet} from '../stream-set';
import {summaryItem, summaryMembers} from '../summary/summary-json';
import {
  SUMMARY_PARAMETERS,
  type SummaryQuery,
  summaryQuery,
  type SummaryType,
} from '../summary/summary-query';

function summaryOfStream(call: Call): Answer {
  const stream = resolveStream(call.world, call.path['webId'] ?? '');
  const query = summaryQuery(call);
  const {selection} = call;
  const opening = isSelected(selection, 'Links') ? '{"Links":{},' : '{';
  const fault = ownFault(call.world, stream);
  if (fault?.scope !== 'value') {
    const members = summaryMembers(call, stream, {query, selection});
    return textAnswer([opening, ...members, ending(call)]);
  }
  const items = below(selection, 'Items');
  const value = errorValue(firstInstant(query), fault.message, below(items, 'Value'));
  const item = summaryItem(firstType(query), value, items);
  return textAnswer([`${opening}"Items":[${item}]}`]);
}

/** Summaries of a set: one window and one cut into intervals for all streams. */
function summarySet(call: Call, streams: readonly Asked[]): Answer {
  const query = summaryQuery(call);
  const selection = below(call.selection, 'Items');
  return streamSet(call, {
    streams,
    holder: 'Items',
    at: firstInstant(query),
    wrap: (value) => summaryItem(firstType(query), value, below(selection, 'Items')),
    members: (stream) => summaryMembers(call, stream, {query, selection}),
  });
}

function firstType({types}: SummaryQuery): SummaryType {
  return types[0] ?? 'Total';
}

function firstInstant({intervals}: SummaryQuery): Ticks {
  return intervals[0]?.from ?? 0;
}

export const summaryRoutes: readonly Route[] = [
  {
    operation: 'GET /streams/{webId}/summary',
    parameters: SUMMARY_PARAMETERS,
    answers: 'Items[SummaryValue]',
    handle: summaryOfStream,
  },
  {
    operation: 'GET /streamsets/summary',
    parameters: ['webId', ...SUMMARY_PARAMETERS],
    answers: 'Items[StreamSummaries]',
    handle: (call) => summarySet(call, askedStreams(call)),
  },
  {
    operation: 'GET /streamsets/{webId}/summary',
    parameters: [...SUMMARY_PARAMETERS, ...CHOOSING],
    answers: 'Items[StreamSummaries]',
    handle: (call) => summarySet(call, historical(ownedStreams(call))),
  },
];
