import type {Field, FieldValue} from './field';
import type {FieldHeat} from './field-heat';
import {DoubleField, TimeField} from './fields';
import {KnownBytes} from './known-bytes';
import type {LineBytes} from './line-bytes';
import type {LineWalk, NamedField} from './line-walk';

const NONE = -1;
const FIRST_CAPACITY = 1024;
/** Longer lines gain nothing and cost much to keep. */
const LONGEST_LINE = 65_536;

interface Constant {
  readonly field: Field;
  readonly value: FieldValue;
}

/** A value of a line that was gone through. */
interface FoundValue extends Constant {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  /** Whether the mould has another value, or none, of the field. */
  readonly hasChanged: boolean;
}

/** A place in the mould at which values are read. */
interface Slot {
  readonly field: Field;
  /** The field, if it is of the kinds that nearly every line has. */
  readonly double: DoubleField | undefined;
  readonly time: TimeField | undefined;
  readonly start: number;
  readonly end: number;
}

/**
 * A line that was gone through, as a mould for those behind it: what must be equal in
 * them, and the places where values are read. JSON stays JSON when one value in it is
 * replaced by another, so a line that fits needs no other look.
 */
export class LineTemplate {
  /** Bytes of the end of line, which are not counted as the line's. */
  ending = 1;
  readonly #known: KnownBytes;
  readonly #heat: FieldHeat;
  #slots: Slot[] = [];
  #constants: Constant[] = [];
  /** Times of the key. */
  #sealed: TimeField[] = [];
  /** By field: where its value stands in the mould; both 0 for one that is absent. */
  readonly #valueStarts: Int32Array;
  readonly #valueEnds: Int32Array;
  /** By field: its value in the mould. */
  #values: (FieldValue | undefined)[] = [];

  /** @param heat Shared by the moulds of one stream. */
  constructor(
    line: LineBytes,
    private readonly known: readonly NamedField[],
    heat: FieldHeat,
  ) {
    this.#known = new KnownBytes(line, FIRST_CAPACITY);
    this.#heat = heat;
    this.#valueStarts = new Int32Array(known.length);
    this.#valueEnds = new Int32Array(known.length);
  }

  /**
   * Reads the line that begins at `at` into a row. Returns where the next one begins, or
   * -1 if the line does not fit; the row is as before then.
   */
  read(at: number, row: number): number {
    if (this.#slots.length === 0) return NONE;
    const end = this.#readSlots(at, row);
    if (end === NONE) for (const {field} of this.#slots) field.undo(row);
    else for (const time of this.#sealed) time.seal(row);
    return end;
  }

  /** Makes room for a row, which must be on its way: what lies in memory is counted. */
  reserve(row: number): void {
    for (const {field} of this.#slots) field.column.reserve(row + 1);
  }

  /** Rows for which there is room. */
  get capacity(): number {
    let capacity = Infinity;
    for (const {field} of this.#slots) {
      capacity = Math.min(capacity, field.column.capacity);
    }
    return capacity;
  }

  /** Completes rows that were read. */
  complete(from: number, to: number): void {
    if (from === to) return;
    for (const {field, value} of this.#constants) field.fill(value, from, to);
    for (const {field} of this.#slots) field.column.markRun(from, to);
  }

  /**
   * Takes the form of a line that was gone through. False if some text in it is none.
   *
   * @param before The mould of the lines before it, this one or another.
   */
  learn(walk: LineWalk, at: number, before: LineTemplate): boolean {
    if (walk.end - at > LONGEST_LINE) return false;
    const values = before.#valuesOf(walk);
    if (values === undefined) return false;
    const reads = this.#chooseSlots(values);
    this.#begin(walk, at);
    for (const [i, {number, field, value, start, end}] of values.entries()) {
      field.prepare?.(start, end);
      this.#valueStarts[number] = start - at;
      this.#valueEnds[number] = end - at;
      this.#values[number] = value;
      if (reads[i] === true) this.#addSlot(field, start - at, end - at);
      else this.#constants.push({field, value});
    }
    return true;
  }

  #readSlots(at: number, row: number): number {
    let from = 0;
    let position = at;
    for (const slot of this.#slots) {
      const {start, end} = slot;
      if (!this.#known.standsAt(position, from, start)) return NONE;
      position = readValue(slot, position + start - from, row);
      if (position === NONE) return NONE;
      from = end;
    }
    const end = this.#known.length;
    return this.#known.standsAt(position, from, end) ? position + end - from : NONE;
  }

  /** Values that stand in the mould too are not read anew. */
  #valuesOf({fields, starts, ends, count}: LineWalk): FoundValue[] | undefined {
    const values: FoundValue[] = [];
    for (let i = 0; i < count; i++) {
      const [number, start, end] = [at(fields, i), at(starts, i), at(ends, i)];
      const field = this.known[number]?.field;
      const hasChanged = this.#hasChanged(number, start, end);
      const before = hasChanged ? undefined : this.#values[number];
      const value = before ?? field?.valueOf(start, end);
      if (field === undefined || value === undefined) return undefined;
      values.push({number, field, value, start, end, hasChanged});
    }
    return values;
  }

  /** A line has at least one slot, so that there is always something to count rows by. */
  #chooseSlots(values: readonly FoundValue[]): readonly boolean[] {
    const reads = values.map(({number, field, hasChanged}) => {
      const isHot = this.#heat.isHot(number, hasChanged);
      return isHot || field.isAlwaysRead;
    });
    if (!reads.includes(true)) reads[0] = true;
    return reads;
  }

  #hasChanged(number: number, start: number, end: number): boolean {
    const from = at(this.#valueStarts, number);
    const to = at(this.#valueEnds, number);
    return end - start !== to - from || !this.#known.standsAt(start, from, to);
  }

  #begin({end, textEnd}: LineWalk, at: number): void {
    this.#known.clear();
    this.#known.append(at, end);
    this.ending = end - textEnd;
    this.#slots = [];
    this.#constants = [];
    this.#sealed = [];
    this.#valueStarts.fill(0);
    this.#valueEnds.fill(0);
    this.#values = [];
  }

  #addSlot(field: Field, start: number, end: number): void {
    const double = field instanceof DoubleField ? field : undefined;
    const time = field instanceof TimeField ? field : undefined;
    this.#slots.push({field, double, time, start, end});
    if (time?.isSealed === true) this.#sealed.push(time);
  }
}

/** A call that may reach many classes is looked up anew for every value: not the usual. */
function readValue({field, double, time}: Slot, at: number, row: number): number {
  if (time !== undefined) return time.read(at, row);
  return double === undefined ? field.read(at, row) : double.read(at, row);
}

function at(numbers: Int32Array, place: number): number {
  return numbers[place] ?? 0;
}
