const RECORD = Buffer.from('{"type":"RECORD","record":{"stream":"');
/** Longest beginning of a line that is kept to know what the line is. */
const HEAD_BYTES = 160;

/** Receives what is not a record. */
export type OnMessage = (message: Readonly<Record<string, unknown>>) => void;

/**
 * Looks at the lines that pass by in a pipe: counts records by stream and hands on
 * every other message, without holding back or parsing a record.
 */
export class LineScanner {
  readonly records = new Map<string, number>();
  #parts: Buffer[] = [];
  #length = 0;
  #isRecord: boolean | undefined;

  constructor(private readonly onMessage: OnMessage) {}

  feed(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#add(chunk.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
  }

  #add(part: Buffer): void {
    if (part.length === 0) return;
    if (this.#isRecord !== true || this.#length < HEAD_BYTES) {
      this.#parts.push(Buffer.from(part));
      this.#length += part.length;
    }
    if (this.#isRecord === undefined && this.#length >= RECORD.length) {
      const head = Buffer.concat(this.#parts).subarray(0, RECORD.length);
      this.#isRecord = head.equals(RECORD);
    }
  }

  #endLine(): void {
    const line = Buffer.concat(this.#parts).toString('utf8');
    if (this.#isRecord === true) this.#count(line);
    else if (line !== '') this.onMessage(JSON.parse(line) as Record<string, unknown>);
    this.#parts = [];
    this.#length = 0;
    this.#isRecord = undefined;
  }

  #count(head: string): void {
    const stream = head.slice(RECORD.length, head.indexOf('"', RECORD.length));
    this.records.set(stream, (this.records.get(stream) ?? 0) + 1);
  }
}
