import {mkdir, rm} from 'node:fs/promises';
import path from 'node:path';

import type {Log} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {Http} from '../../http/http';
import type {TableDefinition} from '../../table/table-definition';
import type {Lake} from '../lake';
import {checkWarehouse} from './check/check-warehouse';
import type {OpenStaging} from './check/trial';
import type {ConnectionSurroundings} from './connection/surroundings';
import {DatabricksTable} from './databricks-table';
import type {Engine} from './engine';
import {describeNewTable} from './governance';
import {LoadTimes} from './load-times';
import type {DatabricksSettings} from './settings';
import {widens} from './sql/sql-types';
import {ensureSchema, openOrCreate} from './table-changes';
import type {Warehouse} from './warehouse';

export interface DatabricksLakeOptions {
  readonly settings: DatabricksSettings;
  readonly warehouse: Warehouse;
  readonly openStaging: OpenStaging;
  /** The workspace, without sign-in and with little patience. */
  readonly http: Http;
  readonly pace: Pick<ConnectionSurroundings, 'nowMs' | 'random'>;
  readonly log: Log;
  /** Folder that this lake makes for its files and takes away when it is closed. */
  readonly tempFolder: string;
  readonly newId: () => string;
  /** What the Parquet engine may hold in memory before it spills. */
  readonly memoryLimitBytes?: number;
}

/** Holds a row group of a default load several times over, and no more than that. */
const MEMORY_LIMIT_BYTES = 128 * 1024 * 1024;

/** Tables of Unity Catalog, written through a SQL warehouse. */
export class DatabricksLake implements Lake {
  readonly #engine: Engine;
  #committed: string[] = [];
  #prepared: Promise<void> | undefined;
  #removals: Promise<void> = Promise.resolve();

  constructor(private readonly options: DatabricksLakeOptions) {
    const {tempFolder, memoryLimitBytes = MEMORY_LIMIT_BYTES} = options;
    const {settings, warehouse, openStaging} = options;
    const {catalog, schema, staging} = settings;
    this.#engine = {
      ...options,
      staging: openStaging({catalog, schema, volume: staging.volume}, warehouse),
      encoder: new ParquetEncoder({memoryLimitBytes, tempFolder}),
      times: new LoadTimes(() => performance.now()),
      committed: (paths) => this.#committed.push(...paths),
    };
  }

  check(): Promise<string> {
    const {openStaging, http, pace} = this.options;
    return checkWarehouse({engine: this.#engine, openStaging, http, ...pace});
  }

  widens(...[from, to]: Parameters<typeof widens>): boolean {
    return widens(from, to);
  }

  async ensure(definition: TableDefinition): Promise<DatabricksTable> {
    this.#prepared ??= this.#prepare();
    await this.#prepared;
    const {stored, isNew} = await openOrCreate(definition, this.#engine);
    if (isNew) await describeNewTable(definition, this.#engine);
    // Until it is told otherwise, the table alone says which members its columns are of.
    return new DatabricksTable(stored, {...definition, columns: []}, this.#engine);
  }

  /** Staged files whose rows are known to be in their tables are of no more use. */
  statesOut(): void {
    const paths = this.#committed;
    if (paths.length === 0) return;
    this.#committed = [];
    const {staging} = this.#engine;
    this.#removals = this.#removals.then(() => staging.remove(paths));
  }

  async close(): Promise<void> {
    this.statesOut();
    await this.#removals;
    await this.#engine.encoder.close();
    await this.options.warehouse.close();
    this.options.http.close();
    await rm(this.options.tempFolder, {recursive: true, force: true});
    const {summary} = this.#engine.times;
    if (summary !== undefined) this.options.log.info(summary);
  }

  async #prepare(): Promise<void> {
    const {settings, tempFolder} = this.options;
    await mkdir(path.resolve(tempFolder), {recursive: true});
    await ensureSchema(this.options.warehouse, settings.catalog, settings.schema);
    await this.#engine.staging.prepare();
  }
}
