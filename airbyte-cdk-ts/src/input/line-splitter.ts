import type {Chunk} from './chunk-input';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const EMPTY = Buffer.alloc(0);

/** Whole lines ahead. */
export interface LinesAhead {
  readonly buffer: Buffer;
  readonly start: number;
  /** Behind the last line feed. */
  readonly end: number;
}

/**
 * Cuts a stream of chunks into lines without copying what lies inside one chunk. After
 * `next()` has said true, the line is `[start, end)` of `buffer`, line feed, carriage
 * return and byte order mark taken off. Valid until the next call.
 */
export class LineSplitter {
  buffer: Buffer = EMPTY;
  start = 0;
  end = 0;
  /** Number of the line, counted from 1. */
  lineNumber = 0;
  #chunk: Chunk = {buffer: EMPTY, start: 0, end: 0};
  #position = 0;
  /** Behind the last line feed of the chunk. */
  #linesEnd = 0;
  /** Bytes of a line's beginning that stand right before the next chunk. */
  #before = 0;
  /** A beginning for which no room is there: put together once, at the line's end. */
  #pieces: Buffer[] = [];

  /** Takes the next chunk. The last one must have been used up: `next()` said false. */
  feed(chunk: Chunk): void {
    this.#chunk = chunk;
    this.#position = chunk.start - this.#before;
    this.#before = 0;
    this.#linesEnd = chunk.buffer.lastIndexOf(LINE_FEED, chunk.end - 1) + 1;
  }

  /** The lines that `next` would find, where they stand behind each other. */
  ahead(): LinesAhead | undefined {
    // The first line of all may have a byte order mark.
    if (this.lineNumber === 0 || this.#pieces.length > 0) return undefined;
    if (this.#position >= this.#linesEnd) return undefined;
    return {buffer: this.#chunk.buffer, start: this.#position, end: this.#linesEnd};
  }

  /** Goes on at a place among the lines ahead, so many lines later. */
  skipTo(position: number, lines: number): void {
    this.#position = position;
    this.lineNumber += lines;
  }

  /** Finds the next line that is whole. */
  next(): boolean {
    if (this.#position >= this.#linesEnd) {
      this.#keepRest();
      return false;
    }
    const lineFeed = this.#chunk.buffer.indexOf(LINE_FEED, this.#position);
    this.#set(lineFeed);
    this.#position = lineFeed + 1;
    return true;
  }

  /** What stands behind the last line feed when the input has ended. */
  last(): boolean {
    if (this.#before === 0 && this.#pieces.length === 0) return false;
    const {buffer, start} = this.#chunk;
    const rest = buffer.subarray(start - this.#before, start);
    this.#chunk = {buffer: rest, start: 0, end: rest.length};
    this.#before = 0;
    this.#position = 0;
    this.#set(rest.length);
    return this.end > this.start;
  }

  #keepRest(): void {
    const {buffer, start, end} = this.#chunk;
    const from = this.#position;
    if (from >= end) return;
    this.#position = end;
    // The owner of the chunk uses its memory again: this part must be elsewhere.
    if (this.#pieces.length === 0 && end - from <= start) {
      this.#before = end - from;
      buffer.copyWithin(start - this.#before, from, end);
    } else {
      this.#pieces.push(Buffer.from(buffer.subarray(from, end)));
    }
  }

  #set(lineFeed: number): void {
    this.buffer = this.#chunk.buffer;
    this.start = this.#position;
    this.end = lineFeed;
    if (this.#pieces.length > 0) this.#putTogether();
    this.lineNumber += 1;
    if (this.lineNumber === 1) this.#skipByteOrderMark();
    if (this.end > this.start && this.buffer[this.end - 1] === CARRIAGE_RETURN)
      this.end -= 1;
  }

  #putTogether(): void {
    this.buffer = Buffer.concat([
      ...this.#pieces,
      this.buffer.subarray(this.start, this.end),
    ]);
    this.start = 0;
    this.end = this.buffer.length;
    this.#pieces = [];
  }

  #skipByteOrderMark(): void {
    const head = this.buffer.subarray(this.start, Math.min(this.start + 3, this.end));
    if (head.equals(BYTE_ORDER_MARK)) this.start += 3;
  }
}
