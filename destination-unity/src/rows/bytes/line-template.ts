import type {FieldHeat} from './field-heat';
import type {TimeField} from './fields';
import type {FieldValue} from './field';
import type {HeldValues} from './held-values';
import {KnownBytes} from './known-bytes';
import type {LineBytes} from './line-bytes';
import {LinePlace} from './line-place';
import type {LineWalk, NamedField} from './line-walk';

const NONE = -1;
const FIRST_CAPACITY = 1024;
/** Longer lines gain nothing and cost much to keep. */
const LONGEST_LINE = 16_384;

/** What the moulds of one stream have in common. */
export interface MouldContext {
  readonly line: LineBytes;
  readonly known: readonly NamedField[];
  readonly heat: FieldHeat;
  readonly held: HeldValues;
}

/**
 * A line that was gone through, as a mould for those behind it: what must be equal in
 * them, and the places where values are read. JSON stays JSON when one value in it is
 * replaced by another, so a line that fits needs no other look.
 */
export class LineTemplate {
  /** Rows for which there is room; 0 where that is to be looked up. */
  capacity = 0;
  /** Bytes of the end of line, which are not counted as the line's. */
  ending = 1;
  readonly #context: MouldContext;
  readonly #known: KnownBytes;
  #places: LinePlace[] = [];
  /** The places that are read in every line. */
  #slots: LinePlace[] = [];
  /** Times of the key. */
  #sealed: TimeField[] = [];
  /** By field: its value in the mould; undefined where every line is read, or absent. */
  readonly #values: (FieldValue | undefined)[];
  /** The same of those alone that are not read: what every line has that fits. */
  readonly #constants: (FieldValue | undefined)[];
  /** Behind the line that is tried. */
  #triedEnd = 0;

  constructor(context: MouldContext) {
    this.#context = context;
    this.#known = new KnownBytes(context.line, FIRST_CAPACITY);
    this.#values = context.known.map(() => undefined);
    this.#constants = context.known.map(() => undefined);
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

  /**
   * Makes sure that the line taken last is read into a row. The row must be on its way:
   * what lies in memory is counted.
   */
  prepare(row: number): void {
    if (row >= this.capacity) this.#reserve(row);
    // Texts of rows before come into the dictionary before those of this one.
    this.#context.held.hold(this.#constants, row);
    for (const {field, triedStart, triedEnd} of this.#slots) {
      field.prepare?.(triedStart, triedEnd);
    }
  }

  /** Completes rows that were read. */
  complete(from: number, to: number): void {
    if (from === to) return;
    this.#context.held.hold(this.#constants, from);
    for (const {field} of this.#slots) field.column.markRun(from, to);
  }

  /**
   * Takes the values of a line that has the members of the mould, in its order and
   * spelling, whatever their values are. False if it has others, or if some text in it is
   * none; the mould is as before then.
   */
  adapt(at: number): boolean {
    if (this.#places.length === 0 || !this.#try(at)) return false;
    let hasChanged = false;
    for (const place of this.#places) {
      if (!place.hasChanged) continue;
      if (!place.tryValue()) return false;
      hasChanged = true;
    }
    if (hasChanged) this.#take(at);
    return true;
  }

  /**
   * Takes the form of a line that was gone through and begins at `at`. False if some text
   * in it is none.
   *
   * @param before The mould of the lines before it.
   */
  learn(walk: LineWalk, at: number, before: LineTemplate): boolean {
    if (walk.end - at > LONGEST_LINE) return false;
    const places = this.#placesOf(walk);
    if (places === undefined) return false;
    for (const place of places) {
      place.hasChanged = place.triedValue !== before.#values[place.number];
    }
    this.#places = places;
    this.capacity = 0;
    this.#triedEnd = walk.end;
    this.ending = walk.end - walk.textEnd;
    this.#values.fill(undefined);
    this.#constants.fill(undefined);
    for (const {number, triedValue} of places) this.#values[number] = triedValue;
    this.#take(at);
    this.#choose();
    return true;
  }

  #readSlots(at: number, row: number): number {
    let from = 0;
    let position = at;
    for (const slot of this.#slots) {
      const {start, end} = slot;
      if (!this.#known.standsAt(position, from, start)) return NONE;
      position = slot.read(position + start - from, row);
      if (position === NONE) return NONE;
      from = end;
    }
    const end = this.#known.length;
    return this.#known.standsAt(position, from, end) ? position + end - from : NONE;
  }

  #reserve(row: number): void {
    this.capacity = Infinity;
    for (const {field} of this.#places) {
      field.column.reserve(row + 1);
      this.capacity = Math.min(this.capacity, field.column.capacity);
    }
  }

  /** Finds the values of a line, if it differs from the mould in nothing else. */
  #try(at: number): boolean {
    let from = 0;
    let position = at;
    for (const place of this.#places) {
      place.triedStart = position + place.start - from;
      if (!this.#tryPlace(place, position, from)) return false;
      from = place.end;
      position = place.triedEnd;
    }
    const end = this.#known.length;
    this.#triedEnd = position + end - from;
    return (
      this.#known.standsAt(position, from, end) && this.#triedEnd - at <= LONGEST_LINE
    );
  }

  /**
   * Finds a value of the line that is at `position` where the mould is at `from`. Mostly
   * it is that of the mould: with the byte behind it, which cannot be a part of a value.
   */
  #tryPlace(place: LinePlace, position: number, from: number): boolean {
    const {start, end, triedStart} = place;
    place.hasChanged = false;
    place.triedEnd = triedStart + end - start;
    if (this.#known.standsAt(position, from, end + 1)) return true;
    if (!this.#known.standsAt(position, from, start)) return false;
    place.triedEnd = place.endOf(triedStart);
    place.hasChanged = !place.isAlwaysRead;
    return place.triedEnd !== NONE;
  }

  #placesOf({fields, starts, ends, count}: LineWalk): LinePlace[] | undefined {
    const places: LinePlace[] = [];
    for (let i = 0; i < count; i++) {
      const number = fields[i] ?? 0;
      const field = this.#context.known[number]?.field;
      if (field === undefined) return undefined;
      const place = new LinePlace(number, field);
      place.triedStart = starts[i] ?? 0;
      place.triedEnd = ends[i] ?? 0;
      if (!place.tryValue()) return undefined;
      places.push(place);
    }
    return places;
  }

  /** Makes the line that was tried, and begins at `at`, the mould. */
  #take(at: number): void {
    const {heat} = this.#context;
    this.#known.clear();
    this.#known.append(at, this.#triedEnd);
    let hasOtherSlots = false;
    for (const place of this.#places) {
      const {number, hasChanged, isAlwaysRead} = place;
      place.start = place.triedStart - at;
      place.end = place.triedEnd - at;
      if (isAlwaysRead) continue;
      const isRead = heat.isHot(number, hasChanged);
      if (hasChanged) this.#values[number] = place.triedValue;
      this.#constants[number] = isRead ? undefined : this.#values[number];
      hasOtherSlots ||= isRead !== place.isRead;
      place.isRead = isRead;
    }
    if (hasOtherSlots) this.#choose();
  }

  /** A line has at least one slot, so that there is always something to count rows by. */
  #choose(): void {
    const places = this.#places;
    const [first] = places;
    if (first !== undefined && !places.some(({isRead}) => isRead)) {
      first.isRead = true;
      this.#constants[first.number] = undefined;
    }
    this.#slots = places.filter(({isRead}) => isRead);
    this.#sealed = this.#slots.flatMap(({time}) => (time?.isSealed ? time : []));
  }
}
