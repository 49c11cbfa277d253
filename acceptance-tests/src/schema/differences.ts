/**
 * The places where two JSON documents differ, as paths; the order of members does not
 * matter, that of lists does.
 */
export function differences(
  left: unknown,
  right: unknown,
  path = '',
): readonly string[] {
  if (Object.is(left, right)) return [];
  if (!isContainer(left) || !isContainer(right) || isList(left) !== isList(right)) {
    return [path === '' ? 'the root' : path];
  }
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((name) =>
    differences(left[name], right[name], `${path}/${name}`),
  );
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isList(value: object): boolean {
  return Array.isArray(value);
}
