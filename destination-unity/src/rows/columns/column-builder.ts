import type {JsonObject} from 'airbyte-cdk-ts';

import type {Column} from '../../table/table-definition';
import type {ColumnData, ColumnValues, Validity} from '../column-batch';
import type {Misfit} from '../misfit';
import {release} from '../released';

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

const FIRST_CAPACITY = 1024;

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
  #capacity = 0;
  /** Capacity to begin with. */
  #first = FIRST_CAPACITY;
  /** Bits of rows behind the unbroken beginning; without bytes as long as there are none. */
  #presence = bitsFor(0);
  /** How many rows from the first on have a value without a gap. */
  #unbroken = 0;

  constructor({column, member, exact, meter}: BuilderContext, bytesPerRow: number) {
    this.column = column;
    this.member = member;
    this.exact = exact;
    this.#meter = meter;
    this.#bytesPerRow = bytesPerRow;
  }

  /** Stores the value, or the nearest one, or nothing; says so unless it is the value. */
  abstract put(row: number, value: Present): Misfit | undefined;

  /** Copies what is collected into buffers of this many rows, new ones zeroed. */
  protected abstract resize(rows: number): void;

  /** Gives the buffers away and begins anew. */
  protected abstract takeValues(): ColumnValues;

  /** Whether no value was put since the last batch. */
  get isEmpty(): boolean {
    return this.#capacity === 0;
  }

  /** The first `rows` rows as a column; the builder is empty afterwards. */
  take(rows: number): ColumnData {
    if (this.#capacity < rows) this.#grow(rows);
    const valid = this.#takeValidity(rows);
    const values = this.takeValues();
    this.#meter.bytes -= this.#capacity * this.#bytesPerRow;
    this.#capacity = 0;
    this.#first = capacityFor(rows);
    return {column: this.column, valid, values};
  }

  /** To be called before a value is written; rows ascend, and none comes twice. */
  protected markPresent(row: number): void {
    if (row >= this.#capacity) this.#grow(row + 1);
    if (row === this.#unbroken) {
      this.#unbroken++;
      return;
    }
    if (this.#presence.length === 0) this.#presence = bitsFor(this.#capacity);
    const byte = row >> 3;
    this.#presence[byte] = (this.#presence[byte] ?? 0) | (1 << (row & 7));
  }

  #takeValidity(rows: number): Validity {
    const unbroken = this.#unbroken;
    const bits = this.#presence.length > 0 ? this.#presence : bitsFor(this.#capacity);
    this.#unbroken = 0;
    this.#presence = bitsFor(0);
    if (unbroken === rows) return undefined;
    bits.fill(0xff, 0, unbroken >> 3);
    bits[unbroken >> 3] = (bits[unbroken >> 3] ?? 0) | ((1 << (unbroken & 7)) - 1);
    return bits;
  }

  #grow(rows: number): void {
    let capacity = Math.max(this.#capacity, this.#first);
    while (capacity < rows) capacity *= 2;
    if (this.#presence.length > 0)
      this.#presence = enlarged(this.#presence, capacity / 8);
    this.resize(capacity);
    this.#meter.bytes += (capacity - this.#capacity) * this.#bytesPerRow;
    this.#capacity = capacity;
  }
}

/** Room to begin with after a batch of this many rows: it seldom has to grow. */
export function capacityFor(rows: number): number {
  return Math.max(1, Math.ceil((rows * HEADROOM) / FIRST_CAPACITY)) * FIRST_CAPACITY;
}

function bitsFor(rows: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(rows / 8);
}

type Buffers =
  | Uint8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** A longer array of the same kind with the same beginning; the old one is given up. */
export function enlarged<Kind extends Buffers>(old: Kind, length: number): Kind {
  const make = old.constructor as new (length: number) => Kind;
  const larger = new make(length);
  larger.set(old);
  if (old.length > 0) release([old.buffer]);
  return larger;
}
