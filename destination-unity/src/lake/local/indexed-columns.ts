import type {Column, ColumnType} from '../../table/table-definition';
import type {MetaData} from './actions';

/** Delta's table property for the columns whose bounds the log keeps. */
const PROPERTY = 'delta.dataSkippingStatsColumns';

/** Types of which every value can be a bound. A double may be NaN, JSON is never asked for. */
const BOUNDED: ReadonlySet<ColumnType> = new Set([
  'bigint',
  'date',
  'timestamp',
  'timestamp_ntz',
]);

/** A name that every reader takes in a list without quotes. */
const PLAIN_NAME = /^\w+$/;

/**
 * The property for a table of ours. It names exactly the columns that have bounds in
 * every file which holds a value of them: some readers (delta-rs) take a column that is
 * indexed and has no bounds for one without values, and a filter on it finds no rows.
 */
export function indexProperty(
  columns: readonly Column[],
  key: readonly string[],
): MetaData['configuration'] {
  const names = columns
    .filter(
      ({name, type}) =>
        PLAIN_NAME.test(name) &&
        (BOUNDED.has(type) || (type === 'string' && key.includes(name))),
    )
    .map(({name}) => name);
  return {[PROPERTY]: names.join(',')};
}

/** Whether the table's index is ours to keep up to date. */
export function hasIndexProperty({configuration}: MetaData): boolean {
  return configuration[PROPERTY] !== undefined;
}

/** The columns of which the table wants bounds; undefined where it does not say. */
export function indexedColumns({
  configuration,
}: MetaData): ReadonlySet<string> | undefined {
  const names = configuration[PROPERTY];
  return names === undefined ? undefined : new Set(names.split(','));
}
