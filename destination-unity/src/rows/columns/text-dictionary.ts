import {toUSVString} from 'node:util';

/** The distinct texts of one column, numbered in order of first use. */
export class TextDictionary {
  #codes = new Map<string, number>();
  #texts: string[] = [];
  #lastText: string | undefined;
  #lastCode = 0;

  /** The text's number; undefined for one that UTF-8 cannot say (`wellFormed` it first). */
  codeOf(text: string): number | undefined {
    if (text === this.#lastText) return this.#lastCode;
    const code = this.#codes.get(text) ?? this.#add(text);
    if (code === undefined) return undefined;
    this.#lastText = text;
    this.#lastCode = code;
    return code;
  }

  /** Gives the texts away and begins anew. */
  take(): readonly string[] {
    const texts = this.#texts;
    this.#codes = new Map();
    this.#texts = [];
    this.#lastText = undefined;
    return texts;
  }

  #add(text: string): number | undefined {
    if (toUSVString(text) !== text) return undefined;
    const code = this.#texts.push(text) - 1;
    this.#codes.set(text, code);
    return code;
  }
}
