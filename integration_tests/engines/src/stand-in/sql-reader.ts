import {syntaxError, unsupported} from './refusals';
import {type Token, tokensOf} from './sql-tokens';

const END: Token = {kind: 'symbol', text: ''};

/** Walks through a statement from left to right. What does not fit is refused. */
export class SqlReader {
  #tokens: readonly Token[];
  #at = 0;

  constructor(readonly sql: string) {
    this.#tokens = tokensOf(sql);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Whether these words or symbols come next. */
  isNext(phrase: string): boolean {
    return phrase.split(' ').every((part, ahead) => isPart(this.#peek(ahead), part));
  }

  /** Takes the words or symbols if they come next. */
  takes(phrase: string): boolean {
    const isNext = this.isNext(phrase);
    if (isNext) this.#at += phrase.split(' ').length;
    return isNext;
  }

  /** Takes the words or symbols, which have to come. */
  expect(phrase: string): void {
    if (!this.takes(phrase)) throw this.unexpected(phrase);
  }

  /** A name in backticks. */
  name(): string {
    return this.#take('name');
  }

  /** Names with dots between them. */
  names(): readonly string[] {
    const names = [this.name()];
    while (this.takes('.')) names.push(this.name());
    return names;
  }

  /** Names with commas between them, in parentheses. */
  nameList(): readonly string[] {
    this.expect('(');
    const names = this.list(() => this.name());
    this.expect(')');
    return names;
  }

  text(): string {
    return this.#take('text');
  }

  word(): string {
    return this.#take('word');
  }

  number(): string {
    return this.#take('number');
  }

  /** One or more of something, with commas between them. */
  list<Item>(item: () => Item): readonly Item[] {
    const items = [item()];
    while (this.takes(',')) items.push(item());
    return items;
  }

  /** The next token, taken. */
  next(): Token {
    if (this.isAtEnd) throw this.unexpected('more');
    const token = this.#peek(0);
    this.#at += 1;
    return token;
  }

  peek(): Token {
    return this.#peek(0);
  }

  /** The statement has to end here. */
  end(): void {
    if (!this.isAtEnd) throw this.unexpected('the end');
  }

  unexpected(wanted: string): Error {
    if (this.isAtEnd) {
      return syntaxError(`Expected ${wanted}, found the end.`);
    }
    const {text} = this.#peek(0);
    return unsupported(`${wanted} expected instead of "${text}" in ${this.sql}`);
  }

  #take(kind: Token['kind']): string {
    const token = this.#peek(0);
    if (this.isAtEnd || token.kind !== kind) throw this.unexpected(`a ${kind}`);
    this.#at += 1;
    return token.text;
  }

  #peek(ahead: number): Token {
    return this.#tokens[this.#at + ahead] ?? END;
  }
}

function isPart({kind, text}: Token, part: string): boolean {
  if (kind === 'word') return text.toUpperCase() === part.toUpperCase();
  return (kind === 'symbol' || kind === 'number') && text === part;
}
