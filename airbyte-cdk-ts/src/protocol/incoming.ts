import type {StreamDescriptor} from './catalog';
import {parseDescriptor} from './configured-catalog';
import {
  isJsonObject,
  numberMember,
  objectMember,
  stringMember,
  type JsonObject,
} from './json';

/** One line of input. Unknown types are messages like any other. */
export type DecodedLine =
  | {readonly kind: 'message'; readonly type: string; readonly message: JsonObject}
  /** Not a message: the log of some library, or JSON without a type. */
  | {readonly kind: 'text'}
  /** A message that was damaged on its way. */
  | {readonly kind: 'broken'};

/** Reads a line. What begins with a brace and is no JSON has been torn. */
export function decodeLine(line: string): DecodedLine {
  const text = line.trim();
  if (!text.startsWith('{')) return {kind: 'text'};
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return {kind: 'broken'};
  }
  const type = isJsonObject(message) ? stringMember(message, 'type') : undefined;
  if (type === undefined) return {kind: 'text'};
  return {kind: 'message', type, message: message as JsonObject};
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
