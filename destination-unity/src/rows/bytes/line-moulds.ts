import {FieldHeat} from './field-heat';
import {HeldValues} from './held-values';
import type {LineBytes} from './line-bytes';
import {LineTemplate} from './line-template';
import type {LineWalk, NamedField} from './line-walk';

/** Forms that are kept besides the present one: each is a look at every new form. */
const OTHER_MOULDS = 3;

/**
 * The last few forms of a stream's lines. A flag that is up in one line and down in the
 * next may make a line of another form, and then one of the form before: it need not be
 * gone through again.
 */
export class LineMoulds {
  /** The mould in use. */
  present: LineTemplate;
  /** The one that was used longest ago is the last. */
  readonly #others: LineTemplate[];
  readonly #heat: FieldHeat;
  readonly #held: HeldValues;
  /** Lines read since the last one that a mould was changed for. */
  #lines = 0;

  constructor(line: LineBytes, known: readonly NamedField[]) {
    this.#heat = new FieldHeat(known.length);
    this.#held = new HeldValues(known);
    const context = {line, known, heat: this.#heat, held: this.#held};
    this.present = new LineTemplate(context);
    this.#others = Array.from({length: OTHER_MOULDS}, () => new LineTemplate(context));
  }

  /** Takes note of lines that were like the mould in use. */
  fitted(lines: number): void {
    this.#lines += lines;
  }

  /** Puts everything that rows before this one have into their columns, for other hands. */
  settle(row: number): void {
    this.#held.settle(row);
    for (const mould of [this.present, ...this.#others]) mould.capacity = 0;
  }

  /**
   * Brings a mould into use that the line at `at` fits, by going through the line if no
   * mould is of its form. False if it has none.
   *
   * @param row The row that the line is to be read into.
   */
  fit(walk: LineWalk, at: number, row: number): boolean {
    this.#heat.begin(this.#lines);
    if (!this.present.adapt(at) && !this.#adaptOther(at) && !this.#learn(walk, at)) {
      return false;
    }
    this.present.prepare(row);
    this.#lines = 0;
    return true;
  }

  #adaptOther(at: number): boolean {
    const fitting = this.#others.findIndex((mould) => mould.adapt(at));
    if (fitting >= 0) this.#use(fitting);
    return fitting >= 0;
  }

  #learn(walk: LineWalk, at: number): boolean {
    if (!walk.walk(at)) return false;
    const before = this.present;
    this.#use(OTHER_MOULDS - 1);
    return this.present.learn(walk, at, before);
  }

  #use(other: number): void {
    const [chosen = this.present] = this.#others.splice(other, 1);
    this.#others.unshift(this.present);
    this.present = chosen;
  }
}
