import {all, unless, type Finding} from '../../check';
import {
  complete,
  record,
  state,
  type DestinationMode,
  type Entry,
} from '../conversation';
import {isOf, type Storage, type Sync} from '../storage';
import {at, failed, holds, wentWell, type Rule} from './rule';

/** Generations: what a refresh keeps, and when it lets go of it. */
export const REFRESH_RULES: readonly Rule[] = [
  {
    id: 'generations',
    name: 'a refresh replaces rows when it is complete, not before',
    needs: [],
    judge: (storage, modes) => new Refreshes(storage, modes).judge(),
  },
];

interface Step {
  readonly title: string;
  readonly generation: readonly [id: number, minimum: number];
  /** What the source emits. */
  readonly ids: readonly number[];
  /** The source breaks off before the end. */
  readonly isBroken?: boolean;
  /** What the table then has. */
  readonly wanted: readonly number[];
}

const STEPS: readonly Step[] = [
  {title: 'a first generation', generation: [1, 1], ids: [1, 2], wanted: [1, 2]},
  {
    title: 'a refresh that breaks off keeps the old rows',
    ...{generation: [2, 2], ids: [3], isBroken: true, wanted: [1, 2]},
  },
  {
    title: 'the refresh once more replaces them, with the rows of both attempts',
    ...{generation: [2, 2], ids: [4], wanted: [3, 4]},
  },
  {
    title: 'the same generation again keeps its rows',
    ...{generation: [2, 2], ids: [5], wanted: [3, 4, 5]},
  },
  {
    title: 'a new generation with minimum 0 keeps all rows',
    ...{generation: [3, 0], ids: [6], wanted: [3, 4, 5, 6]},
  },
  {title: 'a clear empties the table', generation: [4, 4], ids: [], wanted: []},
];

/** A table of each mode through several syncs; a step that goes wrong ends the story. */
class Refreshes {
  readonly #entries: readonly Entry[];
  /** Rows of a broken attempt whose state did not come back, by mode. */
  readonly #owed = new Map<Entry, readonly number[]>();

  constructor(
    private readonly storage: Storage,
    modes: readonly DestinationMode[],
  ) {
    const namespace = storage.namespace();
    this.#entries = modes.map((mode) => ({
      ...{namespace, stream: `refreshed_${mode}`, mode},
      properties: {id: {type: 'integer'}, at: {type: 'integer'}},
      ...(mode === 'append_dedup' ? {key: ['id'], cursor: 'at'} : {}),
    }));
  }

  async judge(): Promise<readonly Finding[]> {
    let isWell = true;
    return all(STEPS, async (step) => {
      if (!isWell) return [];
      const findings = await this.#judged(step);
      isWell = findings.length === 0;
      return at(step.title, findings);
    });
  }

  async #judged(step: Step): Promise<readonly Finding[]> {
    const entries = this.#entries.filter((entry) => isAsked(step, entry));
    const sync = await this.storage.sync({
      entries: entries.map((entry) => ({...entry, generation: step.generation})),
      lines: entries.flatMap((entry) => this.#lines(step, entry)),
    });
    const tables = await Promise.all(
      entries.map(async (entry) =>
        at(entry.mode ?? '', holds(await this.storage.rows(entry), 'id', step.wanted)),
      ),
    );
    return [...this.#told(step, sync, entries), ...tables.flat()];
  }

  #lines({ids, isBroken = false}: Step, entry: Entry): readonly string[] {
    const sent = [...(this.#owed.get(entry) ?? []), ...ids];
    return [
      ...sent.map((id) => record(entry, {id, at: id})),
      state(entry, {n: 1}, sent.length),
      ...(isBroken ? [] : [complete(entry)]),
    ];
  }

  /** What a resumed source would emit again is remembered. */
  #told(step: Step, sync: Sync, entries: readonly Entry[]): readonly Finding[] {
    const silent = entries.filter((entry) => !isEchoed(sync, entry));
    this.#owed.clear();
    if (step.isBroken !== true) {
      const names = silent.map(({mode}) => mode).join(', ');
      return [
        ...wentWell(sync),
        ...unless(names === '', `no state came back of ${names}`),
      ];
    }
    for (const entry of silent) this.#owed.set(entry, step.ids);
    return failed(sync, 'streams did not end');
  }
}

/** `overwrite` that is to keep all rows is a contradiction. */
function isAsked({generation}: Step, {mode}: Entry): boolean {
  return mode !== 'overwrite' || generation[1] > 0;
}

function isEchoed({states}: Sync, entry: Entry): boolean {
  return states.some((echo) => isOf(entry, echo));
}
