import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {batchFromRows} from './batch-from-rows';
import {literal} from './engine-sql';
import {ParquetEncoder} from './parquet-encoder';

describe('negative zeros', () => {
  it('stay apart from 0.0, however often both come', async () => {
    const rows = Array.from({length: 300}, (_, i) => [[0, -0, null][i % 3] ?? null]);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zeros-'));
    const encoder = new ParquetEncoder({memoryLimitBytes: 1e8, tempFolder: folder});
    const columns = [{name: 'v', type: 'double', member: 'v'}] as const;
    const [file, copied] = [path.join(folder, 'a'), path.join(folder, 'b')];

    await encoder.encode(batchFromRows(columns, rows), file, {key: []});
    await encoder.copy(`SELECT v FROM read_parquet(${literal(file)})`, copied, {
      rowBytes: 8,
      hasNegativeZeros: true,
    });

    for (const written of [file, copied]) {
      const [counts] = await encoder.query(
        'SELECT count(*) FILTER (v = 0 AND signbit(v)), ' +
          'count(*) FILTER (v = 0 AND NOT signbit(v)) ' +
          `FROM read_parquet(${literal(written)})`,
      );
      expect(counts?.map(Number)).toEqual([100, 100]);
    }

    await encoder.close();
    await rm(folder, {recursive: true});
  });
});
