import {readdir} from 'node:fs/promises';

import fc from 'fast-check';

import {batchFromRows} from '../../parquet/batch-from-rows';
import type {ColumnBatch} from '../../rows/column-batch';
import type {Column, TableDefinition} from '../../table/table-definition';
import type {LakeTable} from '../lake';
import {openTrialPlace, type TrialPlace} from './trial-place.stand-in';
import {localTable, trialDefinition, trialRows} from './trial-table';

let place: TrialPlace;

beforeAll(async () => (place = await openTrialPlace()));
afterAll(() => place[Symbol.asyncDispose]());

describe('a deletion', () => {
  it('takes the stored row of its key away, and is not stored', async () => {
    const table = await place.lake.ensure(deleting('deleted'));
    await table.merge(
      deletions([
        ['a', 1n, null],
        ['b', 1n, null],
        ['c', 1n, null],
      ]),
    );

    await table.merge(
      deletions([
        ['a', 2n, 9n],
        ['b', 2n, null],
        ['new', 2n, 9n],
      ]),
    );

    expect(await contents(table, ['text', 'cursor::INT'])).toEqual([
      '["b","2"]',
      '["c","1"]',
    ]);
  });

  it('loses against a stored row that is newer', async () => {
    const table = await place.lake.ensure(deleting('outlived'));
    await table.merge(deletions([['a', 5n, null]]));

    await table.merge(deletions([['a', 4n, 9n]]));

    expect(await contents(table, ['text'])).toEqual(['["a"]']);
  });

  it('leaves nothing to commit where its key was never stored', async () => {
    const table = await place.lake.ensure(deleting('never_there'));

    await table.merge(deletions([['a', 1n, 9n]]));

    const {folder, snapshot} = localTable(table).delta;
    expect(snapshot.version).toBe(0);
    expect(await readdir(folder)).toEqual(['_delta_log']);
  });

  it('is a row like all where rows are appended', async () => {
    const table = await place.lake.ensure(deleting('appended_to'));

    await table.append(deletions([['a', 1n, 9n]]));

    expect(await contents(table, ['text'])).toEqual(['["a"]']);
  });

  it('leaves of each key what a plain map leaves', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(sampleDeletion(), {maxLength: 8}), {maxLength: 5}),
        async (batches) => {
          const table = await place.lake.ensure(deleting(`deleted_${count++}`));
          const model = new Map<string, bigint>();

          for (const rows of batches) {
            await table.merge(deletions(rows));
            for (const [key, newest] of newestOf(rows)) applyTo(model, key, newest);
          }

          const rows = [...model].map(([key, at]) => JSON.stringify([key, String(at)]));
          expect(await contents(table, ['text', 'cursor::VARCHAR'])).toEqual(
            rows.sort(),
          );
        },
      ),
      {numRuns: 25, seed: 5},
    );
  });
});

/** A row of the table in which rows are deleted; its key is the text. */
type Deletion = readonly [key: string, cursor: bigint, deletedAt: bigint | null];

const DELETED_AT: Column = {
  name: 'deleted_at',
  type: 'timestamp',
  member: 'deleted_at',
};

function deleting(table: string): TableDefinition {
  const {columns, ...boring} = trialDefinition(table);
  return {
    ...boring,
    key: ['text'],
    columns: [...columns, DELETED_AT],
    deletion: DELETED_AT.name,
  };
}

function deletions(rows: readonly Deletion[]): ColumnBatch {
  return batchFromRows(
    [...trialDefinition('').columns, DELETED_AT],
    rows.map(([key, cursor, deletedAt]) => [1n, 7n, 1, key, cursor, deletedAt]),
  );
}

function sampleDeletion(): fc.Arbitrary<Deletion> {
  const row: fc.Arbitrary<[string, bigint, bigint | null]> = fc.tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.bigInt({min: 0n, max: 4n}),
    fc.option(fc.constant(9n)),
  );
  return row;
}

/** Of each key the row with the greatest cursor, the later one where they are equal. */
function newestOf(rows: readonly Deletion[]): ReadonlyMap<string, Deletion> {
  const newest = new Map<string, Deletion>();
  for (const row of rows) {
    const before = newest.get(row[0]);
    if (before === undefined || row[1] >= before[1]) newest.set(row[0], row);
  }
  return newest;
}

function applyTo(model: Map<string, bigint>, key: string, newest: Deletion): void {
  const [, cursor, deletedAt] = newest;
  const stored = model.get(key);
  if (stored !== undefined && stored > cursor) return;
  if (deletedAt === null) model.set(key, cursor);
  else model.delete(key);
}

function contents(table: LakeTable, columns: string[]): Promise<string[]> {
  return trialRows(table, place.reader, columns);
}
