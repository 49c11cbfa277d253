import {randomUUID} from 'node:crypto';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

import {ConfigError, SystemError, type Log} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {TableDefinition, TableName} from '../../table/table-definition';
import type {Lake, LakeTable} from '../lake';
import type {Action} from './actions';
import {DeltaTable} from './delta-table';
import {localDisk, type Disk} from './disk';
import {guardFeatures, protocolFor} from './features';
import {LocalTable} from './local-table';
import type {Surroundings} from './surroundings';
import {storedDefinition} from './table-columns';
import {fieldOf, schemaString} from './table-schema';

export interface LocalLakeOptions {
  /** Folder of the lake; tables stand at `<path>/<catalog>/<schema>/<table>`. */
  readonly path: string;
  readonly log: Log;
  /** What the engine may hold in memory before it spills into the lake's folder. */
  readonly memoryLimitBytes?: number;
  readonly disk?: Disk;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;

/** Where the engine spills to; removed when the lake is closed. */
const TEMP_FOLDER = '_airbyte_tmp';

const CREATE_ATTEMPTS = 3;

/** Opens a folder as a lake of Delta tables. Nothing is touched before a table is. */
export function openLocalLake({
  path: root,
  log,
  memoryLimitBytes = MEMORY_LIMIT_BYTES,
  disk = localDisk,
  now = Date.now,
}: LocalLakeOptions): Lake {
  const folder = path.resolve(root);
  const tempFolder = path.join(folder, TEMP_FOLDER, randomUUID());
  return new LocalLake(folder, tempFolder, {
    disk,
    log,
    now,
    encoder: new ParquetEncoder({memoryLimitBytes, tempFolder}),
    newId: randomUUID,
    random: Math.random,
    sleep: (ms) => sleep(ms),
  });
}

class LocalLake implements Lake {
  constructor(
    private readonly folder: string,
    private readonly tempFolder: string,
    private readonly surroundings: Surroundings,
  ) {}

  check(): Promise<string> {
    return Promise.reject(new SystemError('check is not there yet.'));
  }

  async ensure(definition: TableDefinition): Promise<LakeTable> {
    const delta = await this.openOrCreate(definition);
    guardFeatures(delta.snapshot, delta.folder);
    storedDefinition(delta.snapshot, definition);
    return new LocalTable(delta, definition, this.surroundings);
  }

  async close(): Promise<void> {
    await this.surroundings.encoder.close();
    await this.surroundings.disk.remove(this.tempFolder);
  }

  private async openOrCreate(definition: TableDefinition): Promise<DeltaTable> {
    const folder = tableFolder(this.folder, definition.name);
    for (let attempt = 0; attempt < CREATE_ATTEMPTS; attempt++) {
      const opened = await DeltaTable.open(folder, this.surroundings);
      if (opened !== undefined) return opened;
      await this.refuseForeign(folder);
      const actions = this.firstActions(definition);
      const created = await DeltaTable.create(folder, actions, this.surroundings);
      if (created !== undefined) return created;
    }
    throw new SystemError(
      `The Delta table at ${folder} can be neither made nor opened.`,
    );
  }

  /** A folder with files but without a log is somebody else's. */
  private async refuseForeign(folder: string): Promise<void> {
    const entries = (await this.surroundings.disk.list(folder)) ?? [];
    const foreign = entries.find(({name}) => name !== '_delta_log');
    if (foreign === undefined) return;
    throw new ConfigError(
      `${folder} is not a Delta table, yet it holds ${foreign.name}. ` +
        'Move what is there, or choose another path, schema or table name.',
    );
  }

  private firstActions({columns}: TableDefinition): Action[] {
    return [
      {protocol: protocolFor(columns.map(({type}) => type))},
      {
        metaData: {
          id: this.surroundings.newId(),
          format: {provider: 'parquet', options: {}},
          schemaString: schemaString(columns.map(fieldOf)),
          partitionColumns: [],
          configuration: {},
          createdTime: this.surroundings.now(),
        },
      },
    ];
  }
}

/** @throws ConfigError for a name that is no plain folder name. */
function tableFolder(lake: string, {catalog, schema, table}: TableName): string {
  for (const name of [catalog, schema, table]) {
    if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name)) {
      throw new ConfigError(
        `"${name}" cannot be the name of a catalog, schema or table.`,
      );
    }
  }
  return path.join(lake, catalog, schema, table);
}
