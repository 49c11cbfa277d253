import {writtenType} from './column-fit';
import type {Column, TableDefinition} from './table-definition';

/**
 * How the columns of a stored table are filled by a stream: in the order and with the
 * types of the table, with the members of the stream. A column the stream does not know
 * has no member and stays empty.
 */
export function fillingOf(
  stored: TableDefinition,
  wanted: TableDefinition,
): readonly Column[] {
  const byName = new Map(
    wanted.columns.map((column) => [column.name.toLowerCase(), column]),
  );
  return stored.columns.map(({name, type}): Column => {
    const column = byName.get(name.toLowerCase());
    const {holdsIntegers} = column ?? {};
    return {
      name,
      type: column === undefined ? type : writtenType(type, column.type, 'value'),
      member: column?.member,
      ...(holdsIntegers === undefined ? {} : {holdsIntegers}),
    };
  });
}
