import {Emitter} from '../output/emitter';
import {OutputQueue} from '../output/output-queue';
import {Redactor} from '../output/redaction';
import type {JsonObject} from '../protocol/json';

/** An emitter whose messages are told in short. */
export function emitterStand(): {
  emitter: Emitter;
  lines: () => Promise<readonly string[]>;
  states: () => Promise<readonly JsonObject[]>;
  logs: () => Promise<readonly string[]>;
} {
  let text = '';
  const queue = new OutputQueue((blocks) => {
    const bytes = Buffer.concat(blocks);
    text += bytes.toString();
    return Promise.resolve(bytes.length);
  });
  const emitter = new Emitter(queue, {
    redactor: new Redactor(),
    logLevel: 'INFO',
    now: () => 0,
  });
  const messages = async (): Promise<readonly Told[]> => {
    await queue.flush();
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Told);
  };
  return {
    emitter,
    lines: async () => (await messages()).map(inShort).filter((line) => line !== ''),
    states: async () =>
      (await messages()).flatMap(({state}) =>
        state ? [state.stream.stream_state] : [],
      ),
    logs: async () => (await messages()).flatMap(({log}) => (log ? [log.message] : [])),
  };
}

interface Told {
  readonly log?: {readonly message: string};
  readonly record?: {readonly stream: string};
  readonly state?: ToldState;
  readonly trace?: {readonly stream_status?: ToldStatus; readonly error?: ToldError};
}

interface ToldState {
  readonly stream: {
    readonly stream_descriptor: {readonly name: string};
    readonly stream_state: JsonObject;
  };
  readonly sourceStats: {readonly recordCount: number};
}

interface ToldStatus {
  readonly stream_descriptor: {readonly name: string};
  readonly status: string;
  readonly reasons?: readonly {readonly rate_limited: {readonly quota_reset: number}}[];
}

interface ToldError {
  readonly message: string;
  readonly failure_type: string;
  readonly stream_descriptor?: {readonly name: string};
}

function inShort({record, state, trace}: Told): string {
  if (record) return `${record.stream} record`;
  if (state) return stateInShort(state);
  if (trace?.stream_status) return statusInShort(trace.stream_status);
  return trace?.error ? errorInShort(trace.error) : '';
}

function stateInShort({stream, sourceStats}: ToldState): string {
  const text = JSON.stringify(stream.stream_state);
  return `${stream.stream_descriptor.name} state ${text} ${sourceStats.recordCount}`;
}

function statusInShort({stream_descriptor, status, reasons}: ToldStatus): string {
  const until = (reasons ?? []).map(
    (reason) => ` until ${reason.rate_limited.quota_reset}`,
  );
  return `${stream_descriptor.name} ${status}${until.join('')}`;
}

function errorInShort({stream_descriptor, failure_type, message}: ToldError): string {
  const name = stream_descriptor ? `${stream_descriptor.name} ` : '';
  return `${name}error ${failure_type} ${message}`;
}
