import {type Answer} from '../answer';
import {
  INTERPOLATED_PARAMETERS,
  interpolatedGrid,
  interpolatedMembers,
} from '../interpolated-json';
import {CHOOSING, historical, ownedStreams} from '../owned-streams';
import {
  listForm,
  RECORDED_PARAMETERS,
  recordedMembers,
  recordedQuery,
} from '../recorded-json';
import {type Call, type Route} from '../route';
import {below} from '../selection';
import {singleValue} from '../single-value';
import {type Asked, askedStreams, streamSet} from '../stream-set';
import {parseTime} from '../time-string';

/** Recorded values of a set: one window for all streams, `maxCount` for each. */
function recordedSet(call: Call, streams: readonly Asked[]): Answer {
  const query = recordedQuery(call);
  const form = listForm(below(call.selection, 'Items'), call.budget);
  const {archive} = call.world;
  return streamSet(call, {
    streams,
    holder: 'Items',
    at: query.start,
    members: (stream) => recordedMembers(archive, stream, {query, form}),
  });
}

/** Values on an even grid in time. */
function interpolatedSet(call: Call, streams: readonly Asked[]): Answer {
  const grid = interpolatedGrid(call);
  const form = listForm(below(call.selection, 'Items'), call.budget);
  return streamSet(call, {
    streams,
    holder: 'Items',
    at: grid.start,
    members: (stream) => interpolatedMembers(call, stream, {grid, form}),
  });
}

/** One value of each stream: at a time, now, or the last there is. */
function valueSet(
  call: Call,
  streams: readonly Asked[],
  which: 'value' | 'end',
): Answer {
  const now = call.world.clock.now();
  const time = which === 'end' ? undefined : call.query.text('time');
  const at = time === undefined ? undefined : parseTime(time, now);
  const selection = below(below(call.selection, 'Items'), 'Value');
  return streamSet(call, {
    streams,
    holder: 'Value',
    at: at ?? now,
    members: (stream) => [
      `"Value":${singleValue(call.world, stream, {which, at, selection})}`,
    ],
  });
}

export const streamSetRoutes: readonly Route[] = [
  {
    operation: 'GET /streamsets/recorded',
    parameters: ['webId', ...RECORDED_PARAMETERS],
    answers: 'Items[StreamValues]',
    handle: (call) => recordedSet(call, askedStreams(call)),
  },
  {
    operation: 'GET /streamsets/interpolated',
    parameters: ['webId', ...INTERPOLATED_PARAMETERS],
    answers: 'Items[StreamValues]',
    handle: (call) => interpolatedSet(call, askedStreams(call)),
  },
  {
    operation: 'GET /streamsets/value',
    parameters: ['webId', 'time'],
    answers: 'Items[StreamValue]',
    handle: (call) => valueSet(call, askedStreams(call), 'value'),
  },
  {
    operation: 'GET /streamsets/end',
    parameters: ['webId'],
    answers: 'Items[StreamValue]',
    handle: (call) => valueSet(call, askedStreams(call), 'end'),
  },
  {
    operation: 'GET /streamsets/{webId}/recorded',
    parameters: [...RECORDED_PARAMETERS, ...CHOOSING],
    answers: 'Items[StreamValues]',
    handle: (call) => recordedSet(call, historical(ownedStreams(call))),
  },
  {
    operation: 'GET /streamsets/{webId}/interpolated',
    parameters: [...INTERPOLATED_PARAMETERS, ...CHOOSING],
    answers: 'Items[StreamValues]',
    handle: (call) => interpolatedSet(call, historical(ownedStreams(call))),
  },
  {
    operation: 'GET /streamsets/{webId}/value',
    parameters: ['time', ...CHOOSING],
    answers: 'Items[StreamValue]',
    handle: (call) => valueSet(call, ownedStreams(call), 'value'),
  },
  {
    operation: 'GET /streamsets/{webId}/end',
    parameters: CHOOSING,
    answers: 'Items[StreamValue]',
    handle: (call) => valueSet(call, ownedStreams(call), 'end'),
  },
];
