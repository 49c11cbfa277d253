import {syntaxError} from './refusals';

/** A piece of a statement. */
export type Token =
  /** Unquoted: a key word, a type, a function, or a name. */
  | {readonly kind: 'word'; readonly text: string}
  /** In backticks, and free of them here. */
  | {readonly kind: 'name'; readonly text: string}
  /** A string literal, its escapes resolved. */
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'number'; readonly text: string}
  | {readonly kind: 'symbol'; readonly text: string};

type Kind = Token['kind'];

const BLANK = /\s+|--[^\n]*/y;
const PIECES: readonly (readonly [Kind, RegExp])[] = [
  ['name', /`(?:[^`]|``)*`/y],
  ['text', /'(?:[^'\\]|\\[\s\S])*'/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z_0-9]*/y],
  ['symbol', /<=>|<>|<=|>=|!=|::|\|\||=>|[-+*/%=<>().,;:?[\]]/y],
];

/** Escapes of Spark's literals; what stands behind any other backslash is itself. */
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  '0': '\0',
  Z: '\u001a',
};

/** The pieces of a statement as Spark reads them. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = skip(sql, 0); at < sql.length; at = skip(sql, at)) {
    const [token, length] = pieceAt(sql, at);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function skip(sql: string, from: number): number {
  let at = from;
  for (;;) {
    BLANK.lastIndex = at;
    const found = BLANK.exec(sql);
    if (found === null) return at;
    at += found[0].length;
  }
}

function pieceAt(sql: string, at: number): readonly [Token, number] {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found !== null) return [{kind, text: plain(kind, found[0])}, found[0].length];
  }
  const near = JSON.stringify(sql.slice(at, at + 20));
  throw syntaxError(`Syntax error at or near ${near}.`);
}

function plain(kind: Kind, text: string): string {
  if (kind === 'name') return text.slice(1, -1).replaceAll('``', '`');
  if (kind !== 'text') return text;
  return text
    .slice(1, -1)
    .replaceAll(/\\(?:u(.{4})|U(.{8})|([^]))/gu, (_, ...parts: string[]) => {
      const [short, long, escaped = ''] = parts;
      const code = short ?? long;
      if (code === undefined) return ESCAPES[escaped] ?? escaped;
      return String.fromCodePoint(Number.parseInt(code, 16));
    });
}
