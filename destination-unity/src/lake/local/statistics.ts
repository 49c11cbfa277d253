import type {ColumnStatistics, EncodedFile} from '../../parquet/encoded-file';
import {compareText} from '../../parquet/text-order';
import type {Column, ColumnType} from '../../table/table-definition';

/** Bounds of a file's columns as the log keeps them; true of every row, or absent. */
export interface FileStatistics {
  readonly numRecords?: number;
  readonly minValues?: Readonly<Record<string, unknown>>;
  readonly maxValues?: Readonly<Record<string, unknown>>;
  readonly nullCount?: Readonly<Record<string, unknown>>;
}

const INDEXED_COLUMNS = 32;
const TEXT_CHARACTERS = 32;
const HIGHEST_CHARACTER = '\u{10ffff}';
/** A double holds this many digits of a decimal; some readers parse bounds as doubles. */
const EXACT_DIGITS = 15;

/**
 * Statistics of a file as JSON text, for the table's first 32 columns and `always`.
 * Numbers are written digit by digit, as 64 bits do not fit into a JavaScript number.
 */
export function statisticsText(
  file: EncodedFile,
  columns: readonly Column[],
  always: readonly string[],
): string {
  const told = columns.flatMap((column, i) => {
    const known = file.columns.get(column.name);
    const indexed = i < INDEXED_COLUMNS || always.includes(column.name);
    return known !== undefined && indexed ? [{column, known}] : [];
  });
  const bounded = told.flatMap(({column, known}) => {
    const bounds = boundsText(column.type, known);
    return bounds === undefined ? [] : [{name: column.name, ...bounds}];
  });
  return members([
    ['numRecords', String(file.rows)],
    ['minValues', members(bounded.map(({name, min}) => [name, min]))],
    ['maxValues', members(bounded.map(({name, max}) => [name, max]))],
    [
      'nullCount',
      members(told.map(({column, known}) => [column.name, String(known.nullCount)])),
    ],
  ]);
}

function members(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

function boundsText(
  type: ColumnType,
  {min, max}: ColumnStatistics,
): {min: string; max: string} | undefined {
  if (min === undefined || max === undefined) return undefined;
  const [lower, upper] = [lowerBound(type, min), upperBound(type, max)];
  return lower === undefined || upper === undefined
    ? undefined
    : {min: lower, max: upper};
}

function lowerBound(type: ColumnType, text: string): string | undefined {
  if (type === 'string') {
    return JSON.stringify(Array.from(text).slice(0, TEXT_CHARACTERS).join(''));
  }
  if (isTimestamp(type)) return timestampBound(type, text, 0);
  return exactBound(type, text);
}

function upperBound(type: ColumnType, text: string): string | undefined {
  if (type === 'string') return upperText(text);
  if (isTimestamp(type)) return timestampBound(type, text, 1);
  return exactBound(type, text);
}

/** What was cut off is covered by the highest character there is, unless it begins so. */
function upperText(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= TEXT_CHARACTERS) return JSON.stringify(text);
  if (characters[TEXT_CHARACTERS] === HIGHEST_CHARACTER) return JSON.stringify(text);
  return JSON.stringify(
    characters.slice(0, TEXT_CHARACTERS).join('') + HIGHEST_CHARACTER,
  );
}

/** How the engine's text of a value becomes JSON; types without bounds are missing. */
const EXACT_BOUNDS: Partial<
  Readonly<Record<ColumnType, (text: string) => string | undefined>>
> = {
  bigint: (text) => (/^-?\d+$/.test(text) ? text : undefined),
  double: (text) =>
    Number.isFinite(Number(text)) ? JSON.stringify(Number(text)) : undefined,
  decimal: (text) =>
    text.replace(/\D/g, '').length <= EXACT_DIGITS ? text : undefined,
  date: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? JSON.stringify(text) : undefined),
};

function exactBound(type: ColumnType, text: string): string | undefined {
  return EXACT_BOUNDS[type]?.(text);
}

function isTimestamp(type: ColumnType): boolean {
  return type === 'timestamp' || type === 'timestamp_ntz';
}

const ENGINE_TIMESTAMP =
  /^(?<day>\d{4}-\d\d-\d\d) (?<time>\d\d:\d\d:\d\d)(?:\.(?<fraction>\d{1,6}))?(?:\+00)?$/;

/** Bounds have milliseconds: a lower one is cut, an upper one is rounded up. */
function timestampBound(
  type: ColumnType,
  text: string,
  roundUp: 0 | 1,
): string | undefined {
  const match = ENGINE_TIMESTAMP.exec(text)?.groups;
  if (match === undefined) return undefined;
  const micros = Number((match['fraction'] ?? '').padEnd(6, '0'));
  const millis = roundUp === 0 ? Math.floor(micros / 1000) : Math.ceil(micros / 1000);
  const second = Date.parse(`${match['day']}T${match['time']}Z`);
  const rounded = new Date(second + millis).toISOString();
  // Beyond the year 9999 the text begins with a sign: then the instant as it is.
  const bound = /^\d/.test(rounded)
    ? rounded
    : `${match['day']}T${match['time']}.${micros}Z`;
  return JSON.stringify(type === 'timestamp' ? bound : bound.slice(0, -1));
}

/** Reads statistics anyone may have written; undefined where they cannot be used. */
export function fileStatistics(text: string | undefined): FileStatistics | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as FileStatistics;
  } catch {
    return undefined;
  }
}

/** Whether the files may hold a row of the same key. Never false when they do. */
export function mayShareKey(
  a: FileStatistics | undefined,
  b: FileStatistics | undefined,
  key: readonly Column[],
): boolean {
  return key.every(
    ({name, type}) =>
      mayBothBeNull(a?.nullCount?.[name], b?.nullCount?.[name]) ||
      mayOverlap(bounds(a, name), bounds(b, name), type),
  );
}

function mayBothBeNull(a: unknown, b: unknown): boolean {
  return a !== 0 && b !== 0;
}

interface Bounds {
  readonly min: unknown;
  readonly max: unknown;
}

function bounds(statistics: FileStatistics | undefined, name: string): Bounds {
  return {min: statistics?.minValues?.[name], max: statistics?.maxValues?.[name]};
}

function mayOverlap(a: Bounds, b: Bounds, type: ColumnType): boolean {
  return !isBelow(a.max, b.min, type) && !isBelow(b.max, a.min, type);
}

/**
 * Whether an upper bound certainly lies below a lower bound. Numbers beyond 53 bits
 * were rounded when they were parsed, which may make two equal but never swaps them.
 */
function isBelow(upper: unknown, lower: unknown, type: ColumnType): boolean {
  if (typeof upper === 'number' && typeof lower === 'number') return upper < lower;
  if (typeof upper !== 'string' || typeof lower !== 'string') return false;
  if (!isTimestamp(type)) return compareText(upper, lower) < 0;
  // An upper bound of finer resolution lost up to a millisecond.
  return epochMs(upper, type) + 1 <= epochMs(lower, type);
}

function epochMs(text: string, type: ColumnType): number {
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (type === 'timestamp') return zoned ? Date.parse(text) : NaN;
  return Date.parse(zoned ? text : `${text}Z`);
}
