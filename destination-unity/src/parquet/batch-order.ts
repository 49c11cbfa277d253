import type {ColumnBatch, ColumnData} from '../rows/column-batch';
import {compareText} from './text-order';
import {isValid} from './validity';

/** Of two rows with one key: which columns say who stays, the most important first. */
export interface KeyOrder {
  readonly key: readonly string[];
  /** Given: only one row per key is kept, the greatest in these columns, or the later. */
  readonly keepGreatest?: readonly string[];
}

/** Below 0: row `a` comes first. A row without a value comes before all others. */
type RowCompare = (a: number, b: number) => number;

/**
 * The batch's rows in the order of its key; undefined where they already stand so.
 * Rows of one key keep their order. Texts are ordered as their UTF-8 bytes.
 */
export function batchOrder(
  batch: ColumnBatch,
  {key, keepGreatest}: KeyOrder,
): Uint32Array | undefined {
  const keys = comparisons(batch, key);
  if (keys.length === 0) return undefined;
  const sorted = sortedRows(batch, keys);
  if (keepGreatest === undefined) return sorted;
  return greatestOfEach(sorted ?? upTo(batch.rows), {
    sameKey: inTurn(keys),
    standing: inTurn(comparisons(batch, keepGreatest)),
  });
}

function comparisons(batch: ColumnBatch, names: readonly string[]): RowCompare[] {
  return names.flatMap((name) => {
    const data = batch.columns.find(({column}) => column.name === name);
    return data === undefined ? [] : [rowCompare(data)];
  });
}

function inTurn(compares: readonly RowCompare[]): RowCompare {
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function sortedRows(
  {rows}: ColumnBatch,
  keys: readonly RowCompare[],
): Uint32Array | undefined {
  const compare = inTurn(keys);
  if (isSorted(rows, compare)) return undefined;
  return upTo(rows).sort((a, b) => compare(a, b) || a - b);
}

function isSorted(rows: number, compare: RowCompare): boolean {
  for (let row = 1; row < rows; row++) if (compare(row - 1, row) > 0) return false;
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
): Uint32Array | undefined {
  const kept = sorted.slice();
  let count = 0;
  for (const row of sorted) {
    const before = count === 0 ? undefined : kept[count - 1]!;
    if (before === undefined || sameKey(before, row) !== 0) kept[count++] = row;
    else if (standing(before, row) <= 0) kept[count - 1] = row;
  }
  return kept.subarray(0, count);
}

function rowCompare({valid, values}: ColumnData): RowCompare {
  const compare = valueCompare(values);
  if (valid === undefined) return compare;
  return (a, b) => {
    const left = isValid(valid, a);
    const right = isValid(valid, b);
    return left && right ? compare(a, b) : Number(left) - Number(right);
  };
}

function valueCompare(values: ColumnData['values']): RowCompare {
  switch (values.kind) {
    case 'raw_id':
      return (a, b) => a - b;
    case 'text': {
      const ranks = textRanks(values.dictionary);
      const {codes} = values;
      return (a, b) => ranks[codes[a]!]! - ranks[codes[b]!]!;
    }
    case 'double':
      return (a, b) => compareDoubles(values.values[a]!, values.values[b]!);
    case 'bigint':
    case 'timestamp':
      return wordCompare(values.values, 1);
    case 'decimal':
      return wordCompare(values.values, 2);
    case 'boolean':
    case 'date':
      return (a, b) => values.values[a]! - values.values[b]!;
  }
}

/** NaN is the greatest and equal to itself; both zeros are one. */
function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** Compares signed numbers of one or two 64-bit halves without making a BigInt. */
function wordCompare(values: BigInt64Array<ArrayBuffer>, halves: number): RowCompare {
  const {buffer, byteOffset, length} = values;
  const unsigned = new Uint32Array(buffer, byteOffset, length * 2);
  const signed = new Int32Array(buffer, byteOffset, length * 2);
  const width = halves * 2;
  return (a, b) => {
    let word = width - 1;
    const top = signed[a * width + word]! - signed[b * width + word]!;
    if (top !== 0) return top;
    while (--word >= 0) {
      const rest = unsigned[a * width + word]! - unsigned[b * width + word]!;
      if (rest !== 0) return rest;
    }
    return 0;
  };
}

/** Equal texts have one rank, texts that only differ in broken surrogates too. */
function textRanks(dictionary: readonly string[]): Uint32Array {
  const texts = dictionary.map(wellFormed);
  const sorted = [...new Set(texts)].sort(compareText);
  const rankOf = new Map(sorted.map((text, rank) => [text, rank]));
  return Uint32Array.from(texts, (text) => rankOf.get(text)!);
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The text as it is stored: UTF-8 has no half pairs. */
function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
