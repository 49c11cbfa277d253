import {createReadStream, readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';

/** A message of the Airbyte protocol as it was printed, nothing believed. */
export type Message = Readonly<Record<string, unknown>>;

/** A line of standard output; `message` is missing where it is no JSON object. */
export interface Line {
  readonly text: string;
  readonly message: Message | undefined;
}

/** How a run went. Its output stays on disk: a read may be larger than memory. */
export interface Outcome {
  readonly command: string;
  /** Exit code; null where a signal ended it. */
  readonly exit: number | null;
  readonly signal: string | null;
  readonly hasTimedOut: boolean;
  readonly stdoutFile: string;
  readonly stderrFile: string;
  readonly seconds: number;
  /** Highest resident memory seen, bytes; 0 where it cannot be seen. */
  readonly peakRssBytes: number;
  /** Seconds from closing the reader's end to the exit, where the reader closed it. */
  readonly secondsAfterClose: number | undefined;
  /** Highest resident memory while the reader read nothing, bytes. */
  readonly pausedRssBytes: number;
  /** Its end came from outside: the last line of its output may be torn. */
  readonly isCut: boolean;
  /** Longest time in which neither a RECORD nor a STATE came. */
  readonly longestSilenceSeconds: number;
  /** Longest time in which no STATE came. */
  readonly longestWithoutStateSeconds: number;
}

/** The lines of a run's standard output, one after the other. */
export async function* linesOf(outcome: Outcome): AsyncIterable<Line> {
  for await (const text of textsOf(outcome.stdoutFile)) {
    yield {text, message: messageOf(text)};
  }
}

/** The lines of a file that are not empty, one after the other. */
export async function* textsOf(file: string): AsyncIterable<string> {
  const input = createReadStream(file, {highWaterMark: 1 << 18});
  const lines = createInterface({input, crlfDelay: Infinity});
  for await (const text of lines) if (text !== '') yield text;
}

/** All messages of a run, for commands that say little. */
async function messagesOf(outcome: Outcome): Promise<readonly Message[]> {
  const messages: Message[] = [];
  for await (const {message} of linesOf(outcome)) if (message) messages.push(message);
  return messages;
}

/** The messages of one type. */
export async function messagesOfType(
  outcome: Outcome,
  type: string,
): Promise<readonly Message[]> {
  return (await messagesOf(outcome)).filter((message) => message['type'] === type);
}

export function stderrOf(outcome: Outcome): string {
  return readFileSync(outcome.stderrFile, 'utf8');
}

/** A member deep in a message; undefined where something on the way is missing. */
export function inside(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null
        ? (at as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}

/** How a run ended, in words. */
export function endOf(outcome: Outcome): string {
  if (outcome.hasTimedOut) return `did not end within its time`;
  return outcome.exit === null
    ? `ended by ${outcome.signal ?? 'a signal'}`
    : `ended with exit code ${outcome.exit}`;
}

function messageOf(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Message)
      : undefined;
  } catch {
    return undefined;
  }
}
