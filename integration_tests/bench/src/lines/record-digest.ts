import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {createInterface} from 'node:readline';

/** What a file of messages holds, told by its records alone. */
export interface RecordDigest {
  readonly records: number;
  /** Equal for equal multisets of records, whatever their order. */
  readonly sum: string;
}

interface Message {
  readonly type: string;
  readonly record?: {readonly data: Readonly<Record<string, unknown>>};
}

/**
 * Adds up a hash per record. The order of lines and members, the time of emission and
 * members that are null do not count: an absent member means null.
 */
export class RecordDigester {
  #records = 0;
  #sum = 0n;

  line(line: string): void {
    if (line === '') return;
    const {type, record} = JSON.parse(line) as Message;
    if (type !== 'RECORD' || record === undefined) return;
    const present = Object.entries(record.data).filter(([, value]) => value !== null);
    present.sort(([a], [b]) => (a < b ? -1 : 1));
    const hash = createHash('md5').update(JSON.stringify(present)).digest();
    this.#records += 1;
    this.#sum = BigInt.asUintN(64, this.#sum + hash.readBigUInt64LE());
  }

  digest(): RecordDigest {
    return {records: this.#records, sum: this.#sum.toString(16)};
  }
}

/**
 * The digest of a file of messages, read as a stream.
 *
 * @param isWanted Which lines count; all unless said.
 */
export async function digestFile(
  path: string,
  isWanted: (line: string) => boolean = () => true,
): Promise<RecordDigest> {
  const digester = new RecordDigester();
  for await (const line of createInterface({input: createReadStream(path)})) {
    if (isWanted(line)) digester.line(line);
  }
  return digester.digest();
}
