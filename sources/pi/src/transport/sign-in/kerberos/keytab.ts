/** A key in a keytab. */
export interface KeytabEntry {
  /** `account@REALM`. */
  readonly principal: string;
  /** Kerberos' number of the encryption: 18 is AES-256. */
  readonly encryption: number;
  /** As it stands in the file, its size in front: a secret. */
  readonly bytes: Buffer;
}

/** Format 2 of MIT's keytab files, which every tool writes; numbers have big ends first. */
const MAGIC = 0x0502;
const SIZE_BYTES = 4;

/**
 * What a keytab holds; undefined where the bytes are none, or broken off. Never throws:
 * the library says nothing useful of a file that it cannot read.
 */
export function keytabEntries(bytes: Buffer): readonly KeytabEntry[] | undefined {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== MAGIC) return undefined;
  const entries: KeytabEntry[] = [];
  try {
    for (let at = 2; at + SIZE_BYTES <= bytes.length;) {
      const size = bytes.readInt32BE(at);
      if (size === 0) break;
      const end = at + SIZE_BYTES + Math.abs(size);
      if (end > bytes.length) return undefined;
      // A negative size is the hole that a deleted entry left.
      if (size > 0) entries.push(entryIn(bytes.subarray(at, end)));
      at = end;
    }
  } catch {
    return undefined;
  }
  return entries;
}

/** A keytab of these entries alone. */
export function keytabOf(entries: readonly KeytabEntry[]): Buffer {
  const magic = Buffer.alloc(2);
  magic.writeUInt16BE(MAGIC);
  return Buffer.concat([magic, ...entries.map(({bytes}) => bytes)]);
}

function entryIn(bytes: Buffer): KeytabEntry {
  const cursor = new Cursor(bytes.subarray(SIZE_BYTES));
  const count = cursor.uint16();
  const realm = cursor.text();
  const parts = Array.from({length: count}, () => cursor.text());
  cursor.skip(NAME_TYPE_BYTES + TIMESTAMP_BYTES + VERSION_BYTES);
  const encryption = cursor.uint16();
  cursor.skip(cursor.uint16());
  return {principal: `${parts.join('/')}@${realm}`, encryption, bytes};
}

const NAME_TYPE_BYTES = 4;
const TIMESTAMP_BYTES = 4;
const VERSION_BYTES = 1;

/** Reads on from where it stands; a RangeError where nothing is left. */
class Cursor {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  uint16(): number {
    this.#at += 2;
    return this.bytes.readUInt16BE(this.#at - 2);
  }

  text(): string {
    const length = this.uint16();
    const start = this.#at;
    this.skip(length);
    return this.bytes.toString('utf8', start, this.#at);
  }

  skip(length: number): void {
    this.#at += length;
    if (this.#at > this.bytes.length) throw new RangeError('The entry broke off.');
  }
}
