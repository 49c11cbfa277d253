/** A number between the marks of JSON that is written with a zero fraction or a power. */
const SUSPECT = /[:[,\s]-?\d+(?:\.0+|(?:\.\d+)?[eE][+-]?\d+)[\s,\]}]/;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The text of a line in which every whole number written as a fraction (`1.0`, `1e3`) has
 * become 0.5; undefined where there is none. JSON.parse takes `1.0` for an integer, which
 * a typed reader does not.
 */
export function withFractionsShown(text: string): string | undefined {
  if (!SUSPECT.test(text)) return undefined;
  const shown = text.replace(STRING_OR_NUMBER, (token) =>
    isWholeFraction(token) ? '0.5' : token,
  );
  return shown === text ? undefined : shown;
}

function isWholeFraction(token: string): boolean {
  return (
    !token.startsWith('"') && /[.eE]/.test(token) && Number.isInteger(Number(token))
  );
}
