import {nanosColumn} from './airbyte-columns';
import {nameColumns} from './names';
import type {Column, TableDefinition} from './table-definition';

/**
 * The wanted table in the names of the stored one: a member keeps the column it has, and
 * new columns stand at the end. A column of the same name whose member is not known is
 * taken to be the member's. The key includes the nanoseconds the table keeps of it.
 */
export function inStoredNames(
  wanted: TableDefinition,
  stored: TableDefinition,
): TableDefinition {
  const members = wanted.columns.flatMap(({member}) => member ?? []);
  const names = nameColumns(members, stored.columns);
  const rename = new Map(
    wanted.columns.map(({name, member}) => [
      name,
      member === undefined ? name : (names.get(member) ?? name),
    ]),
  );
  const renamed = (name: string): string => asStored(rename.get(name) ?? name, stored);
  return {
    ...wanted,
    name: stored.name,
    columns: wanted.columns.map((column) => ({...column, name: renamed(column.name)})),
    key: withNanos(wanted.key.map(renamed), stored),
    cursor: wanted.cursor === undefined ? undefined : renamed(wanted.cursor),
  };
}

/**
 * How the columns of a stored table are filled by a stream: in the order and with the
 * types of the table, with the members of the stream. A column the stream does not know
 * has no member and stays empty.
 */
export function fillingOf(
  stored: TableDefinition,
  wanted: TableDefinition,
): readonly Column[] {
  const byName = new Map(wanted.columns.map((column) => [lower(column.name), column]));
  return stored.columns.map(({name, type}) => {
    const column = byName.get(lower(name));
    return {
      name,
      type:
        column !== undefined && isText(type) && isText(column.type)
          ? column.type
          : type,
      member: column?.member,
    };
  });
}

/** The key, with what the table has behind the microseconds of its timestamps. */
function withNanos(key: readonly string[], stored: TableDefinition): readonly string[] {
  const names = new Set(stored.columns.map(({name}) => name));
  return key.flatMap((name) => {
    const nanos = nanosColumn(name).name;
    return names.has(nanos) ? [name, nanos] : [name];
  });
}

/** Both are stored as text; whether it is JSON is the stream's matter. */
function isText(type: Column['type']): boolean {
  return type === 'string' || type === 'json';
}

function asStored(name: string, stored: TableDefinition): string {
  const found = stored.columns.find((column) => lower(column.name) === lower(name));
  return found?.name ?? name;
}

function lower(name: string): string {
  return name.toLowerCase();
}
