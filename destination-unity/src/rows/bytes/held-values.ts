import type {FieldValue} from './field';
import type {NamedField} from './line-walk';

/** By field: the value that rows have of it, undefined where they have none of this kind. */
export type FieldValues = readonly (FieldValue | undefined)[];

/**
 * Values that row after row has, by field. They are put into the columns once they are
 * others, for all rows at once: of most fields that is seldom.
 */
export class HeldValues {
  readonly #values: (FieldValue | undefined)[];
  /** By field: the first row that has the value. */
  readonly #since: Uint32Array;

  constructor(private readonly known: readonly NamedField[]) {
    this.#values = known.map(() => undefined);
    this.#since = new Uint32Array(known.length);
  }

  /** From the row on, rows have these values. */
  hold(values: FieldValues, row: number): void {
    for (let number = 0; number < this.#values.length; number++) {
      const value = values[number];
      if (value === this.#values[number]) continue;
      this.#settle(number, row);
      this.#values[number] = value;
      this.#since[number] = row;
    }
  }

  /** Puts everything into the columns, up to before the row; holds nothing any more. */
  settle(row: number): void {
    for (let number = 0; number < this.#values.length; number++) {
      this.#settle(number, row);
      this.#values[number] = undefined;
    }
  }

  #settle(number: number, row: number): void {
    const value = this.#values[number];
    const since = this.#since[number] ?? 0;
    if (value === undefined || since === row) return;
    this.known[number]?.field?.fill(value, since, row);
  }
}
