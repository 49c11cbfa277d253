import {mkdtemp, readdir, rm, utimes, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {LocalTable} from './local-table';
import {trialBatch, trialDefinition, trialLake, trialRows} from './trial-table';

const DAY_MS = 24 * 3600 * 1000;

let root: string;
let encoder: ParquetEncoder;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'cleaning-'));
  encoder = new ParquetEncoder({
    memoryLimitBytes: 1e8,
    tempFolder: path.join(root, 'x'),
  });
});

afterAll(async () => {
  await encoder.close();
  await rm(root, {recursive: true});
});

describe('opening a table', () => {
  it('removes files of no version a day after they were written', async () => {
    const {folder} = (await opened('orphans', 0)).delta;
    await writeFile(path.join(folder, 'airbyte-orphan.parquet'), '');
    await writeFile(path.join(folder, '_delta_log', '.orphan.tmp'), '');

    await opened('orphans', 0.9);
    expect(await names(folder)).toContain('airbyte-orphan.parquet');

    await opened('orphans', 1.1);
    expect(await names(folder)).toEqual(['_delta_log']);
    expect(await names(path.join(folder, '_delta_log'))).not.toContain('.orphan.tmp');
  });

  it('keeps removed files a week for readers of older versions', async () => {
    const table = await opened('removed', 0);
    await table.append(trialBatch([[1, 'a', 1n, 1n]]));
    await table.merge(trialBatch([[1, 'a', 2n, 2n]]));
    const {folder} = table.delta;
    expect(await parquetFiles(folder)).toHaveLength(2);

    await opened('removed', 6.9);
    expect(await parquetFiles(folder)).toHaveLength(2);

    const late = await opened('removed', 7.1);
    expect(await parquetFiles(folder)).toHaveLength(1);
    expect(await trialRows(late, encoder)).toEqual(['["1","a","2","2"]']);
  });

  it('removes commits a month after a checkpoint has made them needless', async () => {
    const table = await opened('log', 0);
    for (let i = 0n; i < 12n; i++) await table.append(trialBatch([[1, 'a', i, i]]));

    const later = await opened('log', 31);

    expect((await names(path.join(later.delta.folder, '_delta_log'))).sort()).toEqual([
      '00000000000000000010.checkpoint.parquet',
      '00000000000000000010.json',
      '00000000000000000011.json',
      '00000000000000000012.json',
      '_last_checkpoint',
    ]);
    expect(await trialRows(await opened('log', 31), encoder)).toHaveLength(12);
  });

  it('never touches files that others wrote', async () => {
    const {folder} = (await opened('shared', 0)).delta;
    const file = path.join(folder, 'part-00000.parquet');
    await writeFile(file, '');
    await utimes(file, 0, 0);

    await opened('shared', 365);

    expect(await names(folder)).toContain('part-00000.parquet');
  });
});

const START_MS = Date.now();

/** The table as a process finds it some days from now. */
async function opened(name: string, days: number): Promise<LocalTable> {
  const now = (): number => START_MS + days * DAY_MS;
  return await trialLake({folder: root, encoder, now}).ensure(trialDefinition(name));
}

async function names(folder: string): Promise<string[]> {
  return await readdir(folder);
}

async function parquetFiles(folder: string): Promise<string[]> {
  return (await names(folder)).filter((name) => name.endsWith('.parquet'));
}
