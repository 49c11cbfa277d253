/** Mixes two 32-bit numbers into one that looks random: the plant's only source of chance. */
export function mix(a: number, b: number): number {
  let h = (a + Math.imul(b, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1). */
export function fraction(hash: number): number {
  return hash / 4_294_967_296;
}

/** Mixes any number of parts, texts included. */
export function mixAll(...parts: readonly (number | string)[]): number {
  return parts.reduce<number>(
    (hash, part) => mix(hash, typeof part === 'number' ? part : textHash(part)),
    0x2545f491,
  );
}

function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
