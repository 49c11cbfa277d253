/** How much of what the user allows is asked for at once, as PI's answers teach it. */
export interface Appetite {
  /** Of the values an answer may hold: above 0, at most 1. */
  readonly share: number;
  /** Bytes of WebIDs that a URL may hold. */
  readonly urlBytes: number;
  /** Something was too much once: more is asked for only little by little. */
  readonly isCautious: boolean;
}

/** What an answer tells of how much may be asked for at once. */
export interface AnswerPace {
  /** How long the answer was under way. */
  readonly tookMs: number;
  /** PI has refused or failed requests since the answer before. */
  readonly wasRefused: boolean;
}

/** Small at first. A proxy of the tightest usual kind takes URLs of 7,500 bytes. */
export const FIRST_APPETITE: Appetite = {
  share: 1 / 4,
  urlBytes: 6500,
  isCautious: false,
};

const SMALLEST_SHARE = 1 / 64;
/** Refusals are for the number of requests first of all. */
const SMALLEST_REFUSED_SHARE = 1 / 8;
const GROWTH = 1 / 8;
const CAUTIOUS_GROWTH = 1 / 64;
/** Half of what many proxies wait at most. */
const TOO_SLOW_MS = 30_000;
/** Beyond this an answer is large enough. */
const SLOW_MS = 10_000;
/** Some ten WebIDs. */
const FEWEST_URL_BYTES = 400;

/**
 * An answer came: a little more may be asked for if it was quick, and half as much if it
 * was very slow, or if PI has refused requests in the meantime.
 */
export function afterAnswer(
  appetite: Appetite,
  {tookMs, wasRefused}: AnswerPace,
): Appetite {
  if (tookMs > TOO_SLOW_MS) return afterTooMuch(appetite);
  if (wasRefused) return halved(appetite, SMALLEST_REFUSED_SHARE);
  if (appetite.share === 1 || tookMs > SLOW_MS) return appetite;
  const growth = appetite.isCautious ? CAUTIOUS_GROWTH : GROWTH;
  return {...appetite, share: Math.min(1, appetite.share + growth)};
}

/** An answer was too large or took too long: the next are half as large. */
export function afterTooMuch(appetite: Appetite): Appetite {
  return halved(appetite, SMALLEST_SHARE);
}

function halved(appetite: Appetite, smallest: number): Appetite {
  const share = Math.max(Math.min(appetite.share, smallest), appetite.share / 2);
  return {...appetite, share, isCautious: true};
}

/** Something on the way took no URL of this length; URLs do not grow again. */
export function afterLongUrl(appetite: Appetite): Appetite {
  const urlBytes = Math.floor(appetite.urlBytes / 2);
  return {...appetite, urlBytes: Math.max(FEWEST_URL_BYTES, urlBytes)};
}
