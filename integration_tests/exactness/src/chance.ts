/** Reproducible chance: the same seed and the same questions give the same answers. */
export class Chance {
  private state: number;

  constructor(readonly seed: number) {
    this.state = scrambled(seed);
  }

  /** Chance of its own for one part, so that parts do not disturb each other. */
  fork(part: string): Chance {
    let hash = this.seed | 0;
    for (const letter of part) hash = scrambled(hash ^ (letter.codePointAt(0) ?? 0));
    return new Chance(hash);
  }

  /** In `[0, 1)`. */
  share(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    return (scrambled(this.state) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends possible. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1));
  }

  /** Small numbers more often than large ones. */
  small(least: number, most: number): number {
    return least + Math.floor(this.share() ** 2 * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.share() < probability;
  }

  one<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.share() * items.length)];
    if (item === undefined) throw new RangeError('There is nothing to choose from.');
    return item;
  }

  /** So many different ones, in the order of the list. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const places = new Set<number>();
    const most = Math.min(count, items.length);
    while (places.size < most) places.add(this.whole(0, items.length - 1));
    return items.filter((_, place) => places.has(place));
  }
}

function scrambled(number: number): number {
  let hash = number | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return hash ^ (hash >>> 15);
}
