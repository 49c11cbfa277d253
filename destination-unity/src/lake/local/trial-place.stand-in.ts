import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {LocalLake} from './local-lake';
import {trialLake} from './trial-table';

/** A lake in a folder of its own. */
export interface TrialPlace extends AsyncDisposable {
  readonly lake: LocalLake;
  /** Reads Parquet files. */
  readonly reader: ParquetEncoder;
}

export async function openTrialPlace(): Promise<TrialPlace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lake-'));
  const tempFolder = path.join(folder, 'spill');
  const reader = new ParquetEncoder({memoryLimitBytes: 1e8, tempFolder});
  return {
    lake: trialLake({folder, encoder: reader}),
    reader,
    [Symbol.asyncDispose]: async () => {
      await reader.close();
      await rm(folder, {recursive: true});
    },
  };
}
