import {mkdtemp, readdir, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {batchFromRows} from '../../parquet/batch-from-rows';
import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {Column} from '../../table/table-definition';
import type {Lake} from '../lake';
import {openLocalLake} from './local-lake';
import {
  collectingLog,
  trialBatch,
  trialDefinition,
  trialFolder,
  trialRows,
} from './trial-table';

let root: string;
let lake: Lake;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'appending-'));
  lake = openLocalLake({path: root, log: collectingLog([])});
});

afterAll(async () => {
  await lake.close();
  await rm(root, {recursive: true});
});

describe('batches that are encoded ahead', () => {
  it('are committed in their order', async () => {
    const table = await lake.ensure(trialDefinition('in_order'));
    const committed: number[] = [];

    const appends = [1, 2, 3, 4, 5, 6].map(async (number) => {
      await table.append(trialBatch([[number, 'a', 1n, 1n]]));
      committed.push(number);
    });
    await Promise.all(appends);

    expect(committed).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await dataFiles('in_order')).toHaveLength(6);
  });

  it('are not taken behind one that could not be committed, and leave no file', async () => {
    const reader = new ParquetEncoder({
      memoryLimitBytes: 1e8,
      tempFolder: path.join(root, 'spill'),
    });
    const table = await lake.ensure(trialDefinition('with_a_failure'));
    const stranger: Column = {name: 'stranger', type: 'string', member: 'stranger'};

    const refused = table.append(batchFromRows([stranger], [['a']]));
    const behind = table.append(trialBatch([[1, 'a', 1n, 1n]]));

    await expect(refused).rejects.toThrow('does not fit');
    await expect(behind).rejects.toThrow('does not fit');
    expect(await trialRows(table, reader)).toEqual([]);
    // That of the refused batch is left to the cleaning.
    expect(await dataFiles('with_a_failure')).toHaveLength(1);
    await reader.close();
  });
});

async function dataFiles(table: string): Promise<string[]> {
  const names = await readdir(trialFolder(root, table));
  return names.filter((name) => name.endsWith('.parquet'));
}
