import {createHash} from 'node:crypto';

import {inside, linesOf, type Message, type Outcome} from '../../run/outcome';
import {streamName, type ConfiguredCatalog} from '../../stage/catalog';

/** What makes a record the same as another one of its stream. */
export type Identify = (stream: string, data: Message) => string;

/** Records of a stream in the order of a read, each as a number of 52 bits. */
interface StreamContent {
  readonly digests: Digests;
  /** How many came before the stream's last state. */
  covered: number;
}

/** The records of a read by stream; eight bytes for each. */
export type Content = ReadonlyMap<string, StreamContent>;

/** How often records of one read are missing in another, or there too often. */
export interface Difference {
  readonly missing: number;
  /** More often than expected. */
  readonly repeated: number;
  /** Not expected at all. */
  readonly foreign: number;
  readonly firstMissing: number | undefined;
}

/** Numbers that grow in place. */
export class Digests {
  #values = new Float64Array(256);
  length = 0;

  add(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  first(count: number): Float64Array {
    return this.#values.slice(0, count);
  }
}

/** Goes once over a read. */
export async function contentOf(
  outcome: Outcome,
  identify: Identify,
): Promise<Content> {
  const content = new Map<string, StreamContent>();
  const of = (stream: string) => {
    const known = content.get(stream) ?? {digests: new Digests(), covered: 0};
    content.set(stream, known);
    return known;
  };
  for await (const {message} of linesOf(outcome)) {
    const record = recordIn(message);
    if (record !== undefined) of(record.stream).digests.add(digest(record, identify));
    const descriptor = inside(message, 'state', 'stream', 'stream_descriptor');
    if (message?.['type'] === 'STATE' && descriptor !== undefined) {
      const stream = of(streamName(descriptor as {name: string}));
      stream.covered = stream.digests.length;
    }
  }
  return content;
}

/** All records of a stream. */
export function allOf(content: Content, stream: string): Float64Array {
  const {digests} = content.get(stream) ?? {};
  return digests?.first(digests.length) ?? new Float64Array();
}

/** The record of a digest as the report shows it; nothing where there is none. */
export async function shown(
  outcome: Outcome,
  identify: Identify,
  wanted: {readonly stream: string; readonly digest: number | undefined},
): Promise<string> {
  if (wanted.digest === undefined) return 'nothing';
  for await (const {message} of linesOf(outcome)) {
    const record = recordIn(message);
    if (
      record?.stream === wanted.stream &&
      digest(record, identify) === wanted.digest
    ) {
      return identify(record.stream, record.data);
    }
  }
  return 'unknown';
}

/** The records of some reads against those that there should be, as often as they are. */
export function difference(
  expected: Float64Array,
  actual: readonly Float64Array[],
): Difference {
  const [wanted, found] = [sorted([expected]), sorted(actual)];
  let [missing, repeated, foreign] = [0, 0, 0];
  let firstMissing: number | undefined;
  let [i, j] = [0, 0];
  while (i < wanted.length || j < found.length) {
    const value = Math.min(wanted[i] ?? Infinity, found[j] ?? Infinity);
    const [want, have] = [timesAt(wanted, i, value), timesAt(found, j, value)];
    if (have < want) firstMissing ??= value;
    missing += Math.max(0, want - have);
    if (want === 0) foreign += have;
    else repeated += Math.max(0, have - want);
    i += want;
    j += have;
  }
  return {missing, repeated, foreign, firstMissing};
}

function sorted(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

/** How often a value stands in an ascending list, from a place on. */
function timesAt(list: Float64Array, from: number, value: number): number {
  let at = from;
  while (list[at] === value) at += 1;
  return at - from;
}

/** Fields of a stream that no comparison looks at. */
export type Ignored = Readonly<Record<string, readonly string[]>>;

/** A record is the same as another if the whole of it is, null and absent being one. */
export function byContent(ignored: Ignored): Identify {
  return (stream, data) => canonical(without(data, ignored[stream] ?? []));
}

/** A record is the same as another if its key is; where there is none, the whole. */
export function byKey({streams}: ConfiguredCatalog, ignored: Ignored): Identify {
  const whole = byContent(ignored);
  const keys = new Map(
    streams.map(({stream, primary_key: key = []}) => [streamName(stream), key]),
  );
  return (stream, data) => {
    const key = keys.get(stream) ?? [];
    return key.length === 0
      ? whole(stream, data)
      : canonical(key.map((path) => inside(data, ...path)));
  };
}

function without(data: Message, fields: readonly string[]): Message {
  return fields.length === 0
    ? data
    : Object.fromEntries(
        Object.entries(data).filter(([name]) => !fields.includes(name)),
      );
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, member]) => member !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}

interface StreamRecord {
  readonly stream: string;
  readonly data: Message;
}

function recordIn(message: Message | undefined): StreamRecord | undefined {
  if (message?.['type'] !== 'RECORD') return undefined;
  const name = inside(message, 'record', 'stream');
  const namespace = inside(message, 'record', 'namespace');
  return {
    stream: streamName({
      name: String(name),
      namespace: namespace as string | undefined,
    }),
    data: (inside(message, 'record', 'data') ?? {}) as Message,
  };
}

function digest({stream, data}: StreamRecord, identify: Identify): number {
  const hash = createHash('sha1').update(identify(stream, data)).digest();
  return hash.readUIntBE(0, 6) * 16 + (hash.readUInt8(6) >> 4);
}
