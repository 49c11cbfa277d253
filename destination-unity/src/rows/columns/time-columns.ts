import type {ColumnValues} from '../column-batch';
import {dayOf, InstantText} from '../instant-text';
import {NO_FIT, ROUNDED, type Misfit} from '../misfit';
import {ColumnBuilder, type BuilderContext, type Present} from './column-builder';
import {enlarged} from './enlarged';
import {Int64Buffer} from './int64-buffer';

/** A time behind a date that adds nothing to it. */
const MIDNIGHT = /^[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00(?::?00)?)?$/;

/** A moment: whole seconds since 1970 in UTC, and microseconds behind them. */
export interface Moment {
  readonly seconds: number;
  readonly micros: number;
}

/**
 * Takes ISO 8601 texts with or without a zone; both kinds of timestamp column hold the
 * moment in UTC. Numbers are no timestamps: nobody can tell their unit. In a key, what
 * stands behind the microsecond is kept beside it: two keys never become one.
 */
export class TimestampBuilder extends ColumnBuilder {
  readonly #values = new Int64Buffer();
  readonly #instant = new InstantText();
  readonly #nanos: ColumnBuilder | undefined;

  constructor(context: BuilderContext) {
    super(context, 8);
    this.#nanos = context.nanos;
  }

  put(row: number, value: Present): Misfit | undefined {
    if (typeof value !== 'string' || !this.#instant.read(value)) return NO_FIT;
    this.present.mark(row);
    this.#values.setMicros(row, this.#instant.seconds, this.#instant.micros);
    return this.#nanos === undefined ? undefined : this.#putNanos(row, this.#nanos);
  }

  /** Stores without saying yet that there is a value; there is room. */
  store(row: number, {seconds, micros}: Moment): void {
    this.#values.setMicros(row, seconds, micros);
  }

  protected copy(row: number, to: number): void {
    this.#values.repeat(row, to);
  }

  protected resize(rows: number): void {
    this.#values.resize(rows);
  }

  protected takeValues(): ColumnValues {
    return {kind: 'timestamp', values: this.#values.take()};
  }

  #putNanos(row: number, builder: ColumnBuilder): Misfit | undefined {
    const {nanos, isFiner} = this.#instant;
    if (nanos > 0) builder.put(row, nanos);
    return isFiner ? ROUNDED : undefined;
  }
}

/** Takes `YYYY-MM-DD`, years 0001 to 9999, also with a time of midnight in UTC behind it. */
export class DateBuilder extends ColumnBuilder {
  #values = new Int32Array(0);

  constructor(context: BuilderContext) {
    super(context, 4);
  }

  put(row: number, value: Present): Misfit | undefined {
    if (typeof value !== 'string') return NO_FIT;
    if (value.length !== 10 && !MIDNIGHT.test(value.slice(10))) return NO_FIT;
    const day = dayOf(value);
    if (Number.isNaN(day)) return NO_FIT;
    this.present.mark(row);
    this.#values[row] = day;
    return undefined;
  }

  protected copy(row: number, to: number): void {
    this.#values.fill(this.#values[row] ?? 0, row + 1, to);
  }

  protected resize(rows: number): void {
    this.#values = enlarged(this.#values, rows);
  }

  protected takeValues(): ColumnValues {
    const values = this.#values;
    this.#values = new Int32Array(0);
    return {kind: 'date', values};
  }
}
