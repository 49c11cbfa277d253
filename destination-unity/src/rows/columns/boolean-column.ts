import type {ColumnValues} from '../column-batch';
import {NO_FIT, type Misfit} from '../misfit';
import {ColumnBuilder, type BuilderContext, type Present} from './column-builder';
import {enlarged} from './enlarged';

/** Takes true and false, also as text. 0 and 1 are numbers. */
export class BooleanBuilder extends ColumnBuilder {
  #values = new Uint8Array(0);

  constructor(context: BuilderContext) {
    super(context, 1);
  }

  put(row: number, value: Present): Misfit | undefined {
    const isTrue = value === true || value === 'true';
    if (!isTrue && value !== false && value !== 'false') return NO_FIT;
    this.present.mark(row);
    this.#values[row] = isTrue ? 1 : 0;
    return undefined;
  }

  /** Stores without saying yet that there is a value; there is room. */
  store(row: number, isTrue: boolean): void {
    this.#values[row] = isTrue ? 1 : 0;
  }

  protected copy(row: number, to: number): void {
    this.#values.fill(this.#values[row] ?? 0, row + 1, to);
  }

  protected resize(rows: number): void {
    this.#values = enlarged(this.#values, rows);
  }

  protected takeValues(): ColumnValues {
    const values = this.#values;
    this.#values = new Uint8Array(0);
    return {kind: 'boolean', values};
  }
}
