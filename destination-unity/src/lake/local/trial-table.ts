import path from 'node:path';

import {SystemError, type Log} from 'airbyte-cdk-ts';

import {batchFromRows, type RowValue} from '../../parquet/batch-from-rows';
import {literals} from '../../parquet/engine-sql';
import type {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {ColumnBatch} from '../../rows/column-batch';
import type {Column, TableDefinition} from '../../table/table-definition';
import type {LakeTable} from '../lake';
import {dataFilePath} from './data-file';
import {localDisk, type Disk} from './disk';
import {LocalLake} from './local-lake';
import {LocalTable} from './local-table';

/** A row of the table on which this room's tests try things out; key: (tag, text). */
export type TrialRow = readonly [
  tag: number | null,
  text: string | null,
  cursor: bigint | null,
  extracted: bigint,
];

const COLUMNS: readonly Column[] = [
  {name: '_airbyte_extracted_at', type: 'timestamp', member: undefined},
  {name: '_airbyte_generation_id', type: 'bigint', member: undefined},
  {name: 'tag', type: 'double', member: 'tag'},
  {name: 'text', type: 'string', member: 'text'},
  {name: 'cursor', type: 'bigint', member: 'cursor'},
];

export function trialDefinition(table: string): TableDefinition {
  return {
    name: {catalog: 'main', schema: 'pi', table},
    columns: COLUMNS,
    key: ['tag', 'text'],
    cursor: 'cursor',
  };
}

export function trialFolder(lake: string, table: string): string {
  return path.join(lake, 'main', 'pi', table);
}

export function trialBatch(rows: readonly TrialRow[], generation = 7n): ColumnBatch {
  return batchFromRows(
    COLUMNS,
    rows.map(([tag, text, cursor, extracted]): RowValue[] => [
      extracted,
      generation,
      tag,
      text,
      cursor,
    ]),
  );
}

/** A row as `trialRows` words it. */
export function trialText(row: TrialRow): string {
  return JSON.stringify(row.map((value) => (value === null ? null : String(value))));
}

/** The rows that readers of the newest version see, as texts in order. */
export async function trialRows(
  table: LakeTable,
  reader: ParquetEncoder,
  columns: readonly string[] = [
    'tag::BIGINT::VARCHAR',
    'text',
    'cursor::VARCHAR',
    'epoch_us(_airbyte_extracted_at)::VARCHAR',
  ],
): Promise<string[]> {
  const {folder, snapshot} = localTable(table).delta;
  const files = [...snapshot.files.values()].map((file) => dataFilePath(folder, file));
  if (files.length === 0) return [];
  const rows = await reader.query(
    `SELECT ${columns.join(', ')} FROM read_parquet(${literals(files)}, union_by_name = true)`,
  );
  return rows.map((found) => JSON.stringify(found)).sort();
}

export function localTable(table: LakeTable): LocalTable {
  if (table instanceof LocalTable) return table;
  throw new SystemError('This is no table of a local lake.');
}

export interface TrialLakeOptions {
  readonly folder: string;
  /** Shared, and closed by its owner. */
  readonly encoder: ParquetEncoder;
  readonly disk?: Disk;
  readonly now?: () => number;
  readonly log?: Log;
}

/** A lake that needs no closing, as it owns nothing. */
export function trialLake({
  folder,
  encoder,
  disk = localDisk,
  now = () => 1_700_000_000_000,
  log = collectingLog([]),
}: TrialLakeOptions): LocalLake {
  return new LocalLake(folder, path.join(folder, '_airbyte_tmp_trial'), {
    disk,
    encoder,
    log,
    now,
    newId: () => crypto.randomUUID(),
    random: () => 0.5,
    sleep: () => Promise.resolve(),
  });
}

export function collectingLog(messages: string[]): Log {
  const collect = (message: string): void => void messages.push(message);
  return {error: collect, warn: collect, info: collect, debug: collect};
}
