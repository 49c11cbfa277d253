import Int64 from 'node-int64';

/** A 64-bit number as Thrift carries it. */
export function int64(value: bigint | number): Int64 {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return new Int64(bytes);
}
