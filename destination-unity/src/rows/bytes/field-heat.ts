/** Lines after the last one that was learned, up to which another one comes soon. */
const SOON_LINES = 32;

const HOTTER = 16;
const COOLER = 8;
const HOTTEST = 64;
const HOT = 32;

/**
 * Tells which members change so often that their values are better read than expected to
 * be the last ones again. One that changed in two lines learned soon after each other
 * counts as such; it ceases to when lines are learned seldom.
 */
export class FieldHeat {
  readonly #heat: Uint8Array;
  #isSoon = false;

  constructor(fields: number) {
    this.#heat = new Uint8Array(fields);
  }

  /** A line is learned, so many lines after the last one that was. */
  begin(lines: number): void {
    this.#isSoon = lines <= SOON_LINES;
  }

  /** Takes note of a field in the line, and says whether it is to be read. */
  isHot(field: number, hasChanged: boolean): boolean {
    const heat = this.#heat[field] ?? 0;
    const next =
      hasChanged && this.#isSoon
        ? Math.min(HOTTEST, heat + HOTTER)
        : Math.max(0, heat - COOLER);
    this.#heat[field] = next;
    return next >= HOT;
  }
}
