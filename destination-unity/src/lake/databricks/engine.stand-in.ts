import type {Log} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {Column, TableDefinition} from '../../table/table-definition';
import type {Engine} from './engine';
import {LoadTimes} from './load-times';
import type {DatabricksSettings} from './settings';
import type {Warehouse} from './warehouse';

const SETTINGS: DatabricksSettings = {
  address: {
    host: 'localhost',
    port: 443,
    httpPath: '/sql/1.0/warehouses/x',
    authentication: {kind: 'token', token: 'none'},
  },
  catalog: 'main',
  schema: 'pi',
  staging: {volume: '_airbyte_staging', upload: 'sql_put'},
  clustering: {kind: 'auto'},
  jsonType: 'string',
  optimize: 'never',
};

/** What tables work with, around a warehouse; nothing is encoded or staged. */
export function engineAround(
  warehouse: Warehouse,
  settings: Partial<DatabricksSettings> = {},
): Engine & {readonly said: readonly string[]} {
  const said: string[] = [];
  const say = (message: string): void => void said.push(message);
  const log: Log = {error: say, warn: say, info: say, debug: () => undefined};
  const tempFolder = 'nowhere';
  return {
    settings: {...SETTINGS, ...settings},
    warehouse,
    staging: {
      prepare: () => Promise.resolve(),
      stage: (file) => Promise.resolve(file),
      remove: () => Promise.resolve(),
    },
    encoder: new ParquetEncoder({memoryLimitBytes: 1, tempFolder}),
    times: new LoadTimes(() => 0),
    log,
    tempFolder,
    newId: () => 'id',
    committed: () => undefined,
    said,
  };
}

/** A table with columns by name, keyed by some of them. */
export function tableOf(
  columns: readonly Column[],
  more: Partial<TableDefinition> = {},
): TableDefinition {
  return {
    name: {catalog: 'main', schema: 'pi', table: 'tags'},
    columns,
    key: [],
    cursor: undefined,
    ...more,
  };
}
