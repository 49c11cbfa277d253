import {readType, storedAs} from './column-types';
import {quoted} from './sql-expression';
import type {SqlReader} from './sql-reader';

/** A column that a load reads from staged files. */
export interface SelectedColumn {
  readonly name: string;
  /** What it is computed by, for the engine. */
  readonly expression: string;
}

/** `CAST(`a` AS TYPE) AS `a`, ..`, with what JSON text needs to become a variant. */
export function readSelected(reader: SqlReader): readonly SelectedColumn[] {
  return reader.list(() => {
    const expression = reader.isNext('COALESCE')
      ? readVariant(reader)
      : readCast(reader);
    reader.expect('AS');
    return {name: reader.name(), expression};
  });
}

/** The select list for the engine. */
export function selectList(columns: readonly SelectedColumn[]): string {
  return columns
    .map(({name, expression}) => `${expression} AS ${quoted(name)}`)
    .join(', ');
}

function readCast(reader: SqlReader): string {
  reader.expect('CAST (');
  const column = quoted(reader.name());
  reader.expect('AS');
  const type = readType(reader);
  reader.expect(')');
  return `CAST(${column} AS ${storedAs(type)})`;
}

/** A variant is kept as its text. */
function readVariant(reader: SqlReader): string {
  reader.expect('COALESCE ( TRY_PARSE_JSON (');
  const column = quoted(reader.name());
  reader.expect(') ,');
  readCast(reader);
  reader.expect(')');
  return column;
}
