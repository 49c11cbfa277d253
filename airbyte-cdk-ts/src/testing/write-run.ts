import type {FlushLimits} from '../destination/destination-connector';
import {write, type WriteEngineOptions} from '../destination/write-engine';
import {IteratedInput, type ChunkInput} from '../input/chunk-input';
import {Emitter} from '../output/emitter';
import {OutputQueue} from '../output/output-queue';
import {Redactor} from '../output/redaction';
import {Lake} from './lake';
import {LentInput} from './lent-input';
import {configured} from './lines';

export interface RunOptions extends Partial<
  Omit<WriteEngineOptions, 'session' | 'input'>
> {
  readonly input?: AsyncIterable<Buffer>;
  readonly lake?: Lake;
  readonly limits?: Partial<FlushLimits>;
  readonly chunkBytes?: number;
  /** Room before every chunk; without it each has a memory of its own. */
  readonly roomBytes?: number;
}

interface Echo {
  readonly number: string;
  readonly durable: {readonly a: number; readonly b: number};
}

export interface Run {
  readonly lake: Lake;
  readonly isDone: boolean;
  readonly states: readonly string[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly echoes: readonly Echo[];
}

/** Runs the engine of `write` over these lines and tells in short what it said. */
export async function run(
  lines: readonly string[],
  {
    lake = new Lake({}),
    limits,
    chunkBytes = 1000,
    roomBytes = 0,
    input,
    ...more
  }: RunOptions = {},
): Promise<Run> {
  const {queue, echoes, told} = listen(lake);
  const isDone = await write({
    emitter: new Emitter(queue, {
      redactor: new Redactor(),
      logLevel: 'WARN',
      now: () => 0,
    }),
    catalog: {streams: [configured('a'), configured('b')]},
    session: {
      limits: {flushBytes: 1e6, flushAfterMs: 1e6, budgetBytes: 1e7, ...limits},
      open: (stream) => Promise.resolve().then(() => lake.open(stream)),
      close: () => Promise.resolve(),
    },
    input: chunkInput(input ?? chunksOf(lines.join(''), chunkBytes), roomBytes),
    clockMs: () => 0,
    every: () => () => undefined,
    progressIntervalMs: 10_000,
    checkMemory: () => undefined,
    signal: new AbortController().signal,
    ...more,
  });
  return {lake, isDone, echoes, ...inShort(told())};
}

/** A queue that notes how much was durable when a state was echoed. */
function listen(lake: Lake): {
  queue: OutputQueue;
  echoes: readonly Echo[];
  told: () => readonly Told[];
} {
  const echoes: Echo[] = [];
  let text = '';
  const queue = new OutputQueue((blocks) => {
    const bytes = Buffer.concat(blocks);
    text += bytes.toString();
    return Promise.resolve(bytes.length);
  });
  const append = queue.append.bind(queue);
  queue.append = (line) => {
    const number = /"number":(\d+)/.exec(line.toString())?.[1];
    const durable = {a: lake.rows('a').length, b: lake.rows('b').length};
    if (number !== undefined) echoes.push({number, durable});
    append(line);
  };
  const lines = (): readonly string[] => text.split('\n').slice(0, -1);
  return {queue, echoes, told: () => lines().map((line) => JSON.parse(line) as Told)};
}

function inShort(told: readonly Told[]): Pick<Run, 'states' | 'errors' | 'warnings'> {
  return {
    states: told.flatMap(({state}) => (state ? [echoInShort(state)] : [])),
    errors: told.flatMap(({trace}) => (trace ? [errorInShort(trace.error)] : [])),
    warnings: told.flatMap(({log}) => (log ? [log.message] : [])),
  };
}

interface Told {
  readonly log?: {readonly message: string};
  readonly state?: ToldState;
  readonly trace?: {readonly error: ToldError};
}

interface ToldState {
  readonly stream?: {
    readonly stream_descriptor: {readonly name: string};
    readonly stream_state: {readonly number: number};
  };
  readonly destinationStats: {readonly recordCount: number};
}

interface ToldError {
  readonly message: string;
  readonly failure_type: string;
  readonly stream_descriptor?: {readonly name: string};
}

function echoInShort({stream, destinationStats}: ToldState): string {
  const name = stream?.stream_descriptor.name ?? 'all';
  return `${name} ${stream?.stream_state.number} of ${destinationStats.recordCount}`;
}

function errorInShort({message, failure_type, stream_descriptor}: ToldError): string {
  const name = stream_descriptor ? `${stream_descriptor.name} ` : '';
  return `${name}${failure_type} ${message}`;
}

function chunkInput(chunks: AsyncIterable<Buffer>, roomBytes: number): ChunkInput {
  return roomBytes === 0 ? new IteratedInput(chunks) : new LentInput(chunks, roomBytes);
}

async function* chunksOf(text: string, chunkBytes: number): AsyncGenerator<Buffer> {
  const whole = Buffer.from(text);
  for (let at = 0; at < whole.length; at += chunkBytes) {
    yield await Promise.resolve(whole.subarray(at, at + chunkBytes));
  }
}
