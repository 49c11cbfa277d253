import type {Column} from '../table/table-definition';
import type {ColumnBatch, ColumnData} from './column-batch';
import {builderFor} from './columns/builder-for';
import type {CollectedRows} from './row-reader';

/** The rows in the order of a table; a column without data is NULL in every row. */
export function arranged(
  {rows, columns}: CollectedRows,
  order: readonly Column[],
): ColumnBatch {
  return {
    rows,
    columns: order.map((column) => {
      const data = columns.get(column.name.toLowerCase());
      return data === undefined ? emptyColumn(column, rows) : {...data, column};
    }),
  };
}

function emptyColumn(column: Column, rows: number): ColumnData {
  const exact = {of: () => undefined};
  return builderFor({column, member: '', exact, meter: {bytes: 0}}).take(rows);
}
