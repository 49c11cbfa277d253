import {
  closingBracket,
  meaningful,
  nameValue,
  SqlError,
  textLiteral,
  textValue,
  tokenize,
  wordsAt,
  type Token,
} from '../wire';

/** What of a statement Spark would not understand, in the words of the log. */
export type Rewriting = 'volume path' | 'read_files' | 'USE CATALOG' | 'parameters';

export interface Rewritten {
  readonly sql: string;
  /** Empty: not a letter was changed. */
  readonly rewritings: readonly Rewriting[];
}

/** Where a path on a volume lies on disk. */
export type Locate = (volumePath: string) => string;

/** Puts into a statement what open-source Spark has instead: nothing else is touched. */
export function rewriteForSpark(sql: string, locate: Locate): Rewritten {
  const tokens = tokenize(sql);
  const catalog = usedCatalog(meaningful(tokens));
  if (catalog !== undefined)
    return {sql: `SET CATALOG ${textLiteral(catalog)}`, rewritings: ['USE CATALOG']};
  const pieces = [...piecesOf(tokens, locate)];
  const rewritings = pieces.flatMap(({rewriting}) => rewriting ?? []);
  return {
    sql: pieces.map(({text}) => text).join(''),
    rewritings: [...new Set(rewritings)],
  };
}

interface Piece {
  readonly text: string;
  readonly rewriting?: Rewriting;
}

function* piecesOf(tokens: readonly Token[], locate: Locate): Generator<Piece> {
  let next = 0;
  for (const [at, {text}] of tokens.entries()) {
    if (at < next) continue;
    const change = changeAt(tokens, at, locate);
    next = change?.end ?? at + 1;
    yield change ?? {text};
  }
}

/** The catalog of `USE CATALOG name`; none for other statements. */
function usedCatalog(tokens: readonly Token[]): string | undefined {
  return wordsAt(tokens, 0, 'USE', 'CATALOG') ? nameValue(tokens[2]) : undefined;
}

interface Change extends Piece {
  readonly rewriting: Rewriting;
  /** The place behind what was replaced. */
  readonly end: number;
}

function changeAt(
  tokens: readonly Token[],
  at: number,
  locate: Locate,
): Change | undefined {
  const token = tokens[at];
  if (token?.kind === 'quoted_name' && /^`(dbfs:)?\/Volumes\//.test(token.text)) {
    const text = onDisk(nameValue(token), locate);
    return {text, rewriting: 'volume path', end: at + 1};
  }
  return wordsAt(tokens, at, 'READ_FILES') ? readFiles(tokens, at, locate) : undefined;
}

/** `read_files('/Volumes/..', format => 'parquet')` */
function readFiles(tokens: readonly Token[], at: number, locate: Locate): Change {
  const open = tokens.findIndex(({text}, place) => place > at && text === '(');
  const close = closingBracket(tokens, open);
  const [folder, ...options] = meaningful(tokens.slice(open + 1, close));
  const format = options.find(({kind}) => kind === 'text');
  if (format !== undefined && textValue(format) !== 'parquet')
    throw unsupported(`read_files of ${textValue(format)}`);
  return {
    text: `parquet.${onDisk(textValue(folder), locate)}`,
    rewriting: 'read_files',
    end: close + 1,
  };
}

/** A path on a volume as Spark reads it, behind `parquet.`. */
export function onDisk(volumePath: string, locate: Locate): string {
  return `\`file:${locate(volumePath)}\``;
}

/** The refusal of what Databricks has and this bridge leaves out on purpose. */
export function unsupported(what: string): SqlError {
  return new SqlError('UNSUPPORTED_BY_BRIDGE', `${what} is not bridged.`, '0A000');
}
