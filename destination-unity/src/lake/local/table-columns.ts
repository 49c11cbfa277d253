import {ConfigError, SystemError} from 'airbyte-cdk-ts';

import type {Column, TableDefinition} from '../../table/table-definition';
import type {Action} from './actions';
import {protocolSteps} from './features';
import {hasIndexProperty, indexProperty} from './indexed-columns';
import type {Snapshot} from './snapshot';
import {
  columnOf,
  deltaType,
  fieldOf,
  fieldsWith,
  sameName,
  schemaFields,
  schemaString,
  type SchemaField,
} from './table-schema';

/** Table property for the stream that a table was made for; never changed afterwards. */
const ORIGIN = 'airbyte.origin';

export function originProperty(
  origin: string | undefined,
): Readonly<Record<string, string>> {
  return origin === undefined ? {} : {[ORIGIN]: origin};
}

/** The columns that stand in the table and that we can write, in its order. */
export function storedColumns(snapshot: Snapshot): readonly Column[] {
  return schemaFields(snapshot.metaData.schemaString).flatMap(
    (field) => columnOf(field) ?? [],
  );
}

/**
 * The table as it stands, with what the stream knows of its columns: the members they
 * are filled from, and which texts hold JSON. Its origin is the table's own.
 * @throws ConfigError for a wanted column that stands there with a type we cannot write.
 */
export function storedDefinition(
  snapshot: Snapshot,
  wanted: TableDefinition,
): TableDefinition {
  const fields = schemaFields(snapshot.metaData.schemaString);
  const columns = fields.flatMap((field) => {
    const asked = wanted.columns.find(({name}) => sameName(name, field.name));
    const stored = columnOf(field);
    if (stored !== undefined)
      return [asked === undefined ? stored : known(stored, asked)];
    if (asked === undefined) return [];
    throw notWritable(field, wanted);
  });
  return {...wanted, columns, origin: snapshot.metaData.configuration[ORIGIN]};
}

function known(stored: Column, asked: Column): Column {
  const sameText = deltaType(stored.type) === deltaType(asked.type);
  return {
    name: stored.name,
    type: sameText ? asked.type : stored.type,
    member: asked.member,
  };
}

function notWritable(
  {name, type}: SchemaField,
  {name: table}: TableDefinition,
): ConfigError {
  return new ConfigError(
    `Column ${name} of table ${table.table} has the type ${JSON.stringify(type)}, which ` +
      'this connector cannot write. Choose another table name or rename the column.',
  );
}

/** The actions that add the columns the table lacks; none if it lacks none. */
export function addColumns(
  snapshot: Snapshot,
  wanted: TableDefinition,
): readonly Action[] {
  const {metaData, protocol} = snapshot;
  const stored = schemaFields(metaData.schemaString);
  const fields = fieldsWith(stored, wanted.columns.map(fieldOf));
  if (fields.length === stored.length) return [];
  const columns = fields.flatMap((field) => columnOf(field) ?? []);
  return [
    ...protocolSteps(
      protocol,
      fields.map(({type}) => type),
    ),
    {
      metaData: {
        ...metaData,
        schemaString: schemaString(fields),
        configuration: hasIndexProperty(metaData)
          ? {...metaData.configuration, ...indexProperty(columns, wanted.key)}
          : metaData.configuration,
      },
    },
  ];
}

/** The columns of a batch, without its rows. */
export interface BatchShape {
  readonly columns: readonly {readonly column: Column}[];
}

/**
 * Refuses a batch with a column that the table does not hold under this name and type.
 * Columns of the table that the batch lacks are no fault: they read as NULL.
 */
export function guardColumns(snapshot: Snapshot, {columns}: BatchShape): void {
  const stored = new Map(storedColumns(snapshot).map(({name, type}) => [name, type]));
  for (const {
    column: {name, type},
  } of columns) {
    const present = stored.get(name);
    if (present === undefined || deltaType(present) !== deltaType(type)) {
      throw new SystemError('A batch does not fit the columns of its table.', {
        details: {column: name, batch: type, table: present ?? 'no such column'},
      });
    }
  }
}
