import type {ColumnType} from './table-definition';

/** What a member is to the rows of a table that are merged. */
export type Role = 'key' | 'cursor' | 'value';

/** Types whose every value another type holds, in the same order. */
const WIDER: ReadonlyMap<ColumnType, readonly ColumnType[]> = new Map([
  ['bigint', ['decimal', 'double']],
  ['date', ['timestamp_ntz']],
]);

/** Texts of both kinds are stored alike; which kind they are is how they are written. */
function isText(type: ColumnType): boolean {
  return type === 'string' || type === 'json';
}

/** Whether values keep their order in a column of the stored type. */
export function keepsOrder(stored: ColumnType, wanted: ColumnType): boolean {
  return stored === wanted || (WIDER.get(wanted)?.includes(stored) ?? false);
}

/**
 * Whether a column takes the values of a member without being changed. Text takes
 * everything. Values of a cursor must keep their order, and those of a key must be
 * written as before: `a` and `"a"` would be two keys.
 */
export function isHeld(stored: ColumnType, wanted: ColumnType, role: Role): boolean {
  if (keepsOrder(stored, wanted)) return true;
  if (!isText(stored) || role === 'cursor') return false;
  return role !== 'key' || stored === 'json' || wanted !== 'json';
}

/**
 * The type by which the values of a member are written into a column that takes them. Of
 * texts the stream says whether they are JSON; those of a key stay as they were.
 */
export function writtenType(
  stored: ColumnType,
  wanted: ColumnType,
  role: Role,
): ColumnType {
  return role !== 'key' && isText(stored) && isText(wanted) ? wanted : stored;
}

/** The column among those of one member that suits the type best: less is better. */
export function distance(stored: ColumnType, wanted: ColumnType): number {
  if (stored === wanted) return 0;
  if (isText(stored)) return isText(wanted) ? 1 : 4;
  return stored === 'double' ? 3 : 2;
}
