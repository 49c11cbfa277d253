const NOTHING = Buffer.alloc(0);

/**
 * The buffer whose lines are read at present; all parts of a reader look into the same
 * one. Its last byte is a line feed, at which every scan of a value ends.
 */
export class LineBytes {
  bytes: Buffer = NOTHING;
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Behind the last line feed: nothing is read from here on. */
  end = 0;

  /** Turns to the beginning of a buffer, up to a line feed before `end`. */
  hold(buffer: Buffer, end: number): void {
    this.end = end;
    if (this.bytes === buffer) return;
    this.bytes = buffer;
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  /** Lets go of the buffer, which its owner may need. */
  release(): void {
    this.hold(NOTHING, 0);
  }
}
