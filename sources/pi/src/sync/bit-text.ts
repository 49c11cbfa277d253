/** Bits on their way into base64, the most significant first. */
export class BitWriter {
  private readonly bytes: number[] = [];
  private free = 0;

  /** @param width At most 32. */
  write(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit -= 1) {
      if (this.free === 0) {
        this.bytes.push(0);
        this.free = 8;
      }
      this.free -= 1;
      const last = this.bytes.length - 1;
      this.bytes[last] = (this.bytes[last] ?? 0) | (((value >>> bit) & 1) << this.free);
    }
  }

  /** Whole bytes so far. */
  get size(): number {
    return this.bytes.length;
  }

  text(): string {
    return Buffer.from(this.bytes).toString('base64');
  }
}

/** What a `BitWriter` wrote. */
export class BitReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Undefined where the bits have come to their end. */
  read(width: number): number | undefined {
    if (this.at + width > this.bytes.length * 8) return undefined;
    let value = 0;
    for (let bit = 0; bit < width; bit += 1, this.at += 1) {
      value =
        (value << 1) | (((this.bytes[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1);
    }
    return value >>> 0;
  }
}
