import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import {literals} from '../../parquet/engine-sql';
import {batchFromRows} from '../../parquet/batch-from-rows';
import type {ColumnBatch} from '../../rows/column-batch';
import type {Column, TableDefinition} from '../../table/table-definition';
import {dataFilePath} from './data-file';
import type {LocalTable} from './local-table';
import type {Surroundings} from './surroundings';

const COLUMNS: readonly Column[] = [
  {name: '_airbyte_extracted_at', type: 'timestamp', member: undefined},
  {name: 'id', type: 'bigint', member: 'id'},
  {name: 'text', type: 'string', member: 'text'},
];

/** The catalog in which the scratch table stands, to be taken away as a whole. */
export function scratchDefinition(catalog: string): TableDefinition {
  return {
    name: {catalog, schema: 'check', table: 'scratch'},
    columns: COLUMNS,
    key: ['id'],
    cursor: undefined,
  };
}

/** Appends, merges and reads back, and leaves nothing behind. */
export async function tryTable(
  table: LocalTable,
  {encoder}: Surroundings,
): Promise<void> {
  await table.append(scratchBatch([1n, 2n], 'stored'));
  await table.merge(scratchBatch([2n, 3n], 'merged'));
  const {folder, snapshot} = table.delta;
  const files = [...snapshot.files.values()].map((file) => dataFilePath(folder, file));
  const [row] = await encoder.query(
    "SELECT string_agg(id || text, ',' ORDER BY id) FROM " +
      `read_parquet(${literals(files)})`,
  );
  if (row?.[0] !== '1stored,2merged,3merged') {
    throw new SystemError('A scratch table did not read back as it was written.', {
      details: {folder: path.dirname(folder)},
    });
  }
}

function scratchBatch(ids: readonly bigint[], text: string): ColumnBatch {
  return batchFromRows(
    COLUMNS,
    ids.map((id) => [0n, id, text]),
  );
}
