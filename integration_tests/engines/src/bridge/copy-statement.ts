import {
  closingBracket,
  dottedName,
  meaningful,
  syntaxError,
  textValue,
  tokenize,
  wordsAt,
  type Token,
} from '../wire';
import {unsupported} from './rewrite';

/** A `COPY INTO` of Parquet files, taken apart. */
export interface CopyStatement {
  /** The target as written. */
  readonly target: string;
  /** The select list as written, from `SELECT` on; none: every column. */
  readonly select: string | undefined;
  readonly folder: string;
  /** Names of files in the folder; none: all of it, or the one file it names. */
  readonly files: readonly string[] | undefined;
  /** Load files again that were loaded already. */
  readonly force: boolean;
  readonly mergeSchema: boolean;
}

/** Throws a syntax error, or a refusal that names what the bridge leaves out. */
export function parseCopyInto(sql: string): CopyStatement {
  const tokens = meaningful(tokenize(sql));
  if (!wordsAt(tokens, 0, 'COPY', 'INTO')) throw syntaxError(tokens[0]);
  const name = dottedName(tokens, 2);
  const target = tokens
    .slice(2, name.end)
    .map(({text}) => text)
    .join('');
  if (!wordsAt(tokens, name.end, 'FROM')) throw syntaxError(tokens[name.end]);
  const source = parseSource(sql, tokens, name.end + 1);
  return {target, ...source.parsed, ...parseOptions(tokens, source.end)};
}

interface Source {
  readonly parsed: Pick<CopyStatement, 'select' | 'folder'>;
  readonly end: number;
}

/** `'folder'` or `(SELECT .. FROM 'folder')` */
function parseSource(sql: string, tokens: readonly Token[], at: number): Source {
  if (tokens[at]?.text !== '(')
    return {parsed: {select: undefined, folder: textValue(tokens[at])}, end: at + 1};
  const close = closingBracket(tokens, at);
  const folder = tokens[close - 1];
  if (folder?.kind !== 'text' || !wordsAt(tokens, close - 2, 'FROM'))
    throw unsupported('A source of COPY INTO with an alias or a condition');
  return {
    parsed: {select: selectList(sql), folder: textValue(folder)},
    end: close + 1,
  };
}

/** The text between the first bracket and the last FROM inside it, blanks and all. */
function selectList(sql: string): string {
  const tokens = tokenize(sql);
  const from = tokens.findIndex((_token, at) => wordsAt(tokens, at, 'FROM'));
  const open = tokens.findIndex(({text}, at) => at > from && text === '(');
  const inside = tokens.slice(open + 1, closingBracket(tokens, open));
  const last = inside.findLastIndex((_token, at) => wordsAt(inside, at, 'FROM'));
  return inside
    .slice(0, last)
    .map(({text}) => text)
    .join('');
}

type Options = Pick<CopyStatement, 'files' | 'force' | 'mergeSchema'>;

function parseOptions(tokens: readonly Token[], start: number): Options {
  const clauses = new Map<string, readonly string[]>();
  for (let at = start; at < tokens.length;) {
    const clause = parseClause(tokens, at);
    clauses.set(clause.name, clause.texts);
    at = clause.end;
  }
  const settings = pairs([
    ...(clauses.get('COPY_OPTIONS') ?? []),
    ...(clauses.get('FORMAT_OPTIONS') ?? []),
  ]);
  return {
    files: clauses.get('FILES'),
    force: settings.get('force') === 'true',
    mergeSchema: settings.get('mergeSchema') === 'true',
  };
}

interface Clause {
  readonly name: string;
  readonly texts: readonly string[];
  readonly end: number;
}

/** `FILEFORMAT = PARQUET`, `FILES = (..)`, `COPY_OPTIONS (..)` or `FORMAT_OPTIONS (..)` */
function parseClause(tokens: readonly Token[], at: number): Clause {
  const name = tokens[at]?.text.toUpperCase() ?? '';
  switch (name) {
    case 'FILEFORMAT':
      requireParquet(tokens[at + 2]);
      return {name, texts: [], end: at + 3};
    case 'FILES':
      return {name, ...textList(tokens, at + 2)};
    case 'COPY_OPTIONS':
    case 'FORMAT_OPTIONS':
      return {name, ...textList(tokens, at + 1)};
    default:
      throw unsupported(`${name} in COPY INTO`);
  }
}

function requireParquet(format: Token | undefined): void {
  if (format?.text.toUpperCase() !== 'PARQUET')
    throw unsupported(`COPY INTO of ${format?.text ?? 'no format'}`);
}

/** The literals within the brackets that open at `open`. */
function textList(
  tokens: readonly Token[],
  open: number,
): {readonly texts: string[]; readonly end: number} {
  if (tokens[open]?.text !== '(') throw syntaxError(tokens[open]);
  const close = closingBracket(tokens, open);
  const literals = tokens.slice(open + 1, close).filter(({kind}) => kind === 'text');
  return {texts: literals.map(textValue), end: close + 1};
}

/** `'key' = 'value', ..` from the flat list of its literals. */
function pairs(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.flatMap((key, at): [string, string][] =>
      at % 2 === 0 ? [[key, texts[at + 1] ?? '']] : [],
    ),
  );
}
