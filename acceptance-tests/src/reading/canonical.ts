/** The text of a JSON value: the same for equal values, whatever the order of members. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = value as Readonly<Record<string, unknown>>;
  const texts = Object.keys(members)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`);
  return `{${texts.join(',')}}`;
}

/**
 * The text of a record's data without some of its fields. A field that is null may be
 * left out of a record, so it is left out here.
 */
export function canonicalData(
  data: Readonly<Record<string, unknown>>,
  ignored: ReadonlySet<string>,
): string {
  const kept = Object.entries(data).filter(
    ([name, value]) => value !== null && !ignored.has(name),
  );
  return canonical(Object.fromEntries(kept));
}

/** The values under paths of fields, in the order of the paths. */
export function valuesAt(
  data: unknown,
  paths: readonly (readonly string[])[],
): readonly unknown[] {
  return paths.map((path) => valueAt(data, path));
}

/** The value under a path of fields; null where something on the way is missing. */
function valueAt(data: unknown, path: readonly string[]): unknown {
  let at = data;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return null;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at ?? null;
}
