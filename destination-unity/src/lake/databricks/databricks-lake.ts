import {mkdir, rm} from 'node:fs/promises';
import path from 'node:path';

import type {Log} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {TableDefinition} from '../../table/table-definition';
import type {Lake} from '../lake';
import {DatabricksTable} from './databricks-table';
import type {Engine} from './engine';
import {describeNewTable} from './governance';
import {LoadTimes} from './load-times';
import type {DatabricksSettings} from './settings';
import {widens} from './sql/sql-types';
import {openOrCreate} from './table-changes';
import type {StagingArea} from './volume/staging-area';
import type {Warehouse} from './warehouse';

export interface DatabricksLakeOptions {
  readonly settings: DatabricksSettings;
  readonly warehouse: Warehouse;
  readonly staging: StagingArea;
  readonly log: Log;
  /** Folder that this lake makes for its files and takes away when it is closed. */
  readonly tempFolder: string;
  /** A clock that never goes back. */
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** What the Parquet engine may hold in memory before it spills. */
  readonly memoryLimitBytes?: number;
}

const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;

/** Tables of Unity Catalog, written through a SQL warehouse. */
export class DatabricksLake implements Lake {
  readonly #engine: Engine;
  #committed: string[] = [];
  #prepared: Promise<void> | undefined;
  #removals: Promise<void> = Promise.resolve();

  constructor(private readonly options: DatabricksLakeOptions) {
    const {tempFolder, memoryLimitBytes = MEMORY_LIMIT_BYTES} = options;
    this.#engine = {
      ...options,
      encoder: new ParquetEncoder({memoryLimitBytes, tempFolder}),
      times: new LoadTimes(options.nowMs),
      committed: (paths) => this.#committed.push(...paths),
    };
  }

  check(): Promise<string> {
    return Promise.resolve('');
  }

  widens(...[from, to]: Parameters<typeof widens>): boolean {
    return widens(from, to);
  }

  async ensure(definition: TableDefinition): Promise<DatabricksTable> {
    this.#prepared ??= this.#prepare();
    await this.#prepared;
    const {stored, isNew} = await openOrCreate(definition, this.#engine);
    if (isNew) await describeNewTable(definition, this.#engine);
    return new DatabricksTable(stored, definition, this.#engine);
  }

  /** Staged files whose rows are known to be in their tables are of no more use. */
  statesOut(): void {
    const paths = this.#committed;
    if (paths.length === 0) return;
    this.#committed = [];
    const {staging} = this.options;
    this.#removals = this.#removals.then(() => staging.remove(paths));
  }

  async close(): Promise<void> {
    this.statesOut();
    await this.#removals;
    await this.#engine.encoder.close();
    await this.options.warehouse.close();
    await rm(this.options.tempFolder, {recursive: true, force: true});
    const {summary} = this.#engine.times;
    if (summary !== undefined) this.options.log.info(summary);
  }

  async #prepare(): Promise<void> {
    await mkdir(path.resolve(this.options.tempFolder), {recursive: true});
    await this.options.staging.prepare();
  }
}
