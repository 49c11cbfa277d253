import {release} from '../released';

type Buffers =
  | Uint8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** A longer array of the same kind with the same beginning; the old one is given up. */
export function enlarged<Kind extends Buffers>(old: Kind, length: number): Kind {
  const make = old.constructor as new (length: number) => Kind;
  const larger = new make(length);
  larger.set(old);
  if (old.length > 0) release([old.buffer]);
  return larger;
}
