import type {Field, FieldValue} from './field';
import {DoubleField, TimeField} from './fields';

/** A place in a line at which a value stands. */
export class LinePlace {
  /** The field, if it is of the kinds that nearly every line has. */
  readonly double: DoubleField | undefined;
  readonly time: TimeField | undefined;
  /** Where the value stands in the mould. */
  start = 0;
  end = 0;
  /** Whether the value of every line is read, instead of expected to be that of the mould. */
  isRead: boolean;
  readonly isAlwaysRead: boolean;
  /** Where the value stands in the line that is tried. */
  triedStart = 0;
  triedEnd = 0;
  /** The value itself, of a field that is not always read. */
  triedValue: FieldValue | undefined;
  /** Whether that is another value than the one before. */
  hasChanged = false;

  constructor(
    /** Among the fields of the stream. */
    readonly number: number,
    readonly field: Field,
  ) {
    this.isAlwaysRead = field.isAlwaysRead;
    this.isRead = field.isAlwaysRead;
    this.double = field instanceof DoubleField ? field : undefined;
    this.time = field instanceof TimeField ? field : undefined;
  }

  /**
   * Reads the value of a line into a row; see `Field.read`. A call that may reach many
   * classes is looked up anew for every value: not the usual ones.
   */
  read(at: number, row: number): number {
    const {double, time} = this;
    if (time !== undefined) return time.read(at, row);
    return double === undefined ? this.field.read(at, row) : double.read(at, row);
  }

  /** Where the value ends that begins at `at`; see `Field.end`. */
  endOf(at: number): number {
    const {double, time} = this;
    if (time !== undefined) return time.end(at);
    return double === undefined ? this.field.end(at) : double.end(at);
  }

  /** Looks at the value of the line that is tried. False if it is none after all. */
  tryValue(): boolean {
    if (this.isAlwaysRead) return true;
    this.triedValue = this.field.valueOf(this.triedStart, this.triedEnd);
    return this.triedValue !== undefined;
  }
}
