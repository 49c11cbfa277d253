import {KnownBytes} from './known-bytes';
import type {LineBytes} from './line-bytes';

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;

const FIRST_PLACES = 256;
/** Texts known by their bytes; with more of them, each is looked up as a string. */
const MOST_TEXTS = 16_384;
const MOST_BYTES = 1024 * 1024;
const NONE = -1;

/**
 * The texts of one column as the bytes they were sent in, so that a text that came before
 * is found without making a string. Most often it is the last one again, or the one that
 * followed it last time.
 */
export class KnownTexts {
  /** Number of the text found last, in the column's dictionary. */
  code = 0;
  readonly #bytes: KnownBytes;
  /** Where each text ends in the bytes kept; they begin where the one before ends. */
  #ends: number[] = [];
  #codes: number[] = [];
  #followers: number[] = [];
  #last = NONE;
  /** Hash table: numbers of texts above 0, and 0 for a free place. */
  #places = new Int32Array(FIRST_PLACES);
  #hash = 0;

  constructor(private readonly line: LineBytes) {
    this.#bytes = new KnownBytes(line, FIRST_PLACES);
  }

  /** Finds the text that begins at `at`. Returns where it ends, or -1 for an unknown one. */
  find(at: number): number {
    const end = this.#isAt(at, this.#last);
    if (end !== NONE) return end;
    return this.#findOther(at);
  }

  /** Keeps the text `[from, to)` under its code. */
  add(from: number, to: number, code: number): void {
    if (this.#codes.length >= MOST_TEXTS || this.#bytes.length > MOST_BYTES) {
      this.clear();
    }
    if (this.#codes.length * 2 >= this.#places.length) this.#enlarge();
    this.#endAndHash(from);
    this.#bytes.append(from, to);
    this.#ends.push(this.#bytes.length);
    this.#place(this.#codes.push(code), this.#hash);
  }

  /** Forgets all texts, as the dictionary was given away. */
  clear(): void {
    this.#bytes.clear();
    this.#ends = [];
    this.#codes = [];
    this.#followers = [];
    this.#hashes = [];
    this.#last = NONE;
    this.#places = new Int32Array(FIRST_PLACES);
  }

  #findOther(at: number): number {
    const before = this.#last;
    const follower = this.#followers[before] ?? NONE;
    const guessed = this.#isAt(at, follower);
    if (guessed !== NONE) return guessed;
    const end = this.#endAndHash(at);
    if (end === NONE) return NONE;
    const found = this.#lookUp(at);
    if (found !== NONE && before !== NONE) this.#followers[before] = found;
    return found === NONE ? NONE : end;
  }

  #isAt(at: number, text: number): number {
    if (text === NONE) return NONE;
    const from = text === 0 ? 0 : (this.#ends[text - 1] ?? 0);
    const to = this.#ends[text] ?? 0;
    const end = at + to - from;
    if (!this.#bytes.standsAt(at, from, to) || this.line.bytes[end] !== QUOTE) {
      return NONE;
    }
    this.#last = text;
    this.code = this.#codes[text] ?? 0;
    return end;
  }

  #lookUp(at: number): number {
    const mask = this.#places.length - 1;
    for (let place = this.#hash & mask; ; place = (place + 1) & mask) {
      const text = (this.#places[place] ?? 0) - 1;
      if (text === NONE || this.#isAt(at, text) !== NONE) return text;
    }
  }

  /** Hashes the bytes up to the closing quote, whose place is returned. */
  #endAndHash(at: number): number {
    const {bytes} = this.line;
    let hash = 0;
    for (let i = at; ; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === QUOTE) {
        this.#hash = hash ^ (hash >>> 15);
        return i;
      }
      if (byte < SPACE || byte === BACKSLASH) return NONE;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }

  #hashes: number[] = [];

  #place(number: number, hash: number): void {
    this.#hashes[number - 1] = hash;
    const mask = this.#places.length - 1;
    let place = hash & mask;
    while (this.#places[place] !== 0) place = (place + 1) & mask;
    this.#places[place] = number;
  }

  #enlarge(): void {
    this.#places = new Int32Array(this.#places.length * 2);
    for (const [text, hash] of this.#hashes.entries()) this.#place(text + 1, hash);
  }
}
