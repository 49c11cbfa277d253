const SURROGATES = 0xd800;
const BEHIND_SURROGATES = 0xe000;

/**
 * Compares two texts as their UTF-8 bytes compare, which is how Parquet, Delta and the
 * engines order them. JavaScript's `<` compares UTF-16 units and differs for characters
 * beyond U+FFFF.
 */
export function compareText(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return weight(left) - weight(right);
  }
  return a.length - b.length;
}

/** Moves the surrogates, which stand for the highest characters, to the end. */
function weight(unit: number): number {
  if (unit < SURROGATES) return unit;
  return unit >= BEHIND_SURROGATES ? unit - 0x800 : unit + 0x2000;
}
