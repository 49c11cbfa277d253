import {createHash} from 'node:crypto';

import {inside, linesOf, type Message, type Outcome} from '../run/outcome';
import {streamName} from '../stage/catalog';

/** A STATE message as it was printed, its state itself left on disk. */
export interface StateFact {
  readonly type: unknown;
  /** `sourceStats.recordCount`; undefined where it is missing. */
  readonly recordCount: number | undefined;
  /** The count was written with a decimal point. */
  readonly isDouble: boolean;
  /** Records of the stream since its state before. */
  readonly recordsSince: number;
  /** Bytes of the state. */
  readonly bytes: number;
  /** The same for the same state. */
  readonly digest: string;
}

export interface StatusFact {
  readonly status: unknown;
  readonly reasons: unknown;
  /** Records of the stream that came before. */
  readonly afterRecords: number;
}

/** What a read said of one stream. */
export interface StreamAccount {
  readonly name: string;
  records: number;
  readonly states: StateFact[];
  readonly statuses: StatusFact[];
  /** The state to hand back, as it was printed. */
  lastState: Message | undefined;
  recordsAfterLastState: number;
  firstEmittedAt: number;
  lastEmittedAt: number;
}

/** One pass over the lines of a read: what was said of each stream, records uncounted. */
export interface ReadAccount {
  readonly streams: ReadonlyMap<string, StreamAccount>;
  readonly records: number;
  /** `trace.error` of each TRACE ERROR. */
  readonly errors: readonly Message[];
  /** STATE messages of no stream: GLOBAL, LEGACY, without type. */
  readonly otherStates: readonly Message[];
}

/**
 * Goes once over the output of a read; memory does not grow with its records.
 *
 * @param watch looks at every message on the way, before the account takes it.
 */
export async function accountOf(
  outcome: Outcome,
  watch: (message: Message, text: string) => void = () => undefined,
): Promise<ReadAccount> {
  const account = new Account();
  for await (const {text, message} of linesOf(outcome)) {
    if (message === undefined) continue;
    watch(message, text);
    account.take(message, text);
  }
  return account;
}

/** The last state of each stream, as `--state` takes it. */
export function lastStates(account: ReadAccount): readonly Message[] {
  return [...account.streams.values()].flatMap(({lastState}) =>
    lastState === undefined ? [] : [lastState],
  );
}

class Account implements ReadAccount {
  readonly streams = new Map<string, StreamAccount>();
  records = 0;
  readonly errors: Message[] = [];
  readonly otherStates: Message[] = [];

  take({type, record, state, trace}: Message, text: string): void {
    if (type === 'RECORD') this.#record(record as Message);
    else if (type === 'STATE') this.#state(state as Message, text);
    else if (type === 'TRACE') this.#trace((trace ?? {}) as Message);
  }

  #record(record: Message | undefined): void {
    const stream = this.#stream({
      name: record?.['stream'],
      namespace: record?.['namespace'],
    });
    const at = Number(record?.['emitted_at']);
    this.records += 1;
    stream.records += 1;
    stream.recordsAfterLastState += 1;
    stream.firstEmittedAt = Math.min(stream.firstEmittedAt, at);
    stream.lastEmittedAt = Math.max(stream.lastEmittedAt, at);
  }

  #state(state: Message | undefined, text: string): void {
    const descriptor = inside(state, 'stream', 'stream_descriptor');
    if (state === undefined || descriptor === undefined) {
      this.otherStates.push(state ?? {});
      return;
    }
    const stream = this.#stream(descriptor as Message);
    stream.states.push(stateFact(state, text, stream.recordsAfterLastState));
    stream.recordsAfterLastState = 0;
    stream.lastState = state;
  }

  #trace({type, error, stream_status: status}: Message): void {
    if (type === 'ERROR') this.errors.push((error ?? {}) as Message);
    if (type === 'STREAM_STATUS') this.#status((status ?? {}) as Message);
  }

  #status({stream_descriptor: descriptor, status, reasons}: Message): void {
    const stream = this.#stream((descriptor ?? {}) as Message);
    stream.statuses.push({status, reasons, afterRecords: stream.records});
  }

  #stream({name, namespace}: Message): StreamAccount {
    const key = streamName({
      name: String(name),
      namespace: namespace as string | null | undefined,
    });
    const known = this.streams.get(key);
    if (known !== undefined) return known;
    const fresh: StreamAccount = {
      ...{name: key, records: 0, states: [], statuses: []},
      ...{lastState: undefined, recordsAfterLastState: 0},
      ...{firstEmittedAt: Infinity, lastEmittedAt: -Infinity},
    };
    this.streams.set(key, fresh);
    return fresh;
  }
}

function stateFact(state: Message, text: string, recordsSince: number): StateFact {
  const content = JSON.stringify(inside(state, 'stream', 'stream_state') ?? null);
  const count = inside(state, 'sourceStats', 'recordCount');
  return {
    type: state['type'],
    recordCount: typeof count === 'number' ? count : undefined,
    isDouble: /"recordCount"\s*:\s*\d+\.\d/.test(text),
    recordsSince,
    bytes: Buffer.byteLength(content),
    digest: createHash('sha256').update(content).digest('base64'),
  };
}
