import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {ParquetEncoder} from '../../../parquet/parquet-encoder';
import {engineAround} from '../engine.stand-in';
import type {DatabricksSettings} from '../settings';
import {createVolume} from '../sql/volume-statements';
import {checkWarehouse, type CheckOptions} from './check-warehouse';
import {countedStaging, type CountedStaging} from './counted-staging.stand-in';
import type {TrialWarehouse} from './trial-warehouse.stand-in';

/** The time of every check in tests, as epoch milliseconds. */
export const NOW = Date.UTC(2026, 2, 1);
/** The chance that goes into the name of what a check makes. */
export const CHANCE = 0.5;

export interface CheckedParts {
  readonly warehouse: TrialWarehouse;
  readonly staging?: CountedStaging;
  readonly settings?: Partial<DatabricksSettings>;
  readonly http?: CheckOptions['http'];
}

/** Runs checks on stand-ins of everything outside; batches are encoded for real. */
export class TrialChecks {
  private constructor(
    private readonly tempFolder: string,
    private readonly encoder: ParquetEncoder,
  ) {}

  static async open(): Promise<TrialChecks> {
    const tempFolder = await mkdtemp(path.join(os.tmpdir(), 'check-'));
    const encoder = new ParquetEncoder({memoryLimitBytes: 1e8, tempFolder});
    return new TrialChecks(tempFolder, encoder);
  }

  run({
    warehouse,
    staging = countedStaging(),
    settings = {},
    http = {send: () => Promise.resolve({status: 303, json: undefined})},
  }: CheckedParts): Promise<string> {
    const {encoder, tempFolder} = this;
    const lake = engineAround(warehouse, settings);
    return checkWarehouse({
      engine: {...lake, encoder, tempFolder, committed: refuseFiles},
      http,
      openStaging: (volume, telling) => ({
        ...staging,
        prepare: async () => {
          await telling.run(createVolume(volume, 'Files.'));
        },
      }),
      nowMs: () => NOW,
      random: () => CHANCE,
    });
  }

  async close(): Promise<void> {
    await this.encoder.close();
    await rm(this.tempFolder, {recursive: true, force: true});
  }
}

/** The lake would remove them later, when their volume is gone. */
function refuseFiles(): never {
  throw new RangeError('A check told the lake of its files.');
}
