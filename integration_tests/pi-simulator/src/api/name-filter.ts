/**
 * The test a PI query string stands for: `*`, `?`, `[bc]`, `[!bc]`, backslash escapes;
 * without wildcards the whole name; in any case. Undefined matches everything.
 */
export function nameFilter(filter: string | undefined): (name: string) => boolean {
  if (filter === undefined || filter === '*') return () => true;
  const pattern = new RegExp(`^${translate(filter)}$`, 'isu');
  return (name) => pattern.test(name);
}

const TOKEN = /\\(.)|\[(!?)([^\]]+)\]|\*|\?|[^]/gsu;

function translate(filter: string): string {
  return filter.replaceAll(
    TOKEN,
    (token, escaped?: string, not?: string, set?: string) => {
      if (escaped !== undefined) return literal(escaped);
      if (set !== undefined)
        return `[${not === '!' ? '^' : ''}${set.replaceAll(/[\\^\]]/g, '\\$&')}]`;
      if (token === '*') return '.*';
      return token === '?' ? '.' : literal(token);
    },
  );
}

function literal(character: string): string {
  return character.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
