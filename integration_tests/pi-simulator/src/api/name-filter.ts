/**
 * The test a PI query string stands for: `*`, `?`, `[bc]`, `[!bc]`, backslash escapes;
 * without wildcards the whole name; in any case. Undefined matches everything.
 */
export function nameFilter(filter: string | undefined): (name: string) => boolean {
  if (filter === undefined || filter === '*') return () => true;
  const pattern = new RegExp(`^${translate(filter)}$`, 'isu');
  return (name) => pattern.test(name);
}

const TOKEN = /\\.|\[!?[^\]]+\]|[^]/gsu;

function translate(filter: string): string {
  return filter.replaceAll(TOKEN, (token) => {
    if (token === '*') return '.*';
    if (token === '?') return '.';
    if (token.length > 1 && token.startsWith('\\')) return literal(token.slice(1));
    return token.length > 2 && token.startsWith('[') ? set(token) : literal(token);
  });
}

/** `[bc]` or `[!bc]`. */
function set(token: string): string {
  const isNegated = token.startsWith('[!');
  const characters = token.slice(isNegated ? 2 : 1, -1).replaceAll(/[\\^\]]/g, '\\$&');
  return `[${isNegated ? '^' : ''}${characters}]`;
}

function literal(character: string): string {
  return character.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
