import type {ColumnValues} from '../column-batch';
import {isNumberText, scaledInteger} from '../exact-number';
import {NO_FIT, ROUNDED, type Misfit} from '../misfit';
import {ColumnBuilder, type BuilderContext, type Present} from './column-builder';
import {enlarged} from './enlarged';
import {Int64Buffer} from './int64-buffer';

const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/**
 * Takes numbers, numbers as text, and the texts NaN, Infinity and -Infinity, which JSON
 * cannot say otherwise. A number with more digits than a double has becomes the nearest
 * double: that is what the type is. One beyond its range does not fit. Where the source
 * declares integers, one that a double cannot tell from its neighbours is told.
 */
export class DoubleBuilder extends ColumnBuilder {
  #values = new Float64Array(0);
  /** Beyond it, a value may be the one sent or its neighbour. */
  readonly mostExact: number;

  constructor(context: BuilderContext) {
    super(context, 8);
    const {holdsIntegers = false} = context.column;
    this.mostExact = holdsIntegers ? Number.MAX_SAFE_INTEGER : Infinity;
  }

  put(row: number, value: Present): Misfit | undefined {
    const number = typeof value === 'number' ? value : numberOfText(value);
    if (number === undefined || number - number !== 0) {
      if (typeof value !== 'string' || !NOT_FINITE.has(value)) return NO_FIT;
    }
    this.present.mark(row);
    this.#values[row] = number ?? NaN;
    return this.#isInexact(number) ? ROUNDED : undefined;
  }

  /** Stores without saying yet that there is a value; there is room. */
  store(row: number, value: number): void {
    this.#values[row] = value;
  }

  protected copy(row: number, to: number): void {
    this.#values.fill(this.#values[row] ?? 0, row + 1, to);
  }

  protected resize(rows: number): void {
    this.#values = enlarged(this.#values, rows);
  }

  protected takeValues(): ColumnValues {
    const values = this.#values;
    this.#values = new Float64Array(0);
    return {kind: 'double', values};
  }

  #isInexact(number = 0): boolean {
    return Math.abs(number) > this.mostExact;
  }
}

function numberOfText(value: Present): number | undefined {
  if (typeof value !== 'string') return undefined;
  return isNumberText(value) ? Number(value) : NOT_FINITE.get(value);
}

/**
 * Takes integers of 64 bits, also as text and also written as `5.0`. Beyond 2^53 the
 * parsed number cannot be trusted: the digits are read from the line, and without the
 * line the value does not fit rather than being stored as its neighbour.
 */
export class BigintBuilder extends ColumnBuilder {
  readonly #values = new Int64Buffer();

  constructor(context: BuilderContext) {
    super(context, 8);
  }

  put(row: number, value: Present): Misfit | undefined {
    if (typeof value === 'number' && Number.isSafeInteger(value)) {
      this.present.mark(row);
      this.#values.set(row, value);
      return undefined;
    }
    const text = exactText(value, this.exact.of(this.member));
    const integer = text === undefined ? undefined : scaledInteger(text, 0);
    if (!integer?.isExact || BigInt.asIntN(64, integer.unscaled) !== integer.unscaled) {
      return NO_FIT;
    }
    this.present.mark(row);
    this.#values.setBig(row, integer.unscaled);
    return undefined;
  }

  /**
   * Stores without saying yet that there is a value; there is room.
   * @param value A safe integer.
   */
  store(row: number, value: number): void {
    this.#values.set(row, value);
  }

  protected copy(row: number, to: number): void {
    this.#values.repeat(row, to);
  }

  protected resize(rows: number): void {
    this.#values.resize(rows);
  }

  protected takeValues(): ColumnValues {
    return {kind: 'bigint', values: this.#values.take()};
  }
}

const DECIMAL_SCALE = 9;
const DECIMAL_LIMIT = 10n ** 38n;

/**
 * Takes numbers, also as text, by their digits: no double is in between where the line is
 * known. More than 9 decimals are rounded, which is told; more than 29 digits before the
 * point do not fit.
 */
export class DecimalBuilder extends ColumnBuilder {
  readonly #values = new Int64Buffer();

  constructor(context: BuilderContext) {
    super(context, 16);
  }

  put(row: number, value: Present): Misfit | undefined {
    const sent = exactText(value, this.exact.of(this.member));
    const text = sent ?? (typeof value === 'number' ? String(value) : '');
    const decimal = scaledInteger(text, DECIMAL_SCALE);
    if (decimal === undefined || !isWithin(decimal.unscaled)) return NO_FIT;
    this.present.mark(row);
    this.#values.setBig(2 * row, decimal.unscaled);
    this.#values.setBig(2 * row + 1, decimal.unscaled >> 64n);
    return decimal.isExact ? undefined : ROUNDED;
  }

  protected copy(row: number, to: number): void {
    for (let copied = row + 1; copied < to; copied++)
      this.#values.copyPair(row, copied);
  }

  protected resize(rows: number): void {
    this.#values.resize(rows * 2);
  }

  protected takeValues(): ColumnValues {
    return {kind: 'decimal', values: this.#values.take()};
  }
}

/** Text of a number: its own if it came as a string, else as the line has it. */
function exactText(value: Present, sent: string | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? sent : undefined;
}

function isWithin(unscaled: bigint): boolean {
  return unscaled < DECIMAL_LIMIT && unscaled > -DECIMAL_LIMIT;
}
