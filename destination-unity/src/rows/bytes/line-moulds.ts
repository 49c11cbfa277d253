import {FieldHeat} from './field-heat';
import type {LineBytes} from './line-bytes';
import {LineTemplate} from './line-template';
import type {LineWalk, NamedField} from './line-walk';

/** Lines read that pay for one look at the other mould. */
const LINES_A_LOOK = 16;
const MOST_LINES_SAVED = 256;

/**
 * The last two forms of a stream's lines. A flag that is up in one line and down in the
 * next makes a line of another form, and then one of the form before: it need not be
 * learned again. Lines that change at every turn do not get that far: what changes in
 * them is to be learned as such.
 */
export class LineMoulds {
  /** The mould in use. */
  present: LineTemplate;
  readonly #heat: FieldHeat;
  #other: LineTemplate;
  /** Lines read since the last one that was learned. */
  #lines = 0;
  /** Lines read that have not paid for a look yet. */
  #saved = 0;

  constructor(line: LineBytes, known: readonly NamedField[]) {
    this.#heat = new FieldHeat(known.length);
    this.present = new LineTemplate(line, known, this.#heat);
    this.#other = new LineTemplate(line, known, this.#heat);
  }

  /** Takes note of lines that were like the mould in use. */
  fitted(lines: number): void {
    this.#lines += lines;
    this.#saved = Math.min(MOST_LINES_SAVED, this.#saved + lines);
  }

  /** Brings the other mould into use. False where it is not worth the look. */
  turn(): boolean {
    if (this.#saved < LINES_A_LOOK) return false;
    this.#saved -= LINES_A_LOOK;
    this.#swap();
    return true;
  }

  /**
   * Takes the form of a line that was gone through and fits neither mould. False if it
   * has none.
   *
   * @param hasTurned Whether the mould in use is not that of the lines before.
   */
  learn(walk: LineWalk, at: number, hasTurned: boolean): boolean {
    this.#heat.begin(this.#lines);
    const [before, learning] = hasTurned
      ? [this.#other, this.present]
      : [this.present, this.#other];
    if (!learning.learn(walk, at, before)) return false;
    this.#lines = 0;
    if (!hasTurned) this.#swap();
    return true;
  }

  #swap(): void {
    const {present} = this;
    this.present = this.#other;
    this.#other = present;
  }
}
