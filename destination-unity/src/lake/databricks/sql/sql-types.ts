import type {ColumnType} from '../../../table/table-definition';

/** What columns of nested values are made as. */
export type JsonType = 'string' | 'variant';

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'STRING',
  json: 'STRING',
  boolean: 'BOOLEAN',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  decimal: 'DECIMAL(38,9)',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamp_ntz: 'TIMESTAMP_NTZ',
};

/** What a warehouse calls the types that it stores for us. */
const COLUMN_TYPES: ReadonlyMap<string, ColumnType> = new Map([
  ...Object.entries(SQL_TYPES)
    .filter(([type]) => type !== 'json')
    .map(([type, sql]) => [sql, type as ColumnType] as const),
  ['VARIANT', 'json'],
]);

/** Types of other makers' columns that widen to one of ours. */
const NARROW_TYPES: ReadonlyMap<string, ColumnType> = new Map([
  ['TINYINT', 'bigint'],
  ['SMALLINT', 'bigint'],
  ['INT', 'bigint'],
  ['FLOAT', 'double'],
]);

/** Digits before and behind the point that DECIMAL(38,9) has. */
const WHOLE_DIGITS = 29;
const DECIMALS = 9;

export function sqlType(type: ColumnType, jsonType: JsonType = 'string'): string {
  return type === 'json' && jsonType === 'variant' ? 'VARIANT' : SQL_TYPES[type];
}

/** A stored type as we know it. */
export interface KnownType {
  readonly type: ColumnType;
  /** The column must be widened before it takes every value of the type. */
  readonly isNarrow: boolean;
}

/** What a `data_type` of DESCRIBE TABLE is to us; undefined for what we never write. */
export function knownType(dataType: string): KnownType | undefined {
  const name = dataType.toUpperCase();
  const own = COLUMN_TYPES.get(name);
  if (own !== undefined) return {type: own, isNarrow: false};
  const wider = NARROW_TYPES.get(name) ?? widerDecimal(name);
  return wider === undefined ? undefined : {type: wider, isNarrow: true};
}

function widerDecimal(name: string): ColumnType | undefined {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(name) ?? [];
  if (precision === undefined || scale === undefined) return undefined;
  const fits =
    Number(precision) - Number(scale) <= WHOLE_DIGITS && Number(scale) <= DECIMALS;
  return fits ? 'decimal' : undefined;
}

/**
 * Whether a column's type changes by its description alone, the stored files staying as
 * they are (Delta's type widening).
 */
export function widens(from: ColumnType, to: ColumnType): boolean {
  const isWider =
    (from === 'bigint' && to === 'decimal') ||
    (from === 'date' && to === 'timestamp_ntz');
  return isWider;
}
