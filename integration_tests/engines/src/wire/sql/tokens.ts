import {SqlError} from '../answers/sql-error';

/** A piece of a statement. The texts of all pieces joined are the statement. */
export interface Token {
  readonly kind: 'space' | 'text' | 'quoted_name' | 'word' | 'sign';
  readonly text: string;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\n]*|/\*[^]*?\*/)`,
    String.raw`(?<text>'(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*")`,
    '(?<quoted_name>`(?:[^`]|``)*`)',
    String.raw`(?<word>[A-Za-z_]\w*)`,
    String.raw`(?<sign>\d[\w.]*|::|=>|[^])`,
  ].join('|'),
  'gu',
);

/** Splits a statement so that literals, quoted names and comments are left alone. */
export function tokenize(sql: string): Token[] {
  return [...sql.matchAll(TOKEN)].map(({0: text, groups = {}}) => ({
    kind: KINDS.find((kind) => groups[kind] !== undefined) ?? 'sign',
    text,
  }));
}

const KINDS = ['space', 'text', 'quoted_name', 'word', 'sign'] as const;

/** The pieces that mean something: all but blanks and comments. */
export function meaningful(tokens: readonly Token[]): Token[] {
  return tokens.filter(({kind}) => kind !== 'space');
}

/** True if the pieces from `at` on are these words, in whatever case. */
export function wordsAt(
  tokens: readonly Token[],
  at: number,
  ...words: readonly string[]
): boolean {
  return words.every((word, offset) => {
    const token = tokens[at + offset];
    return token?.kind === 'word' && token.text.toUpperCase() === word;
  });
}

/** The value of a text literal. Throws a syntax error for anything else. */
export function textValue(token: Token | undefined): string {
  if (token?.kind !== 'text') throw syntaxError(token);
  const quote = token.text.charAt(0);
  return token.text
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .replaceAll(
      /\\(?:(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|([^]))/gu,
      (_whole, code: string | undefined, letter: string) =>
        code === undefined
          ? (ESCAPES[letter] ?? letter)
          : String.fromCodePoint(Number.parseInt(code.slice(1), 16)),
    );
}

/** A literal that stands for this text, whatever it holds; `${` would be a variable. */
export function textLiteral(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\u0024{');
  return `'${escaped}'`;
}

/** A name without its quotes. Throws a syntax error for anything else. */
export function nameValue(token: Token | undefined): string {
  if (token?.kind === 'word') return token.text;
  if (token?.kind !== 'quoted_name') throw syntaxError(token);
  return token.text.slice(1, -1).replaceAll('``', '`');
}

/** Reads `a.b.c` from `at` on: the parts, and where the name ends. */
export function dottedName(
  tokens: readonly Token[],
  at: number,
): {readonly parts: string[]; readonly end: number} {
  const parts = [nameValue(tokens[at])];
  let end = at + 1;
  while (tokens[end]?.text === '.') {
    parts.push(nameValue(tokens[end + 1]));
    end += 2;
  }
  return {parts, end};
}

/** The place of the bracket that closes the one at `open`. */
export function closingBracket(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const {kind, text} = tokens[at] ?? {kind: 'space', text: ''};
    if (kind !== 'sign') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw syntaxError(tokens[open]);
}

export function syntaxError(token: Token | undefined): SqlError {
  return new SqlError(
    'PARSE_SYNTAX_ERROR',
    `Syntax error at or near ${token?.text ?? 'end of input'}.`,
    '42601',
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  0: '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
};
