/** What a PI Web API allows unless its administrator has changed it. */
export const DEFAULT_MAX_COUNT_LIMIT = 150_000;

const PHRASE = Buffer.from('is greater than the maximum allowed (');
const PARENTHESIS = 0x28;

/**
 * `MaxReturnedItemsPerCall` as a refusal tells it; undefined where it tells nothing.
 *
 * Most texts are answers of megabytes that hold no refusal: they are searched for its
 * rarest character.
 */
export function maxCountLimitIn(text: string | Buffer): number | undefined {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  let at = bytes.indexOf(PARENTHESIS);
  while (at >= 0 && !isPhrase(bytes, at + 1)) at = bytes.indexOf(PARENTHESIS, at + 1);
  if (at < 0) return undefined;
  const number = /^\d+/.exec(bytes.toString('latin1', at + 1, at + 21))?.[0];
  return number === undefined ? undefined : Number(number);
}

function isPhrase(bytes: Buffer, end: number): boolean {
  const start = end - PHRASE.length;
  // Units hold parentheses too, but with no blank before them.
  if (start < 0 || bytes[end - 2] !== PHRASE.at(-2)) return false;
  return PHRASE.compare(bytes, start, end) === 0;
}
