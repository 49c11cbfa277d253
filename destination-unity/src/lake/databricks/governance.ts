import type {TableDefinition, TableName} from '../../table/table-definition';
import type {Engine} from './engine';
import {
  addPrimaryKey,
  allowNulls,
  dropPrimaryKey,
  setTags,
} from './sql/alter-statements';
import type {Refusal} from './warehouse';

/** Unity Catalog takes no longer values of tags. */
const TAG_LENGTH = 256;

/**
 * Tells readers of a new table where it comes from and which columns are its key. What the
 * warehouse does not offer, or the principal may not do, is left out: it is no part of
 * the rows.
 */
export async function describeNewTable(
  definition: TableDefinition,
  engine: Engine,
): Promise<void> {
  const {name, key} = definition;
  await offer(setTags(name, tagsOf(definition)), engine);
  if (key.length > 0 && isKeyRequired(definition)) {
    await offer(addPrimaryKey(name, key), engine);
  }
}

/** Takes the constraint back that told readers of a key which has grown since. */
export async function forgetPrimaryKey(name: TableName, engine: Engine): Promise<void> {
  await offer(dropPrimaryKey(name), engine);
}

/** Whether a load was refused for a NULL in a column that was declared to have none. */
export function isNullRefused({errorClass, sqlState}: Refusal): boolean {
  return errorClass.startsWith('DELTA_NOT_NULL_CONSTRAINT') || sqlState === '23502';
}

/**
 * Takes back that the key has no NULLs, as a record has shown otherwise, and with it the
 * constraint that told readers so.
 */
export async function allowNullKeys(
  {name, key}: TableDefinition,
  engine: Engine,
): Promise<void> {
  engine.log.warn(
    `Table ${name.schema}.${name.table}: the source declares its key to have no NULLs, ` +
      'but sent one. The columns take NULLs from now on.',
  );
  await forgetPrimaryKey(name, engine);
  for (const column of key) await engine.warehouse.run(allowNulls(name, column));
}

/** The origin of a table is its stream's namespace and name as JSON. */
function tagsOf({origin}: TableDefinition): Readonly<Record<string, string>> {
  const [namespace, stream] = JSON.parse(origin ?? '[]') as readonly unknown[];
  const tags = {airbyte_namespace: namespace, airbyte_stream: stream};
  return Object.fromEntries(
    Object.entries(tags).flatMap(([tag, value]) =>
      typeof value === 'string' ? [[tag, value.slice(0, TAG_LENGTH)]] : [],
    ),
  );
}

function isKeyRequired({columns, key}: TableDefinition): boolean {
  return key.every((name) =>
    columns.some((column) => column.name === name && column.isRequired === true),
  );
}

async function offer(sql: string, {warehouse, log}: Engine): Promise<void> {
  const outcome = await warehouse.attempt(sql);
  if (outcome.kind === 'done') return;
  log.debug(`Left out, as the warehouse refuses it: ${outcome.refusal.message}`);
}
