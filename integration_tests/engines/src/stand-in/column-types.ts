import {unsupported} from './refusals';
import type {SqlReader} from './sql-reader';

/** How the engine behind the stand-in stores what a warehouse calls so. */
const STORED_AS: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  date: 'DATE',
  timestamp: 'TIMESTAMPTZ',
  timestamp_ntz: 'TIMESTAMP',
  /** As its JSON text: nothing asks into it here. */
  variant: 'VARCHAR',
};

const WIDENINGS: ReadonlySet<string> = new Set([
  'int bigint',
  'bigint decimal(38,9)',
  'int decimal(38,9)',
  'date timestamp_ntz',
]);

/** A type as statements write it, in the lower case in which a table is described. */
export function readType(reader: SqlReader): string {
  const name = reader.word().toLowerCase();
  if (name !== 'decimal') {
    if (Object.hasOwn(STORED_AS, name)) return name;
    throw unsupported(`the type ${name}`);
  }
  reader.expect('(');
  const precision = reader.number();
  reader.expect(',');
  const scale = reader.number();
  reader.expect(')');
  return `decimal(${precision},${scale})`;
}

/** The type of the engine that holds every value of the type. */
export function storedAs(type: string): string {
  return STORED_AS[type] ?? type.toUpperCase();
}

/** Whether Delta changes the type without rewriting files. */
export function isWidening(from: string, to: string): boolean {
  return WIDENINGS.has(`${from} ${to}`);
}
