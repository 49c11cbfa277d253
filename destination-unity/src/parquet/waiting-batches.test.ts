import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type {ColumnBatch} from '../rows/column-batch';
import {batchFromRows} from './batch-from-rows';
import {literal} from './engine-sql';
import {ParquetEncoder} from './parquet-encoder';

const COLUMNS = [{name: 's', type: 'string', member: 's'}] as const;

describe('batches that wait for the one before them', () => {
  let folder: string;
  let encoder: ParquetEncoder;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'waiting-'));
    encoder = new ParquetEncoder({memoryLimitBytes: 1e8, tempFolder: folder});
  });

  afterAll(async () => {
    await encoder.close();
    await rm(folder, {recursive: true});
  });

  it('are written in turn, each with its own rows in its own order', async () => {
    const texts = Array.from({length: 40}, (_, batch) =>
      Array.from({length: 50}, (__, row) => `${batch} ${(row * 7) % 50}`),
    );

    const files = await Promise.all(
      texts.map((rows, i) => encoder.encode(textBatch(rows), file(i), {key: ['s']})),
    );

    for (const [i, {path: written}] of files.entries()) {
      const stored = await encoder.query(
        `SELECT s FROM read_parquet(${literal(written)})`,
      );
      expect(stored.flat()).toEqual(texts[i]?.sort());
    }
  });

  it('are refused alone', async () => {
    const damaged = {...textBatch(['a']), rows: 2};
    const batches = [textBatch(['a']), damaged, textBatch(['a', 'b'])];

    const answers = await Promise.allSettled(
      batches.map((batch, i) => encoder.encode(batch, file(i), {key: ['s']})),
    );

    const told = answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value.rows : String(answer.reason),
    );
    expect(told).toEqual([1, expect.stringContaining('shorter than its rows'), 2]);
  });

  it('are compressed less than what is written anew to stay', async () => {
    const rows = Array.from({length: 20_000}, (_, i) => `${(i * 7919) % 10_007}`);

    const fresh = await encoder.encode(textBatch(rows), file(0), {key: []});
    const again = await encoder.copy(`FROM read_parquet(${literal(file(0))})`, file(1));

    expect(again.bytes).toBeLessThan(fresh.bytes);
  });

  function file(number: number): string {
    return path.join(folder, `${number}.parquet`);
  }
});

function textBatch(texts: readonly string[]): ColumnBatch {
  const rows = texts.map((text) => [text]);
  const {columns} = batchFromRows(COLUMNS, rows);
  // Without a gap, as rows of a key come.
  return {
    rows: rows.length,
    columns: columns.map((data) => ({...data, valid: undefined})),
  };
}
