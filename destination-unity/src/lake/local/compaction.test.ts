import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {Action} from './actions';
import {localDisk, type Disk} from './disk';
import type {LocalTable} from './local-table';
import {fileStatistics} from './statistics';
import {
  collectingLog,
  trialBatch,
  trialDefinition,
  trialFolder,
  trialLake,
  trialRows,
} from './trial-table';

let root: string;
let encoder: ParquetEncoder;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'compaction-'));
  encoder = new ParquetEncoder({
    memoryLimitBytes: 1e8,
    tempFolder: path.join(root, 'x'),
  });
});

afterAll(async () => {
  await encoder.close();
  await rm(root, {recursive: true});
});

describe('the end of a sync', () => {
  it('puts eight small files together, and no row is another', async () => {
    const table = await opened('joined');
    await appendSyncs(table, 8);
    const before = await trialRows(table, encoder);

    await table.finish();

    expect(table.delta.snapshot.files.size).toBe(1);
    expect(await trialRows(table, encoder)).toEqual(before);
    expect(await trialRows(await opened('joined'), encoder)).toEqual(before);
  });

  it('tells readers that no row has changed, and keeps the files of older versions', async () => {
    const table = await opened('told');
    await appendSyncs(table, 8);

    await table.finish();

    const actions = await lastCommit('told');
    expect(actions[0]?.commitInfo).toMatchObject({operation: 'OPTIMIZE'});
    const files = actions.flatMap(({add, remove}) => add ?? remove ?? []);
    expect(files).toHaveLength(9);
    expect(files.every(({dataChange}) => !dataChange)).toBe(true);
    expect(await parquetFiles('told')).toHaveLength(9);
  });

  it('gives the joined file the bounds of all of them, in the order of the key', async () => {
    const table = await opened('bounds');
    await appendSyncs(table, 8);

    await table.finish();

    const [file] = [...table.delta.snapshot.files.values()];
    const {numRecords, minValues, maxValues} = fileStatistics(file?.stats) ?? {};
    const bounds = [minValues?.['cursor'], maxValues?.['cursor']];
    expect({numRecords, bounds}).toEqual({numRecords: 16, bounds: [0, 7]});
    const rows = await encoder.query(
      `SELECT tag::INT, text FROM '${table.delta.folder}/${file?.path}'`,
    );
    const texts = rows.map((row) => row.join(' '));
    expect(texts).toEqual([...texts].sort());
  });

  it('leaves the files alone while they are few', async () => {
    const table = await opened('few');
    await appendSyncs(table, 7);
    const {version} = table.delta.snapshot;

    await table.finish();

    expect(table.delta.snapshot.version).toBe(version);
  });

  it('lets merges find the joined rows', async () => {
    const table = await opened('merged');
    await appendSyncs(table, 8);
    await table.finish();

    await table.merge(trialBatch([[0, 'sync 3', 99n, 99n]]));

    const rows = await trialRows(table, encoder);
    expect(rows).toHaveLength(16);
    expect(rows).toContain('["0","sync 3","99","99"]');
  });

  it('gives way to another writer that has taken one of the files away', async () => {
    const table = await opened('contested');
    await appendSyncs(table, 8);
    const other = await opened('contested');
    // Between the writing of the joined file and its commit.
    const late: Disk = {
      ...localDisk,
      putIfAbsent: async (...put) => {
        await other.merge(trialBatch([[0, 'sync 3', 99n, 99n]]));
        return await localDisk.putIfAbsent(...put);
      },
    };
    const finishing = await opened('contested', {disk: late});

    await finishing.finish();

    const rows = await trialRows(await opened('contested'), encoder);
    expect(rows).toHaveLength(16);
    expect(rows).toContain('["0","sync 3","99","99"]');
    // Eight that were appended, and what the merge wrote: the joined file is gone.
    const known = await filesOfLog('contested');
    expect(new Set(await parquetFiles('contested'))).toEqual(known);
  });

  it('is told when files stay apart, and loses nothing by it', async () => {
    const table = await opened('refused');
    await appendSyncs(table, 8);
    const said: string[] = [];
    const disk: Disk = {
      ...localDisk,
      sync: () => Promise.reject(new SystemError('The disk does not answer.')),
    };
    const finishing = await opened('refused', {disk, log: collectingLog(said)});

    await finishing.finish();

    expect(said).toEqual([
      expect.stringMatching(/stay apart.*does not answer.*stored/),
    ]);
    expect(await trialRows(await opened('refused'), encoder)).toHaveLength(16);
  });
});

async function opened(
  name: string,
  more: Partial<Parameters<typeof trialLake>[0]> = {},
): Promise<LocalTable> {
  const lake = trialLake({folder: root, encoder, ...more});
  const table = await lake.ensure(trialDefinition(name));
  await table.evolve(trialDefinition(name));
  return table;
}

/** Each sync leaves a file with two rows. */
async function appendSyncs(table: LocalTable, syncs: number): Promise<void> {
  for (let sync = 0; sync < syncs; sync += 1) {
    const at = BigInt(sync);
    const text = `sync ${sync}`;
    await table.append(
      trialBatch([
        [1, text, at, at],
        [0, text, at, at],
      ]),
    );
  }
}

async function lastCommit(name: string): Promise<readonly Action[]> {
  return (await commits(name)).at(-1) ?? [];
}

async function commits(name: string): Promise<readonly (readonly Action[])[]> {
  const log = path.join(trialFolder(root, name), '_delta_log');
  const names = (await readdir(log)).filter((file) => /^\d+\.json$/.test(file)).sort();
  const texts = await Promise.all(
    names.map((file) => readFile(path.join(log, file), 'utf8')),
  );
  return texts.map((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Action),
  );
}

async function filesOfLog(name: string): Promise<ReadonlySet<string>> {
  const actions = (await commits(name)).flat();
  return new Set(actions.flatMap(({add}) => add?.path ?? []));
}

async function parquetFiles(name: string): Promise<readonly string[]> {
  const files = await readdir(trialFolder(root, name));
  return files.filter((file) => file.endsWith('.parquet'));
}
