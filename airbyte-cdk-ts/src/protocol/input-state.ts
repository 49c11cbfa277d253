import {streamKey, type StreamDescriptor} from './catalog';
import {parseDescriptor} from './configured-catalog';
import {
  isJsonObject,
  objectMember,
  stringMember,
  type Json,
  type JsonObject,
  type Parsed,
} from './json';

/** What an earlier sync knew of one stream. Undefined: it shall start anew. */
export interface StoredState {
  readonly descriptor: StreamDescriptor;
  readonly state: JsonObject | undefined;
}

/**
 * Reads the file of `--state` in every form that is about: `[]`, `{}`, a list of STREAM
 * states, a single STREAM, GLOBAL, LEGACY, and any of them inside a STATE message. A
 * missing, null or empty `stream_state` means: start anew.
 */
export function parseInputState(document: Json): Parsed<readonly StoredState[]> {
  const entries = Array.isArray(document) ? (document as readonly Json[]) : [document];
  const states: StoredState[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entry === null) continue;
    if (!isJsonObject(entry)) return {problem: `entry ${index} is not an object`};
    const parsed = parseEntry(entry);
    if ('problem' in parsed) {
      return {problem: `entry ${index} ${parsed.problem}`};
    }
    states.push(...parsed.value);
  }
  return {value: states};
}

/**
 * The state of each stream, by `streamKey`. Some callers lose the namespace on the way:
 * where it is missing on one side, the name alone decides if it is the only one.
 */
export function matchStates(
  states: readonly StoredState[],
  streams: readonly StreamDescriptor[],
): ReadonlyMap<string, JsonObject> {
  const exact = new Map(states.map((stored) => [streamKey(stored.descriptor), stored]));
  const matched = new Map<string, JsonObject>();
  for (const stream of streams) {
    const key = streamKey(stream);
    const stored = exact.get(key) ?? byNameAlone(stream, {states: exact, streams});
    if (stored?.state !== undefined) matched.set(key, stored.state);
  }
  return matched;
}

function byNameAlone(
  stream: StreamDescriptor,
  known: {
    states: ReadonlyMap<string, StoredState>;
    streams: readonly StreamDescriptor[];
  },
): StoredState | undefined {
  const [stored, ...more] = [...known.states.values()].filter(
    ({descriptor}) => descriptor.name === stream.name,
  );
  if (stored === undefined || more.length > 0) return undefined;
  const bothNamed =
    stored.descriptor.namespace !== undefined && stream.namespace !== undefined;
  const namesakes = known.streams.filter(({name}) => name === stream.name);
  return bothNamed || namesakes.length > 1 ? undefined : stored;
}

function parseEntry(entry: JsonObject): Parsed<readonly StoredState[]> {
  const message = entry['type'] === 'STATE' ? objectMember(entry, 'state') : undefined;
  const state = message ?? entry;
  const parse = PARSERS.get(stringMember(state, 'type') ?? kindOf(state));
  return parse === undefined ? {problem: 'has a type nobody knows'} : parse(state);
}

const PARSERS = new Map<string, (state: JsonObject) => Parsed<readonly StoredState[]>>([
  ['STREAM', (state) => parseStreams([state['stream'] ?? null])],
  ['GLOBAL', (state) => parseGlobal(globalOf(state) ?? {})],
  ['LEGACY', (state) => parseLegacy(objectMember(state, 'data') ?? {})],
  ['BARE', parseLegacy],
]);

/** The kind of a state that does not say it; BARE are states by the names of streams. */
function kindOf(state: JsonObject): 'STREAM' | 'GLOBAL' | 'LEGACY' | 'BARE' {
  const stream = objectMember(state, 'stream');
  if (stream && objectMember(stream, 'stream_descriptor')) return 'STREAM';
  if (globalOf(state)?.['stream_states'] !== undefined) return 'GLOBAL';
  const isWrapped = Object.keys(state).every((name) => WRAPPER.has(name));
  return isWrapped && objectMember(state, 'data') ? 'LEGACY' : 'BARE';
}

/** One widespread client writes the member with an underscore behind it. */
function globalOf(state: JsonObject): JsonObject | undefined {
  return objectMember(state, 'global') ?? objectMember(state, 'global_');
}

const WRAPPER = new Set([
  'type',
  'data',
  'stream',
  'global',
  'global_',
  'sourceStats',
  'destinationStats',
]);

function parseGlobal(global: JsonObject): Parsed<readonly StoredState[]> {
  const streams = global['stream_states'];
  return parseStreams(Array.isArray(streams) ? (streams as readonly Json[]) : []);
}

function parseStreams(streams: readonly Json[]): Parsed<readonly StoredState[]> {
  const states: StoredState[] = [];
  for (const stream of streams) {
    const descriptor = isJsonObject(stream)
      ? parseDescriptor(objectMember(stream, 'stream_descriptor'))
      : undefined;
    if (!isJsonObject(stream) || descriptor === undefined) {
      return {problem: 'has no `stream_descriptor` with a name'};
    }
    const parsed = parseState(descriptor, stream['stream_state'] ?? undefined);
    if ('problem' in parsed) return parsed;
    states.push(parsed.value);
  }
  return {value: states};
}

function parseLegacy(data: JsonObject): Parsed<readonly StoredState[]> {
  const states: StoredState[] = [];
  for (const [name, state] of Object.entries(data)) {
    if (name === 'type' && typeof state === 'string') continue;
    const parsed = parseState({name}, state ?? undefined);
    if ('problem' in parsed) return parsed;
    states.push(parsed.value);
  }
  return {value: states};
}

function parseState(
  descriptor: StreamDescriptor,
  state: Json | undefined,
): Parsed<StoredState> {
  if (state === undefined) return {value: {descriptor, state: undefined}};
  if (!isJsonObject(state)) {
    return {problem: `holds a state of "${descriptor.name}" that is not an object`};
  }
  const isEmpty = Object.keys(state).length === 0;
  return {value: {descriptor, state: isEmpty ? undefined : state}};
}
