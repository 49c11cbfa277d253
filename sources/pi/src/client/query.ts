/** Query parameters in the order they are to stand; undefined ones are left out. */
export type Query = Readonly<
  Record<string, string | number | boolean | undefined | readonly string[]>
>;

/** `a=1&b=x%20y`; an array repeats its name, as PI Web API wants it. */
function queryText(query: Query): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values: readonly string[] =
      typeof value === 'object' ? value : [String(value)];
    for (const one of values) pairs.push(`${name}=${encodeURIComponent(one)}`);
  }
  return pairs.join('&');
}

/** `dataservers/I1DS…/points?startIndex=0`; each part of the path is encoded. */
export function pathWithQuery(parts: readonly string[], query: Query = {}): string {
  const path = parts.map((part) => encodeURIComponent(part)).join('/');
  const text = queryText(query);
  return text === '' ? path : `${path}?${text}`;
}
