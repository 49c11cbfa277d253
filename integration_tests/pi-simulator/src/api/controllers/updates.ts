import {encodeWebId} from '../../identity/web-id';
import {TICKS_PER_DAY, type Ticks} from '../../time/ticks';
import {type Answer, jsonAnswer} from '../answer';
import {conflict, notFound} from '../api-error';
import {links, webIdOf} from '../members';
import {markerOf, type SeenEvent, type UpdateEvent} from '../memory/update-book';
import {type Call, type Route} from '../route';
import {prune} from '../selection';
import {resolveStream, type Stream} from '../stream';
import {ValueWriter} from '../value-writer';
import {type World} from '../world';

/** How far behind a registration changes of events are noticed. */
const WATCHED_TICKS = TICKS_PER_DAY;

/** @throws ApiError 400, 404, and 409 for a stream that never changes */
function supported({world}: Call, webId: string): Stream {
  const stream = resolveStream(world, webId);
  if (stream.source.kind === 'point') return stream;
  throw conflict(`The attribute '${stream.identity.path}' does not support updates.`);
}

/** Signs the caller up for a stream. @throws ApiError 400, 404 and 409 */
function registered(call: Call, webId: string): Record<string, unknown> {
  const {world, caller, view} = call;
  const stream = supported(call, webId);
  const {updates} = world.memory;
  const from = world.clock.now() - WATCHED_TICKS;
  const watched = {
    webId: encodeWebId(stream.identity, 'IDOnly'),
    look: () => eventsSince(world, stream, from),
  };
  const {registration, isNew} = updates.register(watched, caller.name);
  return {
    ...sourceOf(call, stream),
    LatestMarker: markerOf(registration),
    Status: isNew ? 'Succeeded' : 'AlreadyRegistered',
    Links: links(view, {Updates: `streams/updates/${markerOf(registration)}`}),
  };
}

/** The events of a stream from an instant on, as they are now. */
function eventsSince(
  {archive}: World,
  {source, units}: Stream,
  from: Ticks,
): readonly SeenEvent[] {
  if (source.kind === 'constant') return [];
  const writer = new ValueWriter(undefined, units);
  const events: SeenEvent[] = [];
  let ordinal = 0;
  archive.forward(source.point, {from, to: Infinity}, (event) => {
    const {ticks} = event;
    ordinal = ticks === events.at(-1)?.ticks ? ordinal + 1 : 0;
    events.push({key: `${ticks} ${ordinal}`, ticks, value: writer.write(event)});
    return true;
  });
  return events;
}

function sourceOf({view}: Call, stream: Stream): Record<string, unknown> {
  return {
    Source: webIdOf(stream.identity, view),
    SourceName: stream.name,
    SourcePath: stream.identity.path,
  };
}

/** What has happened since a marker. @throws ApiError 404 and 409 */
function updatesSince(call: Call, marker: string): Record<string, unknown> {
  const polled = call.world.memory.updates.poll(marker);
  if (polled === 'invalid') throw conflict(`The marker '${marker}' is not valid.`);
  if (polled === 'not_found') {
    throw notFound(`The cache of the marker '${marker}' was not found.`);
  }
  const {registration, events} = polled;
  return {
    ...sourceOf(call, resolveStream(call.world, registration.webId)),
    RequestedMarker: marker,
    LatestMarker: markerOf(registration),
    Status: 'Updated',
    Events: events.map(eventObject),
  };
}

function eventObject({action, previous, value}: UpdateEvent): object {
  return {
    Action: action,
    PreviousEventAction: previous,
    ...(JSON.parse(value) as object),
  };
}

function registerOne(call: Call): Answer {
  const result = registered(call, call.path['webId'] ?? '');
  const {Updates} = result['Links'] as {Updates: string};
  const answer = jsonAnswer(prune(result, call.selection));
  return {...answer, headers: {...answer.headers, Location: Updates}};
}

/** One stream that cannot be signed up for fails them all. */
function registerMany(call: Call): Answer {
  call.query.required('webId');
  const webIds = call.query.all('webId');
  for (const webId of webIds) supported(call, webId);
  return listOf(
    call,
    webIds.map((webId) => registered(call, webId)),
  );
}

function pollMany(call: Call): Answer {
  call.query.required('marker');
  const markers = call.query.all('marker');
  return listOf(
    call,
    markers.map((marker) => updatesSince(call, marker)),
  );
}

function listOf(call: Call, items: readonly object[]): Answer {
  return jsonAnswer(prune({Links: {}, Items: items}, call.selection));
}

export const updateRoutes: readonly Route[] = [
  {
    operation: 'POST /streams/{webId}/updates',
    parameters: [],
    answers: 'StreamUpdatesRegister',
    handle: registerOne,
  },
  {
    operation: 'GET /streams/updates/{marker}',
    parameters: ['desiredUnits'],
    answers: 'StreamUpdatesRetrieve',
    handle: (call) =>
      jsonAnswer(prune(updatesSince(call, call.path['marker'] ?? ''), call.selection)),
  },
  {
    operation: 'POST /streamsets/updates',
    parameters: ['webId'],
    answers: 'Items[StreamUpdatesRegister]',
    handle: registerMany,
  },
  {
    operation: 'GET /streamsets/updates',
    parameters: ['marker'],
    answers: 'Items[StreamUpdatesRetrieve]',
    handle: pollMany,
  },
];
