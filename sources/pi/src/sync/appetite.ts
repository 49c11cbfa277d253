/** How much of what the user allows is asked for at once, as PI's answers teach it. */
export interface Appetite {
  /** Of the values an answer may hold: above 0, at most 1. */
  readonly share: number;
  /** Bytes of WebIDs that a URL may hold. */
  readonly urlBytes: number;
}

/** A proxy of the tightest usual kind takes URLs of 7,500 bytes. */
export const FULL_APPETITE: Appetite = {share: 1, urlBytes: 6500};

const SMALLEST_SHARE = 1 / 64;
const GROWTH = 1 / 64;
/** Some ten WebIDs. */
const FEWEST_URL_BYTES = 400;

/** An answer came in time: a little more may be asked for. */
export function afterAnswer(appetite: Appetite): Appetite {
  if (appetite.share === 1) return appetite;
  return {...appetite, share: Math.min(1, appetite.share + GROWTH)};
}

/** An answer was too large or took too long: the next are half as large. */
export function afterTooMuch(appetite: Appetite): Appetite {
  return {...appetite, share: Math.max(SMALLEST_SHARE, appetite.share / 2)};
}

/** Something on the way took no URL of this length; URLs do not grow again. */
export function afterLongUrl(appetite: Appetite): Appetite {
  const urlBytes = Math.floor(appetite.urlBytes / 2);
  return {...appetite, urlBytes: Math.max(FEWEST_URL_BYTES, urlBytes)};
}
