const SMALLEST = 1 << 12;
const HIGHEST_LOAD = 0.6;
const TWO_TO_32 = 2 ** 32;
const LOW_21_BITS = (1 << 21) - 1;

/** A number of 53 bits for a text; equal texts have equal numbers. Not for secrets. */
export function hash53(text: string): number {
  let low = 0x9e3779b9;
  let high = 0x7f4a7c15;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 15;
    high = Math.imul(high + unit, 0xc2b2ae35);
    high ^= high >>> 13;
  }
  low = mixed(low ^ text.length);
  high = mixed(high ^ low);
  return (high & LOW_21_BITS) * TWO_TO_32 + (low >>> 0);
}

function mixed(value: number): number {
  let at = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  at = Math.imul(at ^ (at >>> 15), 0x846ca68b);
  return at ^ (at >>> 16);
}

/**
 * A set of numbers as `hash53` makes them, in one typed table: 14 to 27 bytes for each,
 * outside of the heap. Zero is kept as one.
 */
export class HashSet {
  size = 0;
  #table = new Float64Array(SMALLEST);

  /** @returns whether it was not there yet. */
  add(hash: number): boolean {
    if (this.size + 1 > this.#table.length * HIGHEST_LOAD) this.#grow();
    const place = this.#placeOf(hash);
    if (this.#table[place] !== 0) return false;
    this.#table[place] = hash || 1;
    this.size += 1;
    return true;
  }

  has(hash: number): boolean {
    return this.#table[this.#placeOf(hash)] !== 0;
  }

  /** Where it is, or the free place where it would be. */
  #placeOf(hash: number): number {
    const wanted = hash || 1;
    const mask = this.#table.length - 1;
    let place = (wanted % TWO_TO_32) & mask;
    for (;;) {
      const found = this.#table[place];
      if (found === 0 || found === wanted) return place;
      place = (place + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Float64Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.#table[this.#placeOf(hash)] = hash;
  }
}

/**
 * What texts there were and how often, whatever their order: equal collections have equal
 * digests, and unequal ones differ but for a chance of one in 2^53.
 */
export class Collection {
  count = 0;
  #low = 0;
  #high = 0;

  add(text: string): void {
    const hash = hash53(text);
    this.count += 1;
    this.#low = (this.#low + (hash % TWO_TO_32)) % TWO_TO_32;
    this.#high = (this.#high + Math.floor(hash / TWO_TO_32)) % TWO_TO_32;
  }

  get digest(): string {
    return `${this.count} ${this.#low} ${this.#high}`;
  }
}
