import {once} from 'node:events';

import type {OwnConfig} from '../../config/own-config';
import {endOf, inside} from '../../run/outcome';
import type {Stage} from '../../stage/stage';
import {error, unless, type Check, type Finding} from '../check';
import {
  complete,
  record,
  state,
  type DestinationMode,
  type Entry,
} from './conversation';
import {contentOf, isOf, Storage, type Row, type Sync} from './storage';
import {supportedModes} from './x11';

type Kill = NonNullable<OwnConfig['kill']>;

/** X3 for a destination: what it acknowledged is stored, what comes again is no harm. */
export const KILLED_WRITE: Check = {
  id: 'X3',
  title:
    'killed anywhere and written again from its last states, a write loses nothing',
  kinds: ['destination'],
  bypass: ({plan: {own}}) => {
    if (own.storage === undefined) return 'the plan tells no storage';
    return own.kill === undefined ? 'the plan names no config to kill' : undefined;
  },
  run: async (stage) => {
    const {kill} = stage.plan.own;
    const modes = await supportedModes(stage);
    return kill === undefined ? [] : new KilledWrites(stage, kill, modes).judge();
  },
};

/** Records of each stream, and how many of them come before each state. */
const RECORDS = 1500;
const STATE_EVERY = 100;
/** Makes a record of about a kilobyte. */
const PADDING = 'x'.repeat(900);
/** Lines that are handed over at once: places of kills are as coarse. */
const LINES_AT_ONCE = 8;
/** A destination that has told no state after so long is killed without one. */
const PATIENCE_MS = 3000;
/** The input stays open for so long behind the kill, which reaches a container late. */
const DYING_MS = 300;

/** A stream and how far the destination says it has it. */
interface Progress {
  readonly entry: Entry;
  /** Records up to here are acknowledged. */
  acknowledged: number;
  /** How often each record was handed over, by its number. */
  readonly sent: number[];
}

/** One write that is killed several times and at last let to its end. */
class KilledWrites {
  readonly #storage: Storage;
  readonly #streams: readonly Progress[];
  readonly #chance: () => number;

  constructor(
    stage: Stage,
    private readonly kill: Kill,
    modes: readonly DestinationMode[],
  ) {
    this.#storage = new Storage(stage, kill.config_path);
    this.#chance = chances(kill.seed);
    const namespace = this.#storage.namespace();
    this.#streams = modes
      .filter((mode) => mode !== 'overwrite')
      .map((mode) => ({
        entry: entryOf(namespace, mode),
        acknowledged: 0,
        sent: Array.from({length: RECORDS}, () => 0),
      }));
  }

  async judge(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (let i = 0; i < this.kill.times; i += 1) {
      // In turn: in the middle of its input, and when it has told a state.
      findings.push(...this.#taken(await this.#killed(i % 2 === 1)));
    }
    const last = await this.#sync(this.#lines());
    findings.push(...this.#taken(last));
    if (last.outcome.exit !== 0) {
      findings.push(error(`the write that nobody kills ${endOf(last.outcome)}`));
    }
    for (const stream of this.#streams) {
      const rows = await this.#storage.rows(stream.entry);
      findings.push(...stored(stream, rows));
    }
    return findings;
  }

  #sync(lines: Iterable<string> | AsyncIterable<string>, reader = {}): Promise<Sync> {
    const entries = this.#streams.map(({entry}) => entry);
    return this.#storage.sync({entries, lines, more: {reader}});
  }

  async #killed(isAfterState: boolean): Promise<Sync> {
    const end = new AbortController();
    const hasTold = new AbortController();
    const onOutput = (chunk: Buffer) => {
      if (chunk.includes('"STATE"')) hasTold.abort();
    };
    const lines = this.#linesUntil(this.#chance(), async () => {
      if (isAfterState) await abortedOrLate(hasTold.signal);
      end.abort();
    });
    return this.#sync(lines, {kill: end.signal, onOutput});
  }

  /** The lines up to a place; then the end comes, and the input stays open. */
  async *#linesUntil(part: number, end: () => Promise<void>): AsyncIterable<string> {
    const left = this.#streams.reduce(
      (sum, {acknowledged}) => sum + RECORDS - acknowledged,
      0,
    );
    let until = Math.ceil(part * left);
    for (const line of this.#lines()) {
      if (line.startsWith('{"type":"RECORD"')) until -= 1;
      if (until < 0) break;
      yield line;
    }
    await end();
    await new Promise((dead) => setTimeout(dead, DYING_MS));
  }

  /** What a source emits that begins at the acknowledged states, its streams in turn. */
  *#lines(): Iterable<string> {
    for (let from = 0; from < RECORDS; from += LINES_AT_ONCE) {
      for (const stream of this.#streams) yield* linesOf(stream, from);
    }
    for (const {entry} of this.#streams) yield complete(entry);
  }

  /** The states that came back; they must not claim what never came. */
  #taken({states}: Sync): readonly Finding[] {
    return this.#streams.flatMap((stream) => {
      const {entry, sent} = stream;
      const told = states
        .filter((echo) => isOf(entry, echo))
        .map((echo) => Number(inside(contentOf(echo), 'records')));
      stream.acknowledged = Math.max(stream.acknowledged, ...told);
      return unless(
        sent.slice(0, stream.acknowledged).every((times) => times > 0),
        `${entry.stream}: a state came back that was never sent`,
      );
    });
  }
}

function entryOf(namespace: string, mode: DestinationMode): Entry {
  return {
    ...{namespace, stream: `killed_${mode}`, mode, generation: [1, 0]},
    properties: {id: {type: 'integer'}, at: {type: 'integer'}, text: {type: 'string'}},
    ...(mode === 'append_dedup' ? {key: ['id'], cursor: 'at'} : {}),
  };
}

function* linesOf(stream: Progress, from: number): Iterable<string> {
  const {entry, acknowledged, sent} = stream;
  for (let id = from; id < Math.min(from + LINES_AT_ONCE, RECORDS); id += 1) {
    if (id >= acknowledged) {
      sent[id] = (sent[id] ?? 0) + 1;
      yield record(entry, {id, at: id, text: `${PADDING}${id}`});
    }
    const records = id + 1;
    const isDue = records % STATE_EVERY === 0 || records === RECORDS;
    if (isDue && records > acknowledged) yield state(entry, {records}, STATE_EVERY);
  }
}

/** Every record is there, whole, and no more often than it was sent. */
function stored({entry, sent}: Progress, rows: readonly Row[]): readonly Finding[] {
  const found = new Map<number, number>();
  let torn = 0;
  for (const row of rows) {
    const id = Number(row['id']);
    found.set(id, (found.get(id) ?? 0) + 1);
    if (row['text'] !== `${PADDING}${id}`) torn += 1;
  }
  const atMost = (times: number) => (entry.mode === 'append_dedup' ? 1 : times);
  const lost = sent.filter((_, id) => !found.has(id)).length;
  const repeated = sent.filter((times, id) => (found.get(id) ?? 0) > atMost(times));
  return [
    ...unless(lost === 0, `${entry.stream}: ${lost} of ${RECORDS} records are lost`),
    ...unless(
      repeated.length === 0,
      `${entry.stream}: ${repeated.length} records are there more often than they may be`,
    ),
    ...unless(torn === 0, `${entry.stream}: ${torn} rows are not what was sent`),
  ];
}

async function abortedOrLate(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const late = AbortSignal.timeout(PATIENCE_MS);
  await Promise.race([once(signal, 'abort'), once(late, 'abort')]);
}

/** Numbers of [0.1, 0.9), the same for the same seed (mulberry32). */
function chances(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return 0.1 + (0.8 * ((mixed ^ (mixed >>> 14)) >>> 0)) / 2 ** 32;
  };
}
