import {createHash} from 'node:crypto';

import {SystemError} from 'airbyte-cdk-ts';

import type {TableDefinition, TableName} from '../../table/table-definition';
import type {Engine} from './engine';
import {clusterBy} from './sql/alter-statements';
import {overwrite} from './sql/load-statements';
import {
  createTable,
  describeDetail,
  dropTable,
  showTables,
} from './sql/table-statements';
import {loadedColumns, readTable, type StoredTable} from './stored-table';
import {declarations} from './table-changes';

const LONGEST_NAME = 255;
const HASH_DIGITS = 8;

/** How the names of a table's successors begin. */
export function successorPrefix(table: string): string {
  const whole = `_airbyte_${table}_gen`;
  if (whole.length + String(Number.MAX_SAFE_INTEGER).length <= LONGEST_NAME)
    return whole;
  const hash = createHash('sha256').update(table).digest('hex').slice(0, HASH_DIGITS);
  return `_airbyte_${hash}_gen`;
}

/**
 * Opens the table that is to replace another one: the one an interrupted attempt of this
 * generation left, or a new one. Successors of other generations are dropped.
 */
export async function openSuccessor(
  definition: TableDefinition,
  generation: number,
  engine: Engine,
): Promise<StoredTable> {
  const {warehouse} = engine;
  const prefix = successorPrefix(definition.name.table);
  const name: TableName = {...definition.name, table: `${prefix}${generation}`};
  await dropOthers(name, prefix, engine);
  await warehouse.run(
    createTable({
      name,
      columns: declarations(definition, engine).map((column) => ({
        ...column,
        isRequired: false,
      })),
      clusterBy: [],
      comment:
        'Rows of a refresh that is under way; they replace a table when it ends.',
      properties: {},
    }),
  );
  const made = await readTable(warehouse, name);
  if (made !== undefined) return made;
  throw new SystemError('The table for a refresh was made but cannot be seen.', {
    details: {table: name.table, schema: name.schema},
  });
}

async function dropOthers(
  kept: TableName,
  prefix: string,
  {warehouse}: Engine,
): Promise<void> {
  const {catalog, schema} = kept;
  const rows = await warehouse.run(showTables(catalog, schema, prefix));
  for (const row of rows) {
    const table = String(row['tableName']);
    const isSuccessor =
      table.startsWith(prefix) && /^\d+$/.test(table.slice(prefix.length));
    if (isSuccessor && table !== kept.table) {
      await warehouse.run(dropTable({...kept, table}));
    }
  }
}

export interface Replacement {
  readonly stored: StoredTable;
  readonly successor: StoredTable;
}

/**
 * Puts the successor's rows in the place of the table's, which keeps its grants, its
 * history and its properties. Every step can be repeated after a crash; only the one
 * statement in the middle changes what readers see.
 *
 * @param load Runs a statement that brings rows.
 */
export async function takeOver(
  {stored, successor}: Replacement,
  {warehouse}: Engine,
  load: (sql: string) => Promise<void>,
): Promise<void> {
  const {name} = stored;
  const before = await clusteringOf(name, {warehouse});
  const columns = loadedColumns(stored, successor.columns);
  await load(overwrite(name, successor.name, columns));
  const after = await clusteringOf(name, {warehouse});
  // Open-source Delta forgets the clustering of a table that is overwritten.
  if (after.join('\0') !== before.join('\0')) {
    await warehouse.run(clusterBy(name, before));
  }
  await warehouse.run(dropTable(successor.name));
}

/** The columns by which a table's rows lie together now. */
async function clusteringOf(
  name: TableName,
  {warehouse}: Pick<Engine, 'warehouse'>,
): Promise<readonly string[]> {
  const [detail] = await warehouse.run(describeDetail(name));
  const told = detail?.['clusteringColumns'];
  const columns: unknown = typeof told === 'string' ? JSON.parse(told) : told;
  return Array.isArray(columns) ? columns.map(String) : [];
}
