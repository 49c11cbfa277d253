import type {ColumnType, TableDefinition} from '../../table/table-definition';
import {EXTRACTED_AT} from '../../table/airbyte-columns';
import {sameName} from '../../table/names';
import type {Clustering} from './settings';

const MOST_COLUMNS = 4;
/** Of these, ranges say nothing, or nothing that a table keeps. */
const UNORDERED: ReadonlySet<ColumnType> = new Set(['boolean', 'json']);
const TIMES: ReadonlySet<ColumnType> = new Set(['date', 'timestamp', 'timestamp_ntz']);

/**
 * The columns by which a new table's rows lie together. By itself: its key up to the
 * first time in it, as what follows hardly tells rows apart; without a key the cursor, or
 * the time of extraction.
 */
export function clusteringColumns(
  definition: TableDefinition,
  clustering: Clustering,
): readonly string[] {
  if (clustering.kind === 'none') return [];
  if (clustering.kind === 'columns')
    return namedColumns(definition, clustering.columns);
  const {key, cursor, columns} = definition;
  const usable = key.filter((name) => {
    const column = columns.find((other) => other.name === name);
    return column !== undefined && !UNORDERED.has(column.type);
  });
  if (usable.length === 0) return [cursor ?? EXTRACTED_AT];
  const time = usable.findIndex((name) =>
    columns.some((column) => column.name === name && TIMES.has(column.type)),
  );
  return usable.slice(0, time === -1 ? MOST_COLUMNS : Math.min(time + 1, MOST_COLUMNS));
}

/** A list is meant for several tables: each takes what it has of it. */
function namedColumns(
  {columns}: TableDefinition,
  names: readonly string[],
): readonly string[] {
  return names
    .flatMap(
      (name) => columns.find((column) => sameName(column.name, name))?.name ?? [],
    )
    .slice(0, MOST_COLUMNS);
}
