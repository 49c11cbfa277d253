import {memberText, withMember} from '../protocol/json-splice';
import {double} from '../protocol/messages';

/** What is known of the records of one stream; the shell keeps the counts. */
export class StreamAccount {
  /** Records that arrived, stored or not. */
  received = 0;
  /** Of the first so many, all are durable. */
  durable = 0;
  /** Records that arrived and could not be stored at all; told apart in the stats. */
  rejected = 0;
  /** COMPLETE has come: later states wait for the stream's finish. */
  isEnding = false;
  isFinished = false;
}

interface Demand {
  readonly account: StreamAccount;
  readonly records: number;
  readonly isFinishAwaited: boolean;
}

interface Checkpoint {
  readonly line: string;
  readonly demands: readonly Demand[];
  readonly stats: string;
}

interface Counted {
  readonly received: number;
  readonly rejected: number;
}

/**
 * Holds every STATE back until the records before it are durable. A state of one stream
 * waits for that stream, any other for all. States of a stream leave in the order in
 * which they came, unchanged but for their `destinationStats`.
 */
export class CheckpointLedger {
  readonly #accounts = new Map<string, StreamAccount>();
  readonly #queues = new Map<string | undefined, Checkpoint[]>();
  readonly #counted = new Map<string | undefined, Counted>();

  /** The account of a stream; opened on the first call. */
  account(key: string): StreamAccount {
    const open = this.#accounts.get(key);
    if (open !== undefined) return open;
    const account = new StreamAccount();
    this.#accounts.set(key, account);
    return account;
  }

  /**
   * Takes a state. Returns how many records came since the last one.
   * @param key The stream it speaks of; undefined for all streams.
   */
  stateReceived(line: string, key: string | undefined): number {
    const accounts =
      key === undefined ? [...this.#accounts.values()] : [this.account(key)];
    const received = sum(accounts, 'received');
    const rejected = sum(accounts, 'rejected');
    const last = this.#counted.get(key) ?? {received: 0, rejected: 0};
    this.#counted.set(key, {received, rejected});
    const queue = this.#queues.get(key) ?? [];
    this.#queues.set(key, queue);
    queue.push({
      line,
      demands: accounts.map((account) => ({
        account,
        records: account.received,
        isFinishAwaited: account.isEnding,
      })),
      stats: stats(received - last.received, rejected - last.rejected),
    });
    return received - last.received;
  }

  /** Takes out the states that may be echoed, with their counts. */
  takeDurable(): readonly string[] {
    const lines: string[] = [];
    for (const queue of this.#queues.values()) {
      let first = queue[0];
      while (first?.demands.every(isMet) === true) {
        queue.shift();
        lines.push(withStats(first));
        first = queue[0];
      }
    }
    return lines;
  }

  /** How many states wait still. */
  get waiting(): number {
    return [...this.#queues.values()].reduce((count, queue) => count + queue.length, 0);
  }
}

function isMet({account, records, isFinishAwaited}: Demand): boolean {
  return account.durable >= records && (!isFinishAwaited || account.isFinished);
}

function sum(
  accounts: readonly StreamAccount[],
  count: 'received' | 'rejected',
): number {
  return accounts.reduce((total, account) => total + account[count], 0);
}

function stats(received: number, rejected: number): string {
  const rejections = rejected > 0 ? `,"rejectedRecordCount":${double(rejected)}` : '';
  return `{"recordCount":${double(received - rejected)}${rejections}}`;
}

function withStats({line, stats}: Checkpoint): string {
  const state = memberText(line, 'state') ?? '{}';
  return withMember(line, 'state', withMember(state, 'destinationStats', stats));
}
