import type {TableDefinition, TableName} from '../../table/table-definition';
import type {Engine} from './engine';
import {
  addPrimaryKey,
  allowNulls,
  dropPrimaryKey,
  setTags,
  unsetProperty,
} from './sql/alter-statements';
import {
  isKeyRequired,
  requiredKey,
  takingNullKeys,
  type StoredTable,
} from './stored-table';
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
  if (isKeyRequired(definition)) {
    await offer(addPrimaryKey(name, key), engine);
  }
}

/** Takes the constraint back that told readers of a key which has grown since. */
export async function forgetPrimaryKey(name: TableName, engine: Engine): Promise<void> {
  await offer(dropPrimaryKey(name), engine);
}

/**
 * Whether a load may have been refused for a NULL in a column that was declared to have
 * none. Of what fails inside a task the warehouse does not always tell the cause.
 */
export function isNullRefused({errorClass, sqlState}: Refusal): boolean {
  const isTold = errorClass.startsWith('DELTA_NOT_NULL_CONSTRAINT');
  return isTold || sqlState === '23502' || errorClass === 'TASK_WRITE_FAILED';
}

/**
 * Takes back that the key has no NULLs, as a record has shown otherwise, and with it the
 * constraint that told readers so. Answers with the table as it is then; nothing is done
 * to a table that takes them.
 */
export async function allowNullKeys(
  stored: StoredTable,
  engine: Engine,
): Promise<StoredTable> {
  const {name} = stored;
  const key = requiredKey(stored);
  if (key.length === 0) return stored;
  engine.log.warn(
    `Table ${name.schema}.${name.table}: the source declares its key to have no NULLs, ` +
      'but sent one. The columns take NULLs from now on.',
  );
  await forgetPrimaryKey(name, engine);
  for (const column of key) await engine.warehouse.run(allowNulls(name, column));
  const taking = takingNullKeys(stored);
  await engine.warehouse.run(unsetProperty(name, taking.property));
  return taking.stored;
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

async function offer(sql: string, {warehouse, log}: Engine): Promise<void> {
  const outcome = await warehouse.attempt(sql);
  if (outcome.kind === 'done') return;
  log.debug(`Left out, as the warehouse refuses it: ${outcome.refusal.message}`);
}
