import {SystemError} from 'airbyte-cdk-ts';

import {isOwnName} from '../../table/airbyte-columns';
import {sameName} from '../../table/names';
import type {Column, TableDefinition} from '../../table/table-definition';
import type {Action, MetaData} from './actions';
import {protocolSteps} from './features';
import {hasIndexProperty, indexProperty} from './indexed-columns';
import type {Snapshot} from './snapshot';
import {
  columnOf,
  deltaType,
  evolvedFields,
  schemaFields,
  schemaString,
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
 * are filled from, and which texts hold JSON. Its origin is the table's own. Columns of
 * a table that was made for a stream bear their members' names unless they say otherwise.
 */
export function storedDefinition(
  snapshot: Snapshot,
  wanted: TableDefinition,
): TableDefinition {
  const {schemaString: schema, configuration, description} = snapshot.metaData;
  const origin = configuration[ORIGIN];
  const fields = schemaFields(schema).map((field) => ({
    name: field.name,
    column: columnOf(field),
  }));
  const columns = fields.flatMap(({column}) => {
    if (column === undefined) return [];
    const asked = wanted.columns.find(({name}) => sameName(name, column.name));
    const own = origin === undefined ? column : withMember(column);
    return asked === undefined ? own : known(own, asked);
  });
  const unwritable = fields.flatMap(({name, column}) =>
    column === undefined ? name : [],
  );
  return {...wanted, columns, unwritable, origin, comment: description};
}

function withMember(column: Column): Column {
  const {name, member} = column;
  return isOwnName(name) ? column : {...column, member: member ?? name};
}

function known(stored: Column, asked: Column): Column {
  const sameText = deltaType(stored.type) === deltaType(asked.type);
  return {
    ...stored,
    type: sameText ? asked.type : stored.type,
    member: asked.member,
  };
}

/**
 * The actions that give the table the columns it lacks, and the comments that differ; none
 * if there is nothing to do. A comment that the stream does not have stays.
 */
export function evolveTable(
  snapshot: Snapshot,
  wanted: TableDefinition,
): readonly Action[] {
  const {metaData, protocol} = snapshot;
  const {columns, comment = metaData.description, key} = wanted;
  const stored = schemaFields(metaData.schemaString);
  const fields = evolvedFields(stored, columns);
  const isSame = JSON.stringify(fields) === JSON.stringify(stored);
  if (isSame && comment === metaData.description) return [];
  const index =
    fields.length > stored.length && hasIndexProperty(metaData)
      ? indexProperty(
          fields.flatMap((field) => columnOf(field) ?? []),
          key,
        )
      : {};
  const evolved: MetaData = {
    ...metaData,
    ...(comment === undefined ? {} : {description: comment}),
    schemaString: schemaString(fields),
    configuration: {...metaData.configuration, ...index},
  };
  const types = fields.map(({type}) => type);
  return [...protocolSteps(protocol, types), {metaData: evolved}];
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
