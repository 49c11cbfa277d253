import type {ColumnBatch} from '../rows/column-batch';
import {
  inTurn,
  orderedColumn,
  type OrderedColumn,
  type RowCompare,
} from './row-compare';

/** The order of a file's rows, and which of them stay. */
export interface KeyOrder {
  readonly key: readonly string[];
  /** Given: only one row per key is kept, the greatest in these columns, or the later. */
  readonly keepGreatest?: readonly string[];
}

/**
 * The batch's rows in the order of its key; undefined where they already stand so.
 * Rows of one key keep their order. Texts are ordered as their UTF-8 bytes.
 */
export function batchOrder(
  batch: ColumnBatch,
  {key, keepGreatest}: KeyOrder,
): Uint32Array | undefined {
  const keys = columnsOf(batch, key);
  if (keys.length === 0) return undefined;
  const sameKey = inTurn(keys.map(({compare}) => compare));
  const sorted = sortedRows(batch.rows, keys, sameKey);
  if (keepGreatest === undefined) return sorted;
  const kept = greatestOfEach(sorted ?? upTo(batch.rows), {
    sameKey,
    standing: inTurn(columnsOf(batch, keepGreatest).map(({compare}) => compare)),
  });
  return kept.length === batch.rows ? sorted : kept;
}

function columnsOf(batch: ColumnBatch, names: readonly string[]): OrderedColumn[] {
  return names.flatMap((name) => {
    const data = batch.columns.find(({column}) => column.name === name);
    return data === undefined ? [] : [orderedColumn(data)];
  });
}

/**
 * Mixed arrivals are usually in order within each text of the first column (events of
 * many points in turn), so rows are counted into groups by that text, and only groups
 * that are not in order are sorted.
 */
function sortedRows(
  rows: number,
  [first, ...others]: readonly OrderedColumn[],
  compare: RowCompare,
): Uint32Array | undefined {
  if (isInOrder(rows, compare)) return undefined;
  if (first?.ranks === undefined) return sortSpan(upTo(rows), compare);
  const {order, ends} = grouped(first.ranks.subarray(0, rows));
  const within = inTurn(others.map((other) => other.compare));
  let from = 0;
  for (const end of ends) {
    const group = order.subarray(from, end);
    if (!isSorted(group, within)) sortSpan(group, within);
    from = end;
  }
  return order;
}

/** Sorts in place; rows that are equal keep their order. */
function sortSpan(order: Uint32Array, compare: RowCompare): Uint32Array {
  return order.sort((a, b) => compare(a, b) || a - b);
}

/** Whether rows stand in order as they came. */
function isInOrder(rows: number, compare: RowCompare): boolean {
  for (let row = 1; row < rows; row++) if (compare(row - 1, row) > 0) return false;
  return true;
}

function isSorted(order: Uint32Array, compare: RowCompare): boolean {
  // A batch is over before an iterator's calls are compiled away.
  for (let i = 1; i < order.length; i++) {
    if (compare(order[i - 1] ?? 0, order[i] ?? 0) > 0) return false;
  }
  return true;
}

interface Groups {
  readonly order: Uint32Array;
  /** Where in `order` the rows of each rank end. */
  readonly ends: Uint32Array;
}

/** Counting sort: rows of one rank keep their order. */
function grouped(ranks: Uint32Array): Groups {
  const ends = groupEnds(ranks);
  const starts = new Uint32Array(ends.length);
  starts.set(ends.subarray(0, -1), 1);
  const order = new Uint32Array(ranks.length);
  for (let row = 0; row < ranks.length; row++) {
    const rank = ranks[row] ?? 0;
    const place = starts[rank] ?? 0;
    order[place] = row;
    starts[rank] = place + 1;
  }
  return {order, ends};
}

function groupEnds(ranks: Uint32Array): Uint32Array {
  let highest = 0;
  for (const rank of ranks) if (rank > highest) highest = rank;
  const ends = new Uint32Array(highest + 1);
  for (const rank of ranks) ends[rank] = (ends[rank] ?? 0) + 1;
  let end = 0;
  for (let rank = 0; rank < ends.length; rank++) {
    end += ends[rank] ?? 0;
    ends[rank] = end;
  }
  return ends;
}

function upTo(rows: number): Uint32Array {
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return order;
}

interface Contest {
  readonly sameKey: RowCompare;
  readonly standing: RowCompare;
}

/** Rows of one key stand next to each other; ties go to the later one. */
function greatestOfEach(
  sorted: Uint32Array,
  {sameKey, standing}: Contest,
): Uint32Array {
  const kept = sorted.slice();
  let count = 0;
  for (const row of sorted) {
    const best = kept[count - 1];
    if (count === 0 || best === undefined || sameKey(best, row) !== 0)
      kept[count++] = row;
    else if (standing(best, row) <= 0) kept[count - 1] = row;
  }
  return kept.subarray(0, count);
}
