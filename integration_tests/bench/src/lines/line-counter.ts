/** What went through a pipe of messages. */
export interface LineCounts {
  readonly bytes: number;
  readonly lines: number;
  readonly records: number;
  /** Length of the longest STATE message as a line. */
  readonly stateBytes: number;
  /** The last lines that are no records, shortened: what a failed run said. */
  readonly remarks: readonly string[];
}

const LINE_FEED = 0x0a;
const REMARKS_KEPT = 8;
const REMARK_LENGTH = 600;
const STATE = '{"type":"STATE"';
const NOTHING = Buffer.alloc(0);

/** Counts lines and RECORD messages of a stream of bytes, in chunks cut anywhere. */
export class LineCounter {
  #bytes = 0;
  #lines = 0;
  #records = 0;
  #stateBytes = 0;
  #remarks: string[] = [];
  #rest: Buffer = NOTHING;

  /** Records of whole lines so far. */
  get records(): number {
    return this.#records;
  }

  push(chunk: Buffer): void {
    this.#bytes += chunk.length;
    let buffer = chunk;
    if (this.#rest.length > 0) buffer = Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (;;) {
      const end = buffer.indexOf(LINE_FEED, start);
      if (end < 0) break;
      this.#count(buffer, start, end);
      start = end + 1;
    }
    this.#rest = start < buffer.length ? Buffer.from(buffer.subarray(start)) : NOTHING;
  }

  /** A last line without a line feed counts as a line. */
  counts(): LineCounts {
    if (this.#rest.length > 0) this.#count(this.#rest, 0, this.#rest.length);
    this.#rest = NOTHING;
    return {
      bytes: this.#bytes,
      lines: this.#lines,
      records: this.#records,
      stateBytes: this.#stateBytes,
      remarks: this.#remarks,
    };
  }

  #count(buffer: Buffer, start: number, end: number): void {
    this.#lines += 1;
    if (isRecord(buffer, start)) {
      this.#records += 1;
      return;
    }
    const remark = buffer.toString('utf8', start, Math.min(end, start + REMARK_LENGTH));
    if (remark.startsWith(STATE)) {
      this.#stateBytes = Math.max(this.#stateBytes, end - start);
    }
    this.#remarks.push(remark);
    if (this.#remarks.length > REMARKS_KEPT) this.#remarks.shift();
  }
}

/**
 * `{"type":"RECORD"` or `{"record":`, told by two bytes each: no other message type
 * begins with R, and this runs on every line of a measured pipe.
 */
function isRecord(buffer: Buffer, start: number): boolean {
  const member = buffer[start + 2];
  return (
    member === 0x72 /* r */ || (member === 0x74 /* t */ && buffer[start + 9] === 0x52)
  );
}
