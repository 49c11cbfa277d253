import type {StreamDescriptor} from './catalog';
import {parseDescriptor} from './configured-catalog';
import {numberMember, objectMember, stringMember, type JsonObject} from './json';

/** A message of any type, known or not. */
export interface Message extends JsonObject {
  readonly type: string;
}

/**
 * Reads a line. `text` is no message: the log of some library, or JSON without a type.
 * `broken` begins like a message and is no JSON: it was damaged on its way.
 */
export function decodeLine(line: string): Message | 'text' | 'broken' {
  if (!line.trimStart().startsWith('{')) return 'text';
  try {
    const parsed = JSON.parse(line) as JsonObject;
    return typeof parsed['type'] === 'string' ? (parsed as Message) : 'text';
  } catch {
    return 'broken';
  }
}

/** Of which stream a STATE message speaks; undefined for GLOBAL and LEGACY: of all. */
export function stateStream(message: JsonObject): StreamDescriptor | undefined {
  const stream = objectMember(objectMember(message, 'state') ?? {}, 'stream');
  return parseDescriptor(objectMember(stream ?? {}, 'stream_descriptor'));
}

/** How many records the source says it wrote since the last state of the stream. */
export function sourceRecordCount(message: JsonObject): number | undefined {
  const stats = objectMember(objectMember(message, 'state') ?? {}, 'sourceStats');
  return numberMember(stats ?? {}, 'recordCount');
}

/** What a TRACE says of a stream's status; undefined for any other TRACE. */
export function streamStatus(
  message: JsonObject,
): {readonly stream: StreamDescriptor; readonly status: string} | undefined {
  const trace = objectMember(message, 'trace') ?? {};
  if (stringMember(trace, 'type') !== 'STREAM_STATUS') return undefined;
  const status = objectMember(trace, 'stream_status') ?? {};
  const stream = parseDescriptor(objectMember(status, 'stream_descriptor'));
  const said = stringMember(status, 'status');
  return stream && said !== undefined ? {stream, status: said} : undefined;
}

/** Before 1973 in milliseconds, or beyond the year 5000 in seconds: so it is seconds. */
const SECONDS_BELOW = 1e11;

/** Epoch milliseconds of an `emitted_at`; some clients send seconds, with a fraction. */
export function emittedAtMs(emittedAt: unknown, nowMs: number): number {
  if (typeof emittedAt !== 'number' || !Number.isFinite(emittedAt)) return nowMs;
  return Math.round(emittedAt < SECONDS_BELOW ? emittedAt * 1000 : emittedAt);
}
