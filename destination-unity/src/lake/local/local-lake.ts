import {randomUUID} from 'node:crypto';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

import {ConfigError, SystemError, type Log} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {TableDefinition, TableName} from '../../table/table-definition';
import type {Lake} from '../lake';
import type {Action} from './actions';
import {cleanTable, removeIfOld} from './cleaning';
import {DeltaTable} from './delta-table';
import {localDisk, type Disk} from './disk';
import {guardFeatures, protocolFor} from './features';
import {indexProperty} from './indexed-columns';
import {LocalTable} from './local-table';
import type * as Registering from './registration/open-registration';
import type {RegistrationSettings} from './registration/open-registration';
import {scratchDefinition, tryTable} from './self-check';
import type {Surroundings} from './surroundings';
import {originProperty} from './table-columns';
import {fieldOf, schemaString} from './table-schema';

export interface LocalLakeOptions {
  /** Folder of the lake; tables stand at `<path>/<catalog>/<schema>/<table>`. */
  readonly path: string;
  readonly log: Log;
  /** What the engine may hold in memory before it spills into the lake's folder. */
  readonly memoryLimitBytes?: number;
  /** A Unity Catalog server in which the tables are shown. */
  readonly register?: RegistrationSettings | undefined;
  readonly disk?: Disk;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;

/** Where the engine spills to; removed when the lake is closed. */
const TEMP_FOLDER = '_airbyte_tmp_';

/** Where `check` tries what a sync will do. */
const CHECK_CATALOG = '_airbyte_check_';

const CREATE_ATTEMPTS = 3;

/** Opens a folder as a lake of Delta tables. Nothing is touched before a table is. */
export function openLocalLake({
  path: root,
  log,
  memoryLimitBytes = MEMORY_LIMIT_BYTES,
  register,
  disk = localDisk,
  now = Date.now,
}: LocalLakeOptions): Lake {
  const folder = path.resolve(root);
  const tempFolder = path.join(folder, `${TEMP_FOLDER}${randomUUID()}`);
  const surroundings = {
    disk,
    log,
    now,
    encoder: new ParquetEncoder({memoryLimitBytes, tempFolder}),
    newId: randomUUID,
    random: Math.random,
    sleep: (ms: number): Promise<void> => sleep(ms),
  };
  const lake = new LocalLake(folder, tempFolder, surroundings);
  if (register === undefined) return lake;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- most lakes do without
  const registering = require('./registration/open-registration') as typeof Registering;
  return registering.registeringLake({lake, root: folder}, register, {
    ...surroundings,
    pace: {...surroundings, nowMs: now},
  });
}

/** Tables in a folder, working with the surroundings it is given. */
export class LocalLake implements Lake {
  constructor(
    private readonly folder: string,
    private readonly tempFolder: string,
    private readonly surroundings: Surroundings,
  ) {}

  async check(): Promise<string> {
    const {disk, newId} = this.surroundings;
    const catalog = `${CHECK_CATALOG}${newId()}`;
    const table = await this.ensure(scratchDefinition(catalog));
    try {
      await tryTable(table, this.surroundings);
    } finally {
      await disk.remove(path.join(this.folder, catalog));
    }
    return `Created, appended to, merged into, read and dropped a Delta table in ${this.folder}.`;
  }

  /** Columns keep their types: many readers refuse tables that have widened ones. */
  widens(): boolean {
    return false;
  }

  async ensure(definition: TableDefinition): Promise<LocalTable> {
    await this.removeLeftovers();
    const delta = await this.openOrCreate(definition);
    guardFeatures(delta.snapshot, delta.folder);
    await cleanTable(delta, this.surroundings);
    // What stands there speaks for itself: names are matched to members by evolution.
    const opened = {...definition, columns: []};
    return new LocalTable(delta, opened, this.surroundings);
  }

  async close(): Promise<void> {
    await this.surroundings.encoder.close();
    await this.surroundings.disk.remove(this.tempFolder);
  }

  /** Folders of runs that were killed; those of living ones are younger than a day. */
  private async removeLeftovers(): Promise<void> {
    for (const {name} of (await this.surroundings.disk.list(this.folder)) ?? []) {
      if (name.startsWith(TEMP_FOLDER) || name.startsWith(CHECK_CATALOG)) {
        await removeIfOld(path.join(this.folder, name), this.surroundings);
      }
    }
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

  private firstActions(definition: TableDefinition): Action[] {
    const {columns, key, origin, comment} = definition;
    return [
      {protocol: protocolFor(columns.map(({type}) => type))},
      {
        metaData: {
          id: this.surroundings.newId(),
          ...(comment === undefined ? {} : {description: comment}),
          format: {provider: 'parquet', options: {}},
          schemaString: schemaString(columns.map(fieldOf)),
          partitionColumns: [],
          configuration: {...indexProperty(columns, key), ...originProperty(origin)},
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
