import type {AirbyteValues} from '../airbyte-values';
import type {BooleanBuilder} from '../columns/boolean-column';
import type {ColumnBuilder} from '../columns/column-builder';
import type {BigintBuilder, DoubleBuilder} from '../columns/number-columns';
import type {TextBuilder} from '../columns/text-columns';
import type {TimestampBuilder} from '../columns/time-columns';
import type {Field, FieldColumn, FieldValue} from './field';
import {InstantScan} from './instant-scan';
import {KnownTexts} from './known-texts';
import type {LineBytes} from './line-bytes';
import {NumberScan} from './number-scan';
import {endOfText, textOf} from './text-scan';

const NONE = -1;

/** What fields have in common that fill a column through its builder. */
abstract class BuilderField<Builder extends ColumnBuilder> implements Field {
  readonly isAlwaysRead: boolean = false;
  readonly isQuoted: boolean = false;

  constructor(
    protected readonly line: LineBytes,
    readonly column: Builder,
  ) {}

  abstract end(at: number): number;
  abstract read(at: number, row: number): number;
  abstract undo(row: number): void;
  abstract valueOf(from: number, to: number): FieldValue | undefined;

  fill(value: FieldValue, from: number, to: number): void {
    this.column.put(from, value);
    this.column.repeat(from, to);
  }
}

/** Numbers of a `double` column. */
export class DoubleField extends BuilderField<DoubleBuilder> {
  override readonly isAlwaysRead = true;
  readonly #number = new NumberScan(this.line);
  readonly #most = this.column.mostExact;

  end(at: number): number {
    const end = this.#number.read(at);
    return Math.abs(this.#number.value) > this.#most ? NONE : end;
  }

  read(at: number, row: number): number {
    const end = this.end(at);
    if (end !== NONE) this.column.store(row, this.#number.value);
    return end;
  }

  undo(row: number): void {
    this.column.store(row, 0);
  }

  valueOf(from: number): number {
    this.#number.read(from);
    return this.#number.value;
  }
}

/** Integers of a `bigint` column, as far as a double has them. */
export class BigintField extends BuilderField<BigintBuilder> {
  readonly #number = new NumberScan(this.line);

  end(at: number): number {
    const end = this.#number.read(at);
    const {decimals, value} = this.#number;
    return decimals > 0 || !Number.isSafeInteger(value) ? NONE : end;
  }

  read(at: number, row: number): number {
    const end = this.end(at);
    if (end !== NONE) this.column.store(row, this.#number.value);
    return end;
  }

  undo(row: number): void {
    this.column.store(row, 0);
  }

  valueOf(from: number): number {
    this.#number.read(from);
    return this.#number.value;
  }
}

const LOWER_T = 116;
const TRUE = [116, 114, 117, 101];
const FALSE = [102, 97, 108, 115, 101];

/** `true` and `false` of a `boolean` column. */
export class BooleanField extends BuilderField<BooleanBuilder> {
  end(at: number): number {
    const {bytes} = this.line;
    const literal = bytes[at] === LOWER_T ? TRUE : FALSE;
    for (let i = 0; i < literal.length; i++) {
      if (bytes[at + i] !== literal[i]) return NONE;
    }
    return at + literal.length;
  }

  read(at: number, row: number): number {
    const end = this.end(at);
    if (end !== NONE) this.column.store(row, this.valueOf(at));
    return end;
  }

  undo(row: number): void {
    this.column.store(row, false);
  }

  valueOf(from: number): boolean {
    return this.line.bytes[from] === LOWER_T;
  }
}

/** Texts of a `string` or `json` column, without escapes. */
export class TextField extends BuilderField<TextBuilder> {
  override readonly isQuoted = true;
  readonly #known = new KnownTexts(this.line);

  end(at: number): number {
    return endOfText(this.line, at);
  }

  prepare(from: number, to: number): void {
    if (this.#known.find(from) === to) return;
    const text = textOf(this.line, from, to) ?? '';
    this.#known.add(from, to, this.column.codeOf(text));
  }

  read(at: number, row: number): number {
    const end = this.#known.find(at);
    if (end !== NONE) this.column.store(row, this.#known.code);
    return end;
  }

  undo(row: number): void {
    this.column.store(row, 0);
  }

  valueOf(from: number, to: number): string | undefined {
    return textOf(this.line, from, to);
  }

  /** The dictionary was given away. */
  clear(): void {
    this.#known.clear();
  }
}

/** Times of a timestamp column; those of a key have nanoseconds in a column beside. */
export class TimeField extends BuilderField<TimestampBuilder> {
  override readonly isAlwaysRead = true;
  override readonly isQuoted = true;
  readonly #instant = new InstantScan(this.line);

  constructor(
    line: LineBytes,
    column: TimestampBuilder,
    private readonly nanos: ColumnBuilder | undefined,
  ) {
    super(line, column);
  }

  end(at: number): number {
    return this.#instant.read(at);
  }

  read(at: number, row: number): number {
    const end = this.#instant.read(at);
    if (end !== NONE) this.column.store(row, this.#instant);
    return end;
  }

  /** Whether there is anything to do in `seal`. */
  get isSealed(): boolean {
    return this.nanos !== undefined;
  }

  /** The row read last has come to stay. */
  seal(row: number): void {
    const {nanos} = this.#instant;
    if (nanos > 0) this.nanos?.put(row, nanos);
  }

  undo(row: number): void {
    this.column.store(row, {seconds: 0, micros: 0});
  }

  valueOf(from: number, to: number): string | undefined {
    return textOf(this.line, from, to);
  }
}

/** Between them, a time is in milliseconds: years 1973 to 9999. */
const LEAST_MS = 1e11;
const MOST_MS = 253_402_300_799_999;

/** The time of emission, which every record has. */
export class EmittedField implements Field {
  readonly isAlwaysRead = false;
  readonly isQuoted = false;
  readonly column: FieldColumn;
  readonly #number: NumberScan;

  constructor(
    line: LineBytes,
    private readonly airbyte: AirbyteValues,
  ) {
    this.#number = new NumberScan(line);
    this.column = {
      get capacity() {
        return airbyte.capacity;
      },
      reserve: (rows) => airbyte.reserve(rows),
      markRun: () => undefined,
    };
  }

  end(at: number): number {
    const end = this.#number.read(at);
    const {value, decimals} = this.#number;
    return decimals > 0 || !(value >= LEAST_MS && value <= MOST_MS) ? NONE : end;
  }

  read(at: number, row: number): number {
    const end = this.end(at);
    if (end !== NONE) this.airbyte.store(row, this.#number.value);
    return end;
  }

  /** Every row has a time: the one that is put next overwrites this. */
  // eslint-disable-next-line @typescript-eslint/no-empty-function -- see above
  undo(): void {}

  fill(value: FieldValue, from: number, to: number): void {
    this.airbyte.reserve(to);
    this.airbyte.store(from, Number(value));
    this.airbyte.repeat(from, to);
  }

  valueOf(from: number): number {
    this.#number.read(from);
    return this.#number.value;
  }
}
