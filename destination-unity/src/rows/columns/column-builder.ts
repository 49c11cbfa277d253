import type {JsonObject} from 'airbyte-cdk-ts';

import type {Column} from '../../table/table-definition';
import type {ColumnData, ColumnValues} from '../column-batch';
import type {Misfit} from '../misfit';
import {RowPresence} from './row-presence';

/** A value of a record that is there: not absent, not null. */
export type Present = NonNullable<JsonObject[string]>;

/** Where a value of the record was written, if the caller still has the line. */
export interface ExactText {
  /** JSON text of the member exactly as sent. */
  of(member: string): string | undefined;
}

/** Counts what the buffers of all columns take. */
export interface ByteMeter {
  bytes: number;
}

export interface BuilderContext {
  readonly column: Column;
  /** Name of the member the column is filled from. */
  readonly member: string;
  readonly exact: ExactText;
  readonly meter: ByteMeter;
  /** For a timestamp of a key: takes the nanoseconds that the column itself cannot hold. */
  readonly nanos?: ColumnBuilder | undefined;
}

/** Little: a stream may have a thousand columns, and few rows in most of them. */
const FIRST_CAPACITY = 64;

/** A batch is about as long as the one before it. */
const HEADROOM = 1.05;

/**
 * Collects the values of one column row by row. A row that is not put is NULL. Buffers
 * appear with the first value and double when they are full.
 */
export abstract class ColumnBuilder {
  readonly member: string;
  readonly column: Column;
  protected readonly exact: ExactText;
  readonly #meter: ByteMeter;
  readonly #bytesPerRow: number;
  /** To be marked before a value is written; rows ascend, and none comes twice. */
  protected readonly present = new RowPresence((rows) => this.#grow(rows));
  /** Capacity to begin with. */
  #first = FIRST_CAPACITY;

  constructor({column, member, exact, meter}: BuilderContext, bytesPerRow: number) {
    this.column = column;
    this.member = member;
    this.exact = exact;
    this.#meter = meter;
    this.#bytesPerRow = bytesPerRow;
  }

  /** Stores the value, or the nearest one, or nothing; says so unless it is the value. */
  abstract put(row: number, value: Present): Misfit | undefined;

  /** Copies the value of a row, put or not yet told, to rows behind it up to `to`. */
  protected abstract copy(row: number, to: number): void;

  /** Copies what is collected into buffers of this many rows, new ones zeroed. */
  protected abstract resize(rows: number): void;

  /** Gives the buffers away and begins anew. */
  protected abstract takeValues(): ColumnValues;

  /** Whether no value was put since the last batch. */
  get isEmpty(): boolean {
    return this.present.capacity === 0;
  }

  /** Rows for which there is room. */
  get capacity(): number {
    return this.present.capacity;
  }

  /** Makes room for this many rows. */
  reserve(rows: number): void {
    if (rows > this.present.capacity) this.#grow(rows);
  }

  /** Gives the rows behind `row`, which was put, its value too, up to before `to`. */
  repeat(row: number, to: number): void {
    if (to === row + 1) return;
    this.reserve(to);
    this.copy(row, to);
    this.present.markRun(row + 1, to);
  }

  /** Says that rows have values, which were stored already. */
  markRun(from: number, to: number): void {
    this.present.markRun(from, to);
  }

  /** The first `rows` rows as a column; the builder is empty afterwards. */
  take(rows: number): ColumnData {
    if (this.present.capacity < rows) this.#grow(rows);
    this.#meter.bytes -= this.present.capacity * this.#bytesPerRow;
    const valid = this.present.take(rows);
    const values = this.takeValues();
    this.#first = capacityFor(rows);
    return {column: this.column, valid, values};
  }

  #grow(rows: number): void {
    const before = this.present.capacity;
    let capacity = Math.max(before, this.#first);
    while (capacity < rows) capacity *= 2;
    this.resize(capacity);
    this.present.enlarge(capacity);
    this.#meter.bytes += (capacity - before) * this.#bytesPerRow;
  }
}

/** Room to begin with after a batch of this many rows: it seldom has to grow. */
export function capacityFor(rows: number): number {
  return Math.max(1, Math.ceil((rows * HEADROOM) / FIRST_CAPACITY)) * FIRST_CAPACITY;
}
