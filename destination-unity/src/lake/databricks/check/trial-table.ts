import {batchFromRows} from '../../../parquet/batch-from-rows';
import type {ColumnBatch} from '../../../rows/column-batch';
import {AIRBYTE_COLUMNS} from '../../../table/airbyte-columns';
import type {Column, TableDefinition, TableName} from '../../../table/table-definition';

const COLUMNS: readonly Column[] = [
  ...AIRBYTE_COLUMNS,
  {name: 'id', type: 'bigint', member: 'id'},
  {name: 'text', type: 'string', member: 'text'},
  {name: 'nested', type: 'json', member: 'nested'},
];

/** The table on which a check tries what a sync does. */
export function trialDefinition(name: TableName): TableDefinition {
  return {
    name,
    columns: COLUMNS,
    key: ['id'],
    cursor: undefined,
    comment: 'Made by a check of the connection; can be dropped.',
  };
}

/** Rows to be appended: 1 and 2. */
export function firstRows(): ColumnBatch {
  return rows([1n, 2n], 'stored', 0n);
}

/** Rows to be merged afterwards: 2 anew, and 3. */
export function laterRows(): ColumnBatch {
  return rows([2n, 3n], 'merged', 1n);
}

/** What reading back gives when appending and merging did what they should. */
export const EXPECTED_ROWS = '1 stored, 2 merged, 3 merged';

function rows(ids: readonly bigint[], text: string, extracted: bigint): ColumnBatch {
  return batchFromRows(
    COLUMNS,
    ids.map((id) => [`${text} ${id}`, extracted, '{}', 0n, id, text, '{"a":1}']),
  );
}
