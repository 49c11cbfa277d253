const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const EMPTY = Buffer.alloc(0);
/** A longer line is put together once, when its turn has come. */
const LONGEST_TORN_LINE = 65_536;

/** Whole lines ahead: in the chunk, or the one that ends in it. */
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
  #chunk: Buffer = EMPTY;
  #position = 0;
  /** Behind the last line feed of the chunk. */
  #linesEnd = 0;
  /** Beginning of a line whose end has not come yet: put together once, at its end. */
  #pieces: Buffer[] = [];
  /** Where the line ahead ends in the chunk, if it began before the chunk. */
  #tornEnd: number | undefined;

  /** Takes the next chunk. The last one must have been used up: `next()` said false. */
  feed(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#position = 0;
    this.#linesEnd = chunk.lastIndexOf(LINE_FEED) + 1;
  }

  /**
   * The lines that `next` would find: those that lie in the chunk from beginning to end,
   * or the one alone that began before it.
   */
  ahead(): LinesAhead | undefined {
    this.#tornEnd = undefined;
    // The first line of all may have a byte order mark.
    if (this.lineNumber === 0 || this.#position >= this.#linesEnd) return undefined;
    if (this.#pieces.length > 0) return this.#tornLine();
    return {buffer: this.#chunk, start: this.#position, end: this.#linesEnd};
  }

  /** Goes on at a place among the lines ahead, so many lines later. */
  skipTo(position: number, lines: number): void {
    this.#position = this.#tornEnd ?? position;
    if (this.#tornEnd !== undefined) this.#pieces = [];
    this.#tornEnd = undefined;
    this.lineNumber += lines;
  }

  /** Finds the next line that is whole. */
  next(): boolean {
    const lineFeed = this.#chunk.indexOf(LINE_FEED, this.#position);
    if (lineFeed < 0) {
      this.#keepRest();
      return false;
    }
    this.#set(lineFeed);
    this.#position = lineFeed + 1;
    return true;
  }

  /** What stands behind the last line feed when the input has ended. */
  last(): boolean {
    this.#chunk = EMPTY;
    this.#position = 0;
    if (this.#pieces.length === 0) return false;
    this.#set(0);
    return this.end > this.start;
  }

  #tornLine(): LinesAhead | undefined {
    const end = this.#chunk.indexOf(LINE_FEED, this.#position) + 1;
    const pieces = [...this.#pieces, this.#chunk.subarray(this.#position, end)];
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (length > LONGEST_TORN_LINE) return undefined;
    this.#tornEnd = end;
    return {buffer: Buffer.concat(pieces, length), start: 0, end: length};
  }

  #keepRest(): void {
    if (this.#position >= this.#chunk.length) return;
    // The owner of the chunk may use its memory again: this part must be ours.
    this.#pieces.push(Buffer.from(this.#chunk.subarray(this.#position)));
    this.#position = this.#chunk.length;
  }

  #set(lineFeed: number): void {
    this.buffer = this.#chunk;
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
