/** What a PI Web API allows unless its administrator has changed it. */
export const DEFAULT_MAX_COUNT_LIMIT = 150_000;

const PHRASE = 'is greater than the maximum allowed (';

/** `MaxReturnedItemsPerCall` as a refusal tells it; undefined where it tells nothing. */
export function maxCountLimitIn(text: string | Buffer): number | undefined {
  const at = text.indexOf(PHRASE);
  if (at < 0) return undefined;
  const from = at + PHRASE.length;
  const number = /^\d+/.exec(text.slice(from, from + 20).toString())?.[0];
  return number === undefined ? undefined : Number(number.replaceAll(',', ''));
}
