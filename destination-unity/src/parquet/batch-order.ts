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
 * many points in turn), mostly many rows of one text at a time. Such runs are counted into
 * groups by their text, and only groups that are not in order are sorted.
 */
function sortedRows(
  rows: number,
  [first, ...others]: readonly OrderedColumn[],
  compare: RowCompare,
): Uint32Array | undefined {
  if (first?.ranks === undefined) {
    return isInOrder(rows, compare) ? undefined : sortSpan(upTo(rows), compare);
  }
  const {ranks} = first;
  const within = inTurn(others.map((other) => other.compare));
  const runs = runsOf({ranks, rows, within});
  if (isAscending(ranks, runs)) return undefined;
  return joined(grouped(ranks, runs), runs, within);
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

interface RankedRows {
  readonly ranks: Uint32Array;
  readonly rows: number;
  /** Orders rows of one rank. */
  readonly within: RowCompare;
}

/** Where rows begin that are of one rank and in order; the number of rows is the last. */
function runsOf({ranks, rows, within}: RankedRows): Uint32Array {
  const runs = new Uint32Array(rows + 1);
  let count = 1;
  for (let row = 1; row < rows; row++) {
    if (ranks[row] !== ranks[row - 1] || within(row - 1, row) > 0) runs[count++] = row;
  }
  runs[count] = rows;
  return runs.subarray(0, count + 1);
}

/** Whether every run is of a higher rank than the one before it. */
function isAscending(ranks: Uint32Array, runs: Uint32Array): boolean {
  for (let run = 1; run < runs.length - 1; run++) {
    if (rankOf(ranks, runs, run) <= rankOf(ranks, runs, run - 1)) return false;
  }
  return true;
}

function rankOf(ranks: Uint32Array, runs: Uint32Array, run: number): number {
  return ranks[runs[run] ?? 0] ?? 0;
}

interface Groups {
  /** Numbers of runs. */
  readonly sorted: Uint32Array;
  /** By rank: where in `sorted` its runs end. */
  readonly ends: Uint32Array;
}

/** Counting sort of runs by their rank: those of one rank keep their order. */
function grouped(ranks: Uint32Array, runs: Uint32Array): Groups {
  const count = runs.length - 1;
  const ends = groupStarts(ranks, runs);
  const sorted = new Uint32Array(count);
  for (let run = 0; run < count; run++) {
    const rank = rankOf(ranks, runs, run);
    const place = ends[rank] ?? 0;
    sorted[place] = run;
    ends[rank] = place + 1;
  }
  return {sorted, ends};
}

/** By rank: how many runs there are of lower ranks. */
function groupStarts(ranks: Uint32Array, runs: Uint32Array): Uint32Array {
  const count = runs.length - 1;
  let highest = 0;
  for (let run = 0; run < count; run++) {
    highest = Math.max(highest, rankOf(ranks, runs, run));
  }
  const starts = new Uint32Array(highest + 2);
  for (let run = 0; run < count; run++) {
    const behind = rankOf(ranks, runs, run) + 1;
    starts[behind] = (starts[behind] ?? 0) + 1;
  }
  for (let rank = 1; rank < starts.length; rank++) {
    starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  }
  return starts.subarray(0, highest + 1);
}

/** The rows of all runs, those of a group sorted unless its runs are in order. */
function joined(
  {sorted, ends}: Groups,
  runs: Uint32Array,
  within: RowCompare,
): Uint32Array {
  const order = rowsOf(sorted, runs);
  let turn = 0;
  let from = 0;
  for (const end of ends) {
    const group = sorted.subarray(turn, end);
    const to = from + rowsIn(group, runs);
    if (!areInOrder(group, runs, within)) sortSpan(order.subarray(from, to), within);
    turn = end;
    from = to;
  }
  return order;
}

function rowsOf(group: Uint32Array, runs: Uint32Array): Uint32Array {
  const rows = new Uint32Array(rowsIn(group, runs));
  let place = 0;
  for (const run of group) {
    const end = runs[run + 1] ?? 0;
    for (let row = runs[run] ?? 0; row < end; row++) rows[place++] = row;
  }
  return rows;
}

function rowsIn(group: Uint32Array, runs: Uint32Array): number {
  let rows = 0;
  for (const run of group) rows += (runs[run + 1] ?? 0) - (runs[run] ?? 0);
  return rows;
}

/** Whether no run begins before the one in front of it ends. */
function areInOrder(
  group: Uint32Array,
  runs: Uint32Array,
  within: RowCompare,
): boolean {
  for (let turn = 1; turn < group.length; turn++) {
    const last = (runs[(group[turn - 1] ?? 0) + 1] ?? 0) - 1;
    if (within(last, runs[group[turn] ?? 0] ?? 0) > 0) return false;
  }
  return true;
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
