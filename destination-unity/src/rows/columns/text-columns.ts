import {toUSVString} from 'node:util';

import type {ColumnValues} from '../column-batch';
import {ILL_FORMED, TOO_LONG, type Misfit} from '../misfit';
import {ColumnBuilder, type BuilderContext, type Present} from './column-builder';
import {enlarged} from './enlarged';
import {TextDictionary} from './text-dictionary';

/** Longest text of a field in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;

const MOST_BYTES_A_UNIT = 3;

/** What `string` and `json` columns share: codes into a dictionary. */
export abstract class TextBuilder extends ColumnBuilder {
  #codes = new Uint32Array(0);
  readonly #dictionary = new TextDictionary();

  constructor(context: BuilderContext) {
    super(context, 4);
  }

  protected putText(row: number, text: string): Misfit | undefined {
    if (isTooLong(text)) return TOO_LONG;
    const code = this.#dictionary.codeOf(text);
    this.present.mark(row);
    this.#codes[row] = code ?? this.#dictionary.codeOf(toUSVString(text)) ?? 0;
    return code === undefined ? ILL_FORMED : undefined;
  }

  /** The number of a text that UTF-8 can say, in the dictionary from now on. */
  codeOf(text: string): number {
    return this.#dictionary.codeOf(text) ?? 0;
  }

  /** Stores without saying yet that there is a value; there is room. */
  store(row: number, code: number): void {
    this.#codes[row] = code;
  }

  protected copy(row: number, to: number): void {
    this.#codes.fill(this.#codes[row] ?? 0, row + 1, to);
  }

  protected resize(rows: number): void {
    this.#codes = enlarged(this.#codes, rows);
  }

  protected takeValues(): ColumnValues {
    const codes = this.#codes;
    this.#codes = new Uint32Array(0);
    return {kind: 'text', codes, dictionary: this.#dictionary.take()};
  }
}

/** Takes strings as they are, and everything else as its JSON text. */
export class StringBuilder extends TextBuilder {
  put(row: number, value: Present): Misfit | undefined {
    if (typeof value === 'string') return this.putText(row, value);
    return this.putText(row, this.exact.of(this.member) ?? JSON.stringify(value));
  }
}

/** Takes everything as its JSON text: as sent where the line is known. */
export class JsonBuilder extends TextBuilder {
  put(row: number, value: Present): Misfit | undefined {
    if (typeof value === 'string') return this.putText(row, JSON.stringify(value));
    return this.putText(row, this.exact.of(this.member) ?? JSON.stringify(value));
  }
}

function isTooLong(text: string): boolean {
  return (
    text.length * MOST_BYTES_A_UNIT > MAX_TEXT_BYTES &&
    Buffer.byteLength(text) > MAX_TEXT_BYTES
  );
}
