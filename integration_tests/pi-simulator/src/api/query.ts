import {badRequest} from './api-error';

/**
 * The parameters of a request: names in any case, repeated names for lists, unknown
 * ones ignored.
 *
 * A route may only ask for parameters it says it honours, so that the list a route
 * states can be held against the published contract.
 */
export class Query {
  private readonly values = new Map<string, string[]>();
  private readonly honoured: ReadonlySet<string>;

  constructor(search: string, honoured: readonly string[]) {
    this.honoured = new Set(honoured.map((name) => name.toLowerCase()));
    for (const pair of search.split('&')) {
      if (pair !== '') this.add(pair);
    }
  }

  private add(pair: string): void {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, [value]);
    else known.push(value);
  }

  /** Whether the route knows a parameter. */
  honours(name: string): boolean {
    return this.honoured.has(name.toLowerCase());
  }

  /** Every value of a repeated parameter. */
  all(name: string): readonly string[] {
    const key = name.toLowerCase();
    if (!this.honoured.has(key))
      throw new RangeError(`The route does not state ${name}.`);
    return this.values.get(key) ?? [];
  }

  /** The last value; undefined where absent or empty. */
  text(name: string): string | undefined {
    const value = this.all(name).at(-1);
    return value === '' ? undefined : value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw badRequest(`The parameter '${name}' is required.`);
    return value;
  }

  /** @throws ApiError 400 where the value is not a whole number from 0 on. */
  count(name: string, byDefault: number): number {
    const value = this.text(name);
    if (value === undefined) return byDefault;
    if (!/^\d+$/.test(value)) throw invalid(name, value);
    return Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') throw invalid(name, value);
    return value === 'true';
  }

  /** One of a list of words, in any case. */
  word<W extends string>(name: string, words: readonly W[]): W | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : wordOf(name, value, words);
  }

  /** Each value of a repeated parameter as one of a list of words. */
  words<W extends string>(name: string, words: readonly W[]): readonly W[] {
    return this.all(name)
      .filter((value) => value !== '')
      .map((value) => wordOf(name, value, words));
  }
}

function wordOf<W extends string>(name: string, value: string, words: readonly W[]): W {
  const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw invalid(name, value);
  return found;
}

function invalid(name: string, value: string): Error {
  return badRequest(`The value '${value}' is not valid for the parameter '${name}'.`);
}

function decode(text: string): string {
  const blanks = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!blanks.includes('%')) return blanks;
  try {
    return decodeURIComponent(blanks);
  } catch {
    throw badRequest('The query is not percent-encoded UTF-8.');
  }
}
