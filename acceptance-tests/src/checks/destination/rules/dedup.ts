import type {Finding} from '../../check';
import {
  complete,
  EMITTED_AT,
  record,
  state,
  type DestinationMode,
  type Entry,
  type Property,
} from '../conversation';
import type {Row, Storage} from '../storage';
import {at, holds, wentWell, type Rule} from './rule';

/** What two syncs after each other leave in tables, without generations. */
export const DEDUP_RULES: readonly Rule[] = [
  {
    id: 'two syncs',
    name: 'a second sync adds, replaces or merges as its mode says',
    needs: [],
    judge: twoSyncs,
  },
];

const PROPERTIES: Readonly<Record<string, Property>> = {
  unit: {type: 'string'},
  id: {type: 'integer'},
  at: {type: 'integer'},
  said: {type: 'string'},
};

interface Version {
  readonly unit: string | null;
  readonly id: number;
  readonly at: number;
  readonly said: string;
  /** Milliseconds after the others. */
  readonly later?: number;
}

const FIRST_SYNC: readonly Version[] = [
  {unit: 'a', id: 1, at: 2, said: 'newest comes first'},
  {unit: 'a', id: 1, at: 1, said: 'lost: older cursor'},
  {unit: 'b', id: 1, at: 1, said: 'same id of another unit'},
  {unit: 'a', id: 2, at: 9, said: 'newer than the next sync'},
  {unit: 'a', id: 3, at: 1, said: 'lost: older than the next sync'},
  {unit: 'a', id: 4, at: 1, said: 'extracted later', later: 10},
  {unit: 'a', id: 4, at: 1, said: 'lost: extracted earlier', later: 5},
  {unit: null, id: 5, at: 1, said: 'lost: older, with a null in its key'},
];
const SECOND_SYNC: readonly Version[] = [
  {unit: 'a', id: 2, at: 8, said: 'lost: older than what is stored', later: 100},
  {unit: 'a', id: 3, at: 2, said: 'newer than what is stored', later: 100},
  {unit: null, id: 5, at: 2, said: 'newer, with a null in its key', later: 100},
  {unit: 'c', id: 1, at: 1, said: 'new', later: 100},
];

/** What both syncs send: to a table with a key, and, by ids alone, to others. */
const SYNCS = [
  {versions: FIRST_SYNC, ids: [1, 2]},
  {versions: SECOND_SYNC, ids: [2, 3]},
] as const;
const WANTED = {append: [1, 2, 2, 3], overwrite: [2, 3]} as const;

async function twoSyncs(
  storage: Storage,
  modes: readonly DestinationMode[],
): Promise<readonly Finding[]> {
  const namespace = storage.namespace();
  const entries = modes.map((mode): Entry => {
    const keyed = mode === 'append_dedup' ? {key: ['unit', 'id'], cursor: 'at'} : {};
    return {namespace, stream: `twice_${mode}`, properties: PROPERTIES, mode, ...keyed};
  });
  const findings: Finding[] = [];
  for (const [i, {versions, ids}] of SYNCS.entries()) {
    const lines = entries.flatMap((entry) =>
      entry.mode === 'append_dedup'
        ? conversation(entry, versions)
        : conversation(entry, ids.map(plainVersion)),
    );
    const sync = await storage.sync({entries, lines});
    findings.push(...wentWell(sync, `sync ${i + 1}`));
  }
  const tables = await Promise.all(
    entries.map(async (entry) =>
      at(entry.mode ?? '', compared(entry, await storage.rows(entry))),
    ),
  );
  return [...findings, ...tables.flat()];
}

function plainVersion(id: number): Version {
  return {unit: 'a', id, at: 1, said: 'any'};
}

function conversation(entry: Entry, versions: readonly Version[]): readonly string[] {
  const lines = versions.map(({later = 0, ...data}) =>
    record(entry, data, {emittedAt: EMITTED_AT + later}),
  );
  return [...lines, state(entry, {n: 1}, lines.length), complete(entry)];
}

function compared({mode = 'append'}: Entry, rows: readonly Row[]): readonly Finding[] {
  if (mode !== 'append_dedup') return holds(rows, 'id', WANTED[mode]);
  const said = [...FIRST_SYNC, ...SECOND_SYNC].map((version) => version.said);
  const wanted = said.filter((each) => !each.startsWith('lost'));
  return holds(rows, 'said', wanted);
}
