import {createHash} from 'node:crypto';

import {SystemError} from 'airbyte-cdk-ts';

import type {TableDefinition, TableName} from '../../table/table-definition';
import type {Engine} from './engine';
import {clusterBy, setProperties, unsetProperty} from './sql/alter-statements';
import {overwrite} from './sql/load-statements';
import {
  createTable,
  describeDetail,
  dropTable,
  showTables,
} from './sql/table-statements';
import {loadedColumns, readTable, type StoredTable} from './stored-table';
import {declarations} from './table-changes';
import type {Warehouse} from './warehouse';

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

/** What a table remembers of its successor until that is settled. */
interface SuccessorNote {
  readonly table: string;
  /** The columns by which the table's rows lay together when the refresh began. */
  readonly clustering: readonly string[];
}

/** Table property that holds the note. */
const NOTE = 'airbyte.successor';

function noteOf({properties}: StoredTable): SuccessorNote | undefined {
  const note = properties[NOTE];
  return note === undefined ? undefined : (JSON.parse(note) as SuccessorNote);
}

/** A table that is being refreshed, and what it is refreshed by. */
export interface Refresh {
  /** The table, with the note of its successor. */
  readonly stored: StoredTable;
  readonly successor: StoredTable;
}

/**
 * Opens the table that is to replace another one: the one an interrupted attempt of this
 * generation left, or a new one. Successors of other generations are dropped.
 */
export async function openSuccessor(
  stored: StoredTable,
  definition: TableDefinition,
  {generation, engine}: {readonly generation: number; readonly engine: Engine},
): Promise<Refresh> {
  const {warehouse} = engine;
  const prefix = successorPrefix(stored.name.table);
  const name: TableName = {...stored.name, table: `${prefix}${generation}`};
  await dropOthers(name, prefix, engine);
  const noted = await withNote(stored, name.table, engine);
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
  if (made !== undefined) return {stored: noted, successor: made};
  throw new SystemError('The table for a refresh was made but cannot be seen.', {
    details: {table: name.table, schema: name.schema},
  });
}

/** An older note knows the clustering that an interrupted attempt may have lost. */
async function withNote(
  stored: StoredTable,
  successor: string,
  {warehouse}: Engine,
): Promise<StoredTable> {
  const older = noteOf(stored);
  if (older?.table === successor) return stored;
  const clustering = older?.clustering ?? (await clusteringOf(stored.name, warehouse));
  const note = JSON.stringify({table: successor, clustering});
  await warehouse.run(setProperties(stored.name, {[NOTE]: note}));
  return {...stored, properties: {...stored.properties, [NOTE]: note}};
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

/**
 * Puts the successor's rows in the place of the table's, which keeps its grants, its
 * history and its properties. Every step can be repeated after a crash; only the one
 * statement in the middle changes what readers see.
 *
 * @param load Runs a statement that brings rows.
 */
export async function takeOver(
  {stored, successor}: Refresh,
  engine: Engine,
  load: (sql: string) => Promise<void>,
): Promise<StoredTable> {
  const columns = loadedColumns(stored, successor.columns);
  await load(overwrite(stored.name, successor.name, columns));
  return await settleSuccessor(stored, engine);
}

/**
 * Takes a successor away that has served, or never will, and gives the table its
 * clustering back: open-source Delta forgets it when a table is overwritten.
 */
export async function settleSuccessor(
  stored: StoredTable,
  {warehouse}: Engine,
): Promise<StoredTable> {
  const note = noteOf(stored);
  if (note === undefined) return stored;
  const {name} = stored;
  const clustering = await clusteringOf(name, warehouse);
  if (clustering.length === 0 && note.clustering.length > 0) {
    await warehouse.run(clusterBy(name, note.clustering));
  }
  await warehouse.run(dropTable({...name, table: note.table}));
  await warehouse.run(unsetProperty(name, NOTE));
  const properties = Object.entries(stored.properties).filter(([key]) => key !== NOTE);
  return {...stored, properties: Object.fromEntries(properties)};
}

/** The columns by which a table's rows lie together now. */
async function clusteringOf(
  name: TableName,
  warehouse: Warehouse,
): Promise<readonly string[]> {
  const [detail] = await warehouse.run(describeDetail(name));
  const told = detail?.['clusteringColumns'];
  const columns: unknown = typeof told === 'string' ? JSON.parse(told) : told;
  return Array.isArray(columns) ? columns.map(String) : [];
}
