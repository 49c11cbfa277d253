import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {ConfigError} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {batchFromRows} from '../../parquet/batch-from-rows';
import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {Column} from '../../table/table-definition';
import type {Lake, LakeTable} from '../lake';
import {openLocalLake} from './local-lake';
import {commitFile} from './log-files';
import {
  collectingLog,
  localTable,
  trialBatch,
  trialDefinition,
  trialFolder,
  trialRows,
  trialText,
  type TrialRow,
} from './trial-table';

let root: string;
let lake: Lake;
let reader: ParquetEncoder;
const warnings: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'lake-'));
  reader = new ParquetEncoder({
    memoryLimitBytes: 1e8,
    tempFolder: path.join(root, 'spill'),
  });
  lake = openLocalLake({path: root, log: collectingLog(warnings)});
});

afterAll(async () => {
  await lake.close();
  await reader.close();
  await rm(root, {recursive: true});
});

describe('a table of the local lake', () => {
  it('keeps what was appended', async () => {
    const table = await lake.ensure(trialDefinition('appended'));

    await table.append(trialBatch([[1, 'a', 1n, 10n]]));
    await table.append(
      trialBatch([
        [2, 'b', null, 11n],
        [null, null, 3n, 12n],
      ]),
    );

    expect(await contents(table)).toEqual([
      '["1","a","1","10"]',
      '["2","b",null,"11"]',
      '[null,null,"3","12"]',
    ]);
    expect(warnings).toEqual([]);
  });

  it('is found again by a later lake', async () => {
    const table = await lake.ensure(trialDefinition('found_again'));
    for (let i = 0n; i < 25n; i++) await table.append(trialBatch([[1, 'a', i, i]]));

    const later = openLocalLake({path: root, log: collectingLog(warnings)});
    const again = await later.ensure(trialDefinition('found_again'));
    const rows = await contents(again);
    await later.close();

    expect(rows).toHaveLength(25);
    expect(await again.generations()).toEqual({min: 7, max: 7});
  });

  it('has no generations without rows', async () => {
    const table = await lake.ensure(trialDefinition('without_rows'));

    expect(await table.generations()).toBeUndefined();
  });

  it('reads columns that were added later as NULL in older rows', async () => {
    const wanted = trialDefinition('evolved');
    const table = await lake.ensure(wanted);
    await table.append(trialBatch([[1, 'a', 1n, 1n]]));
    const added: Column = {name: 'note', type: 'string', member: 'Note'};

    await table.evolve({...wanted, columns: [...wanted.columns, added]});
    await table.merge(
      batchFromRows(table.definition.columns, [[1n, 7n, 1, 'b', 1n, 'new']]),
    );

    expect(table.definition.columns.at(-1)).toEqual(added);
    expect(await contents(table, ['note'])).toEqual(['["new"]', '[null]']);
  });
});

describe('merge', () => {
  it('leaves of each key the row a plain map leaves', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(sampleRow(), {maxLength: 12}), {maxLength: 5}),
        async (batches) => {
          const table = await lake.ensure(trialDefinition(`merged_${count++}`));
          const model = new Map<string, TrialRow>();

          for (const rows of batches) {
            await table.merge(trialBatch(rows));
            for (const sample of rows) keepGreater(model, sample);
          }

          expect(await contents(table)).toEqual(
            [...model.values()].map(trialText).sort(),
          );
        },
      ),
      {numRuns: 60, seed: 3},
    );
  });
});

describe('a successor', () => {
  it('stays out of sight until it replaces the table', async () => {
    const table = await lake.ensure(trialDefinition('replaced'));
    await table.append(trialBatch([[1, 'old', 1n, 1n]]));
    const successor = await table.successor(8);
    await successor.append(trialBatch([[2, 'new', 1n, 1n]]));
    expect(await contents(table)).toEqual(['["1","old","1","1"]']);

    await table.replaceWith(successor);

    expect(await contents(table)).toEqual(['["2","new","1","1"]']);
    expect(await hiddenFolders()).toEqual([]);
  });

  it('is continued by the next attempt of the same generation', async () => {
    const table = await lake.ensure(trialDefinition('continued'));
    await (await table.successor(2)).append(trialBatch([[1, 'first', 1n, 1n]]));

    const again = await table.successor(2);
    await again.append(trialBatch([[2, 'second', 1n, 1n]]));
    await table.replaceWith(again);

    expect(await contents(table)).toHaveLength(2);
  });

  it('has a name however long that of its table is', async () => {
    const names = ['a', 'b'].map((end) => `${'x'.repeat(254)}${end}`);
    const tables = await Promise.all(
      names.map((name) => lake.ensure(trialDefinition(name))),
    );

    for (const [at, table] of tables.entries()) {
      const successor = await table.successor(Number.MAX_SAFE_INTEGER);
      await successor.append(trialBatch([[at, 'new', 1n, 1n]]));
    }
    for (const table of tables) {
      await table.replaceWith(await table.successor(Number.MAX_SAFE_INTEGER));
    }

    const contained = await Promise.all(tables.map((table) => contents(table)));
    expect(contained).toEqual([['["0","new","1","1"]'], ['["1","new","1","1"]']]);
    expect(await hiddenFolders()).toEqual([]);
  });

  it('is discarded when another generation begins', async () => {
    const table = await lake.ensure(trialDefinition('begun_anew'));
    await (await table.successor(2)).append(trialBatch([[1, 'first', 1n, 1n]]));

    const other = await table.successor(3);
    await table.replaceWith(other);

    expect(await contents(table)).toEqual([]);
    expect(await hiddenFolders()).toEqual([]);
  });
});

describe('check', () => {
  it('writes, reads and takes away a scratch table', async () => {
    await expect(lake.check()).resolves.toContain(root);

    expect((await readdir(root)).filter((name) => name.includes('check'))).toEqual([]);
  });

  it('says that a file is in the way of the folder', async () => {
    const file = path.join(root, 'file');
    await writeFile(file, '');
    const blocked = openLocalLake({
      path: path.join(file, 'lake'),
      log: collectingLog(warnings),
    });

    await expect(blocked.check()).rejects.toThrow(ConfigError);
    await expect(blocked.check()).rejects.toThrow(file);
    await blocked.close();
  });
});

describe('a table that others write too', () => {
  it('is read and merged into, whatever their files are called and lack', async () => {
    const table = await lake.ensure(trialDefinition('written_by_others'));
    const folder = trialFolder(root, 'written_by_others');
    await reader.copy(
      "SELECT 1::FLOAT AS tag, 'theirs' AS text, 'extra' AS unknown",
      path.join(folder, 'part 0.parquet'),
    );
    const theirs = {
      path: 'part%200.parquet',
      partitionValues: {},
      size: 1,
      modificationTime: 0,
      dataChange: true,
      tags: null,
    };
    const lines = [{commitInfo: {}}, {cdc: {path: 'unknown'}}, {add: theirs}];
    await commitByHand(folder, 1, lines);

    await table.append(trialBatch([[2, 'ours', 1n, 1n]]));
    expect(await table.generations()).toEqual({min: 0, max: 7});
    await table.merge(trialBatch([[1, 'theirs', null, 5n]]));

    expect(await contents(table)).toEqual([
      '["1","theirs",null,"5"]',
      '["2","ours","1","1"]',
    ]);
    expect(await table.generations()).toEqual({min: 7, max: 7});
  });

  it('is refused by the name of what we do not support', async () => {
    await lake.ensure(trialDefinition('with_features'));
    const protocol = {
      minReaderVersion: 3,
      minWriterVersion: 7,
      readerFeatures: ['typeWidening'],
      writerFeatures: ['typeWidening'],
    };
    await commitByHand(trialFolder(root, 'with_features'), 1, [{protocol}]);

    await expect(lake.ensure(trialDefinition('with_features'))).rejects.toThrow(
      /with_features .*typeWidening/,
    );
  });

  it('is refused where a version of its log is missing', async () => {
    await lake.ensure(trialDefinition('with_a_gap'));
    await commitByHand(trialFolder(root, 'with_a_gap'), 2, [{commitInfo: {}}]);

    await expect(lake.ensure(trialDefinition('with_a_gap'))).rejects.toThrow(
      'lacks version 1',
    );
  });

  it('keeps its type where a stream wants another, and names columns we cannot write', async () => {
    const stored = trialDefinition('typed');
    const wanted = stored.columns.map((column) => ({
      ...column,
      type: 'string' as const,
    }));
    await lake.ensure(stored);

    const table = await lake.ensure({...stored, columns: wanted});
    await table.evolve({...stored, columns: wanted});

    expect(table.definition.columns).toEqual(stored.columns);
    const fields = [{name: 'tag', type: 'integer', nullable: true, metadata: {}}];
    const metaData = {
      ...localTable(table).delta.snapshot.metaData,
      schemaString: JSON.stringify({type: 'struct', fields}),
    };
    await commitByHand(trialFolder(root, 'typed'), 1, [{metaData}]);
    const {definition} = await lake.ensure(stored);
    expect(definition.columns).toEqual([]);
    expect(definition.unwritable).toEqual(['tag']);
  });

  it('says of its columns what it knows itself, not what is asked for', async () => {
    const stored = {...trialDefinition('named'), origin: 'stream'};
    const renamed = stored.columns.map((column) =>
      column.name === 'text' ? {...column, member: 'Text'} : column,
    );
    await lake.ensure(stored);

    const {definition} = await lake.ensure({...stored, columns: renamed});

    expect(definition.columns).toEqual(stored.columns);
  });
});

describe('ensure', () => {
  it('refuses a folder that holds something else', async () => {
    const folder = path.join(root, 'main', 'pi', 'foreign');
    await mkdir(folder, {recursive: true});
    await writeFile(path.join(folder, 'notes.txt'), 'mine');

    await expect(lake.ensure(trialDefinition('foreign'))).rejects.toThrow('notes.txt');
  });
});

function sampleRow(): fc.Arbitrary<TrialRow> {
  const row: fc.Arbitrary<[number | null, string | null, bigint | null, bigint]> =
    fc.tuple(
      fc.option(fc.integer({min: 0, max: 3}), {freq: 6}),
      fc.option(fc.constantFrom('a', 'b', 'ü', '\u{1f600}', '\uffff'), {freq: 6}),
      fc.option(fc.bigInt({min: -2n, max: 2n}), {freq: 4}),
      fc.bigInt({min: 0n, max: 2n}),
    );
  return row;
}

/** The key is (tag, text); ties of cursor and extraction go to the later row. */
function keepGreater(model: Map<string, TrialRow>, sample: TrialRow): void {
  const key = JSON.stringify(sample.slice(0, 2));
  const before = model.get(key);
  const least = -1n << 63n;
  const standing = ([, , cursor, extracted]: TrialRow): [bigint, bigint] => [
    cursor ?? least,
    extracted,
  ];
  if (before !== undefined) {
    const [was, is] = [standing(before), standing(sample)];
    if (is[0] < was[0] || (is[0] === was[0] && is[1] < was[1])) return;
  }
  model.set(key, sample);
}

async function commitByHand(
  folder: string,
  version: number,
  actions: readonly object[],
): Promise<void> {
  const lines = actions.map((action) => JSON.stringify(action)).join('\n');
  await writeFile(commitFile(folder, version), lines);
}

async function hiddenFolders(): Promise<string[]> {
  const names = await readdir(path.join(root, 'main', 'pi'));
  return names.filter((name) => name.startsWith('_airbyte_'));
}

function contents(table: LakeTable, columns?: string[]): Promise<string[]> {
  return trialRows(table, reader, columns);
}
