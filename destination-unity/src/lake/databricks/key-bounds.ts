import type {ColumnStatistics, EncodedFile} from '../../parquet/encoded-file';
import type {ColumnType, TableDefinition} from '../../table/table-definition';
import type {KeyBound} from './sql/merge-statement';
import {literal} from './sql/quoting';

/** A year of four digits: others are written in ways that engines disagree on. */
const MOMENT = /^((?!0000)\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d(?:\.\d+)?))?(?:\+00)?$/;
/** Up to here every engine reads the digits as a number of 64 bits. */
const INTEGER = /^-?\d{1,18}$/;

/**
 * What the keys of a staged file lie between, of columns that files are usually ordered
 * by. Texts have no bounds here: those of a file are cut short.
 */
export function keyBounds(
  {columns: statistics}: EncodedFile,
  {columns, key}: TableDefinition,
): readonly KeyBound[] {
  return key.flatMap((name) => {
    const column = columns.find((stored) => stored.name === name);
    const known = statistics.get(name);
    if (column === undefined || known === undefined) return [];
    const bounds = boundsOf(column.type, known);
    const hasNulls = known.nullCount > 0;
    return bounds === undefined ? [] : [{column: name, ...bounds, hasNulls}];
  });
}

function boundsOf(
  type: ColumnType,
  {min, max}: ColumnStatistics,
): Pick<KeyBound, 'least' | 'greatest'> | undefined {
  if (min === undefined || max === undefined) return undefined;
  const [least, greatest] = [asSql(type, min), asSql(type, max)];
  return least === undefined || greatest === undefined ? undefined : {least, greatest};
}

function asSql(type: ColumnType, text: string): string | undefined {
  if (type === 'bigint') return INTEGER.test(text) ? text : undefined;
  const [, date, time = '00:00:00'] = MOMENT.exec(text) ?? [];
  return date === undefined ? undefined : MOMENTS[type]?.(date, time);
}

const MOMENTS: Partial<Record<ColumnType, (date: string, time: string) => string>> = {
  date: (date) => `DATE ${literal(date)}`,
  timestamp: (date, time) => `TIMESTAMP ${literal(`${date} ${time}+00:00`)}`,
  timestamp_ntz: (date, time) => `TIMESTAMP_NTZ ${literal(`${date} ${time}`)}`,
};
