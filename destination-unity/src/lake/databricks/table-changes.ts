import {ConfigError} from 'airbyte-cdk-ts';

import {sameName} from '../../table/names';
import type {Column, TableDefinition} from '../../table/table-definition';
import {clusteringColumns} from './clustering';
import {createUnlessThere} from './create-unless-there';
import type {Engine} from './engine';
import {forgetPrimaryKey} from './governance';
import {
  addColumns,
  changeType,
  commentColumn,
  setProperties,
} from './sql/alter-statements';
import {knownType, sqlType} from './sql/sql-types';
import {createSchema, createTable, describeSchema} from './sql/table-statements';
import type {ColumnDeclaration} from './sql/table-statements';
import {
  columnProperties,
  isKeyRequired,
  ownProperties,
  readTable,
  type StoredColumn,
  type StoredTable,
} from './stored-table';
import type {Refusal, Warehouse} from './warehouse';

/** Table features that a column's type asks for and older tables may lack. */
const FEATURES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TIMESTAMP_NTZ: {'delta.feature.timestampNtz': 'supported'},
  VARIANT: {'delta.feature.variantType': 'supported'},
};
const WIDENING = {'delta.enableTypeWidening': 'true'};

function featuresOf(sqlTypes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sqlTypes.flatMap((type) => Object.entries(FEATURES[type] ?? {})),
  );
}

/** Opens a table; makes it, and its schema, where there is none. */
export async function openOrCreate(
  definition: TableDefinition,
  engine: Engine,
): Promise<{readonly stored: StoredTable; readonly isNew: boolean}> {
  const {warehouse} = engine;
  const found = await readTable(warehouse, definition.name);
  if (found !== undefined) return {stored: found, isNew: false};
  const {catalog, schema, table} = definition.name;
  await ensureSchema(warehouse, catalog, schema);
  const isNew = await create(definition, engine);
  const made = await readTable(warehouse, definition.name);
  if (made !== undefined) return {stored: made, isNew};
  throw new ConfigError(
    `Table ${catalog}.${schema}.${table} was made but cannot be seen: the principal ` +
      `lacks USE CATALOG on ${catalog} or USE SCHEMA on ${catalog}.${schema}.`,
  );
}

/** False where another writer has made the table meanwhile. */
function create(definition: TableDefinition, engine: Engine): Promise<boolean> {
  const {warehouse, settings} = engine;
  const creation = createTable({
    name: definition.name,
    columns: declarations(definition, engine),
    clusterBy: clusteringColumns(definition, settings.clustering),
    comment: definition.comment,
    properties: ownProperties(definition),
  });
  return createUnlessThere(
    warehouse,
    creation,
    async () => (await readTable(warehouse, definition.name)) !== undefined,
  );
}

/** Makes a schema that is missing; one that is there needs no right to make schemas. */
export async function ensureSchema(
  warehouse: Warehouse,
  catalog: string,
  schema: string,
): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await warehouse.attempt(describeSchema(catalog, schema))).kind === 'done';
  if (await isThere()) return;
  await createUnlessThere(warehouse, createSchema(catalog, schema), isThere);
}

/** The columns of a table to be made. */
export function declarations(
  {columns, key}: TableDefinition,
  {settings: {jsonType}}: Engine,
): readonly ColumnDeclaration[] {
  const isRequired = isKeyRequired({columns, key});
  return columns.map((column) => ({
    ...declaration(column, key.includes(column.name) ? 'string' : jsonType),
    isRequired: isRequired && key.includes(column.name),
  }));
}

/** Only members get types that can be asked into: Airbyte's own columns are texts. */
function declaration(
  {name, type, comment, member}: Column,
  jsonType: 'string' | 'variant',
): ColumnDeclaration {
  const asked = member === undefined ? 'string' : jsonType;
  return {name, sqlType: sqlType(type, asked), comment};
}

/**
 * Brings a table up to what is wanted of it: columns it lacks, types that widen, comments
 * that differ. Every step can be repeated. Answers with the table as it stands then.
 */
export async function evolveTable(
  stored: StoredTable,
  wanted: TableDefinition,
  engine: Engine,
): Promise<StoredTable> {
  const changes = changesOf(stored, wanted);
  if (changes.isNothing) return stored;
  const {warehouse} = engine;
  await addMissing(stored, {...wanted, columns: changes.added}, engine);
  if (changes.added.some(({name}) => wanted.key.includes(name))) {
    await forgetPrimaryKey(stored.name, engine);
  }
  if (changes.widened.length > 0) {
    const types = changes.widened.map(({type}) => sqlType(type));
    const properties = {...WIDENING, ...featuresOf(types)};
    await warehouse.run(setProperties(stored.name, properties));
    for (const {name, type} of changes.widened) {
      await warehouse.run(changeType(stored.name, name, sqlType(type)));
    }
  }
  for (const {name, comment = ''} of changes.commented) {
    await warehouse.run(commentColumn(stored.name, name, comment));
  }
  return (await readTable(warehouse, stored.name)) ?? stored;
}

interface Changes {
  readonly added: readonly Column[];
  readonly widened: readonly Column[];
  readonly commented: readonly Column[];
  readonly isNothing: boolean;
}

function changesOf(stored: StoredTable, {columns}: TableDefinition): Changes {
  const pairs = columns.map((column) => ({
    column,
    present: stored.columns.find(({name}) => sameName(name, column.name)),
  }));
  const matching = (
    isMeant: (column: Column, present: StoredColumn) => boolean,
  ): readonly Column[] =>
    pairs.flatMap(({column, present}) =>
      present !== undefined && isMeant(column, present)
        ? [{...column, name: present.name}]
        : [],
    );
  const added = pairs.flatMap(({column, present}) =>
    present === undefined ? [column] : [],
  );
  const widened = matching(isWidened);
  const commented = matching(
    ({comment}, present) => comment !== undefined && comment !== present.comment,
  );
  const isNothing = added.length + widened.length + commented.length === 0;
  return {added, widened, commented, isNothing};
}

function isWidened({type}: Column, {sqlType: present}: StoredColumn): boolean {
  const known = knownType(present);
  if (known === undefined) return false;
  return known.isNarrow || sqlType(known.type) !== sqlType(type);
}

/** Another writer, or an earlier attempt, may have added some of them meanwhile. */
async function addMissing(
  stored: StoredTable,
  wanted: TableDefinition,
  engine: Engine,
): Promise<void> {
  if (wanted.columns.length === 0) return;
  const {warehouse} = engine;
  const columns = declarations({...wanted, key: []}, engine);
  const features = featuresOf(columns.map((column) => column.sqlType));
  const properties = {...features, ...columnProperties(wanted.columns)};
  if (Object.keys(properties).length > 0) {
    await warehouse.run(setProperties(stored.name, properties));
  }
  const outcome = await warehouse.attempt(addColumns(stored.name, columns));
  if (outcome.kind === 'done') return;
  const now = await readTable(warehouse, stored.name);
  const missing = wanted.columns.filter(
    ({name}) => now?.columns.every((column) => !sameName(column.name, name)) ?? true,
  );
  if (!isAlreadyThere(outcome.refusal) || missing.length === wanted.columns.length) {
    await warehouse.run(addColumns(stored.name, columns)); // rejects with the reason
    return;
  }
  await addMissing(now ?? stored, {...wanted, columns: missing}, engine);
}

function isAlreadyThere({errorClass, sqlState}: Refusal): boolean {
  return (
    errorClass === 'FIELD_ALREADY_EXISTS' ||
    errorClass === 'COLUMN_ALREADY_EXISTS' ||
    sqlState === '42710' ||
    sqlState === '42711'
  );
}
