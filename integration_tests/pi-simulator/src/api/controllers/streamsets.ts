import {valueAt} from '../../archive/interpolation';
import {recorded} from '../../archive/recorded';
import {type Visit} from '../../archive/visit';
import {type Ticks} from '../../time/ticks';
import {type Answer} from '../answer';
import {errorValue} from '../error-value';
import {CHOOSING, historical, ownedStreams} from '../owned-streams';
import {type ListReading, type ValueReading} from '../readings/reading';
import {RECORDED, recordedQuery} from '../readings/recorded';
import {type Call, type Route} from '../route';
import {below} from '../selection';
import {resolveStream} from '../stream';
import {type Asked, askedStreams, streamSet} from '../stream-set';
import {listForm, listMembers} from '../value-list';
import {ValueWriter} from '../value-writer';
import {LIST_READINGS, VALUE_READINGS} from './streams';

/** Lists of a set: one window for all streams, `maxCount` for each. */
function listSet(call: Call, streams: readonly Asked[], reading: ListReading): Answer {
  const {at, read} = reading.prepare(call);
  const form = listForm(below(call.selection, 'Items'), call.budget);
  return streamSet(call, {
    streams,
    holder: 'Items',
    at,
    members: (stream, spoiled) => listMembers(stream, {...form, spoiled}, read),
  });
}

/** One value of each stream of a set. */
function valueSet(
  call: Call,
  streams: readonly Asked[],
  reading: ValueReading,
): Answer {
  const {at, read} = reading.prepare(call);
  const selection = below(below(call.selection, 'Items'), 'Value');
  return streamSet(call, {
    streams,
    holder: 'Value',
    at,
    members: (stream) => {
      const found = read(stream);
      call.budget.take();
      const value =
        typeof found === 'string'
          ? errorValue(at, found, selection)
          : new ValueWriter(selection, stream.units).write(found);
      return [`"Value":${value}`];
    },
  });
}

/** The base stream as it was recorded, the others as they were at those instants. */
function joinedSet(call: Call): Answer {
  const {query, world} = call;
  const {archive} = world;
  const request = recordedQuery(call);
  const [baseId, ...others] = [query.required('baseWebId'), ...subordinates(call)];
  const base = resolveStream(world, baseId);
  const times: Ticks[] = [];
  const form = listForm(below(call.selection, 'Items'), call.budget);
  return streamSet(call, {
    streams: [baseId, ...others].map((webId) => ({
      webId,
      stream: webId === baseId ? base : resolveStream(world, webId),
    })),
    holder: 'Items',
    at: request.start,
    members: (stream, spoiled) =>
      listMembers(stream, {...form, spoiled}, (point, sink) => {
        if (stream === base) {
          const visit: Visit = (event) => {
            times.push(event.ticks);
            return sink.add(event);
          };
          recorded(archive, point, {query: request, visit});
          return;
        }
        for (const at of times) if (!sink.add(valueAt(archive, point, at))) return;
      }),
  });
}

function subordinates({query}: Call): readonly string[] {
  query.required('subordinateWebId');
  return query.all('subordinateWebId');
}

/** A set of the streams that a call names, and one of those that an object owns. */
function setRoutes(
  {resource, parameters}: ListReading | ValueReading,
  answers: string,
  answer: (call: Call, owned: boolean) => Answer,
): readonly Route[] {
  return [
    {
      operation: `GET /streamsets/${resource}`,
      parameters: ['webId', ...parameters],
      answers,
      handle: (call) => answer(call, false),
    },
    {
      operation: `GET /streamsets/{webId}/${resource}`,
      parameters: [...parameters, ...CHOOSING],
      answers,
      handle: (call) => answer(call, true),
    },
  ];
}

/** Of the streams that an object owns, those can be left out of which nothing is recorded. */
function chosen(call: Call, owned: boolean, needsHistory: boolean): readonly Asked[] {
  if (!owned) return askedStreams(call);
  return needsHistory ? historical(ownedStreams(call)) : ownedStreams(call);
}

export const streamSetRoutes: readonly Route[] = [
  ...LIST_READINGS.flatMap((reading) =>
    setRoutes(reading, 'Items[StreamValues]', (call, owned) =>
      listSet(call, chosen(call, owned, true), reading),
    ),
  ),
  ...VALUE_READINGS.flatMap((reading) =>
    setRoutes(reading, 'Items[StreamValue]', (call, owned) =>
      valueSet(call, chosen(call, owned, reading.needsHistory), reading),
    ),
  ),
  {
    operation: 'GET /streamsets/joined',
    parameters: ['baseWebId', 'subordinateWebId', ...RECORDED.parameters],
    answers: 'Items[StreamValues]',
    handle: joinedSet,
  },
];
