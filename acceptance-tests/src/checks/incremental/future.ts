import type {IncrementalTest} from '../../config/airbyte-config';
import {endOf, inside, messagesOfType} from '../../run/outcome';
import {streamName, type ConfiguredStream} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {error, unless, type Finding} from '../check';
import {incrementalCatalog, readIncrementally} from './reads';

/**
 * I3: from a state of the far future no record comes, and yet a state. Streams that the
 * future state does not name are not read.
 */
export async function futureFindings(
  stage: Stage,
  test: IncrementalTest,
): Promise<readonly Finding[]> {
  const path = test.future_state?.future_state_path;
  if (path === undefined) {
    return [error('the plan has no future_state, and gives no reason')];
  }
  const {streams} = await incrementalCatalog(stage, test);
  const states = listOf(stage.document(path));
  const named = new Set(states.flatMap(descriptorsIn).map(({name}) => name));
  const catalog = {streams: streams.filter(({stream}) => named.has(stream.name))};
  const read = await readIncrementally(stage, test, {catalog, state: states});
  const said = (await messagesOfType(read.outcome, 'STATE')).map(
    (message) => message['state'],
  );
  const brought = [...read.account.streams.values()].filter(({records}) => records > 0);
  return [
    ...(stage.isStrict ? unmentioned(streams, named, test) : []),
    ...unless(read.outcome.exit === 0, `the read ${endOf(read.outcome)}`),
    ...brought.map(({name, records}) =>
      error(`${name}: ${records} records after a state of the far future`),
    ),
    ...unless(said.length > 0, 'no STATE after a state of the far future'),
    ...catalog.streams.flatMap((stream) => [
      ...cursorFindings(stream, test, {what: 'the future state', states}),
      ...cursorFindings(stream, test, {what: 'its own state', states: said}),
    ]),
  ];
}

/** Incremental streams that the future state leaves out without a reason. */
function unmentioned(
  streams: readonly ConfiguredStream[],
  named: ReadonlySet<unknown>,
  {future_state: future}: IncrementalTest,
): readonly Finding[] {
  const excused = (future?.missing_streams ?? [])
    .filter(({bypass_reason: reason}) => reason)
    .map(({name}) => name);
  return streams
    .filter(({stream: {name}}) => !named.has(name) && !excused.includes(name))
    .map(({stream}) =>
      error(`${streamName(stream)}: neither in the future state nor excused from it`),
    );
}

interface States {
  readonly what: string;
  readonly states: readonly unknown[];
}

/** Cursors in states are written as the plan's cursor_format says. */
function cursorFindings(
  {stream, cursor_field: cursor}: ConfiguredStream,
  {future_state: future}: IncrementalTest,
  {what, states}: States,
): readonly Finding[] {
  const {format, streams = {}} = future?.cursor_format ?? {};
  const pattern = streams[stream.name] ?? format;
  const name = cursor?.at(-1);
  if (pattern === undefined || name === undefined) return [];
  const isWanted = new RegExp(pattern);
  return states
    .filter((state) =>
      descriptorsIn(state).some((descriptor) => descriptor['name'] === stream.name),
    )
    .flatMap((state) => valuesNamed(name, state))
    .filter((value) => !isWanted.test(String(value)))
    .map((value) =>
      error(
        `${stream.name}: the cursor of ${what} is ${String(value)}, not ${pattern}`,
      ),
    );
}

/** The descriptors of the streams that a state is about. */
function descriptorsIn(state: unknown): readonly Readonly<Record<string, unknown>>[] {
  const streams = [
    inside(state, 'stream'),
    ...listOf(inside(state, 'global', 'stream_states') ?? []),
  ];
  return streams
    .map((each) => inside(each, 'stream_descriptor'))
    .filter((each) => typeof each === 'object' && each !== null)
    .map((each) => each as Readonly<Record<string, unknown>>);
}

/** The plain values of all members of a name, however deep. */
function valuesNamed(name: string, value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === name && (typeof member !== 'object' || member === null)
      ? [member]
      : valuesNamed(name, member),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
