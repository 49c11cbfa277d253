import {RESCUED} from '../table/airbyte-columns';
import type {ColumnData} from './column-batch';
import {type ByteMeter, type ExactText, type Present} from './columns/column-builder';
import {StringBuilder} from './columns/text-columns';
import type {Misfit} from './misfit';

/**
 * What no other column could take, as one JSON object a row: the only place where a value
 * that was nulled or shortened is still whole.
 */
export class RescuedValues {
  readonly #exact: ExactText;
  readonly #texts: StringBuilder;
  readonly #members: string[] = [];

  constructor(exact: ExactText, meter: ByteMeter) {
    this.#exact = exact;
    this.#texts = new StringBuilder({column: RESCUED, member: '', exact, meter});
  }

  get isEmpty(): boolean {
    return this.#texts.isEmpty;
  }

  /** Keeps a member of the present row. */
  keep(member: string, value: Present): void {
    const json = this.#exact.of(member) ?? JSON.stringify(value);
    this.#members.push(`${JSON.stringify(member)}:${json}`);
  }

  /** Writes what was kept of the present row; says if it is too much. */
  put(row: number): Misfit | undefined {
    if (this.#members.length === 0) return undefined;
    const text = `{${this.#members.join(',')}}`;
    this.#members.length = 0;
    return this.#texts.put(row, text);
  }

  /** Gives the column away and begins anew. */
  take(rows: number): ColumnData {
    return this.#texts.take(rows);
  }
}
