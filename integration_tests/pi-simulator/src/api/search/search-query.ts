import {badRequest} from '../api-error';

/** How a filter compares. */
export type Operator = ':' | ':=' | ':<>' | ':<' | ':<=' | ':>' | ':>=';

/** One condition of a search. */
export interface SearchFilter {
  /** In lower case; an attribute value's begins with a pipe. Empty for a bare text. */
  readonly name: string;
  readonly operator: Operator;
  readonly value: string;
  /** What stood in braces, for a search inside a search. */
  readonly inner: string | undefined;
}

const NAME = /(\w+|\|[^:]+?)\s*(:(?:=|<>|<=|>=|<|>)?)\s*/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'/y;
const BARE = /(?:\\[^]|[^\s\\])+/y;
const BLANKS = /\s*/y;

/**
 * Reads a search query: alternatives joined by `OR`, each a list of filters joined by
 * `AND` or by blanks.
 *
 * @throws ApiError 400 for text that is no query.
 */
export function parseSearch(text: string): readonly (readonly SearchFilter[])[] {
  const reader = new Reader(text);
  const groups: SearchFilter[][] = [[]];
  while (!reader.isAtEnd()) {
    const word = reader.conjunction();
    if (word === 'OR') groups.push([]);
    else if (word === undefined) groups.at(-1)?.push(reader.filter());
  }
  return groups;
}

/** The filters of a query that knows no alternatives. @throws ApiError 400 */
export function parseFilters(text: string): readonly SearchFilter[] {
  const [filters = [], ...others] = parseSearch(text);
  if (others.length > 0) throw badRequest('This search knows no OR.');
  return filters;
}

/** Walks over the text of a query. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    this.take(BLANKS);
    return this.at >= this.text.length;
  }

  conjunction(): 'AND' | 'OR' | undefined {
    const found = this.take(/(AND|OR)(?=\s|$)/iy)?.[1]?.toUpperCase();
    return found === 'AND' || found === 'OR' ? found : undefined;
  }

  filter(): SearchFilter {
    const [, name = '', operator = ':='] = this.take(NAME) ?? [];
    const head = {name: name.trim().toLowerCase(), operator: operator as Operator};
    if (this.text[this.at] === '{') return {...head, value: '', inner: this.braces()};
    const value = this.quoted() ?? this.take(BARE)?.[0];
    if (value !== undefined) return {...head, value, inner: undefined};
    throw badRequest(`The query ends where a value of '${name}' is expected.`);
  }

  /** In quotes a backslash protects the next character, whatever it is. */
  private quoted(): string | undefined {
    const match = this.take(QUOTED);
    const text = match?.[1] ?? match?.[2];
    return text?.replaceAll(/\\([^])/g, '$1');
  }

  private braces(): string {
    let depth = 0;
    for (let end = this.at; end < this.text.length; end += 1) {
      if (this.text[end] === '{') depth += 1;
      if (this.text[end] === '}') depth -= 1;
      if (depth > 0) continue;
      const inner = this.text.slice(this.at + 1, end);
      this.at = end + 1;
      return inner;
    }
    throw badRequest('A brace of the query is not closed.');
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    return match;
  }
}
