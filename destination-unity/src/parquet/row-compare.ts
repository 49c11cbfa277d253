import type {ColumnData, ColumnValues} from '../rows/column-batch';
import {compareText} from './text-order';
import {isValid} from './validity';

/** Below 0: row `a` comes before row `b`. */
export type RowCompare = (a: number, b: number) => number;

/** A column that rows are ordered by. */
export interface OrderedColumn {
  readonly compare: RowCompare;
  /** Each row's place in the order, where the column is of texts and has no gap. */
  readonly ranks: Uint32Array | undefined;
}

/** Orders rows by one column; a row without a value comes before all others. */
export function orderedColumn({valid, values}: ColumnData): OrderedColumn {
  if (values.kind === 'raw_id') return {compare: (a, b) => a - b, ranks: undefined};
  if (values.kind !== 'text') {
    return {compare: withGaps(valueCompare(values), valid), ranks: undefined};
  }
  const ranks = textRanks(values);
  const compare = withGaps(numberCompare(ranks), valid);
  return {compare, ranks: valid === undefined ? ranks : undefined};
}

function withGaps(compare: RowCompare, valid: ColumnData['valid']): RowCompare {
  if (valid === undefined) return compare;
  return (a, b) => {
    const left = isValid(valid, a);
    const right = isValid(valid, b);
    return left && right ? compare(a, b) : Number(left) - Number(right);
  };
}

/** Orders rows by several columns, the most important first. */
export function inTurn(compares: readonly RowCompare[]): RowCompare {
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function valueCompare(
  values: Exclude<ColumnValues, {kind: 'raw_id' | 'text'}>,
): RowCompare {
  switch (values.kind) {
    case 'double':
      return doubleCompare(values.values);
    case 'boolean':
    case 'date':
      return numberCompare(values.values);
    case 'bigint':
    case 'timestamp':
    case 'decimal':
      return wordCompare(values);
  }
}

function numberCompare(values: Uint32Array | Int32Array | Uint8Array): RowCompare {
  return (a, b) => (values[a] ?? 0) - (values[b] ?? 0);
}

/** NaN is the greatest and equal to itself; both zeros are one. */
function doubleCompare(values: Float64Array): RowCompare {
  return (a, b) => {
    const left = values[a] ?? 0;
    const right = values[b] ?? 0;
    if (left < right) return -1;
    if (left > right) return 1;
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  };
}

/** Compares signed numbers of several 32-bit words without making a BigInt of any. */
function wordCompare({
  kind,
  values,
}: Extract<ColumnValues, {kind: 'bigint' | 'timestamp' | 'decimal'}>): RowCompare {
  const words = kind === 'decimal' ? 4 : 2;
  const {buffer, byteOffset, length} = values;
  const unsigned = new Uint32Array(buffer, byteOffset, length * 2);
  const signed = new Int32Array(buffer, byteOffset, length * 2);
  return (a, b) => {
    let word = words - 1;
    const top = (signed[a * words + word] ?? 0) - (signed[b * words + word] ?? 0);
    if (top !== 0) return top;
    while (--word >= 0) {
      const rest =
        (unsigned[a * words + word] ?? 0) - (unsigned[b * words + word] ?? 0);
      if (rest !== 0) return rest;
    }
    return 0;
  };
}

/** Each row's place in the order of texts; 0 where the row has none. */
function textRanks({
  codes,
  dictionary,
}: Extract<ColumnValues, {kind: 'text'}>): Uint32Array {
  const texts = dictionary.map(wellFormed);
  const sorted = inOrder([...new Set(texts)]);
  const places = new Map(sorted.map((text, place) => [text, place]));
  const ranks = Uint32Array.from(texts, (text) => places.get(text) ?? 0);
  const ranked = new Uint32Array(codes.length);
  for (let row = 0; row < ranked.length; row++)
    ranked[row] = ranks[codes[row] ?? 0] ?? 0;
  return ranked;
}

/** Units from the surrogates on, whose order differs from that of their UTF-8 bytes. */
const HIGH_UNIT = /[\ud800-\uffff]/;

/** Sorts in place, as `compareText` compares; mostly as JavaScript itself does. */
function inOrder(texts: string[]): string[] {
  const isHigh = texts.some((text) => HIGH_UNIT.test(text));
  return isHigh ? texts.sort(compareText) : texts.sort();
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The text as it is stored: UTF-8 has no half pairs. */
function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
