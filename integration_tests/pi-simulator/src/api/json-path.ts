const STEP = /\.([^.[\]]+)|\[(\d+|\*)\]|\[['"]([^'"]*)['"]\]/gy;

/**
 * The tokens a JSONPath selects: names, indexes and wildcards, as batches use them.
 * Names are compared as written. An expression it cannot read selects nothing.
 */
export function selectTokens(root: unknown, expression: string): readonly unknown[] {
  const text = expression.trim();
  if (!text.startsWith('$')) return [];
  let tokens: readonly unknown[] = [root];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null) return [];
    const step = match[1] ?? match[2] ?? match[3] ?? '';
    tokens = tokens.flatMap((token) => children(token, step));
  }
  return tokens;
}

function children(token: unknown, step: string): readonly unknown[] {
  if (typeof token !== 'object' || token === null) return [];
  if (step === '*') return Object.values(token);
  return Object.hasOwn(token, step) ? [(token as Record<string, unknown>)[step]] : [];
}
