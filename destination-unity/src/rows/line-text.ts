const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const SPACE = 32;

/**
 * The members of a record as they were written, for values that a parsed number can no
 * longer say: `JSON.parse` makes every number a double.
 *
 * The line is walked at most once, and only when a text is asked for.
 */
export class LineText {
  #line: string | undefined;
  #members: ReadonlyMap<string, string> | undefined;

  /** @param line The whole RECORD line, which must be JSON; undefined if it is not known. */
  hold(line: string | undefined): void {
    this.#line = line;
    this.#members = undefined;
  }

  /** JSON text of a member of the record's data, exactly as sent. */
  of(member: string): string | undefined {
    if (this.#line === undefined) return undefined;
    this.#members ??= dataMembers(this.#line);
    return this.#members.get(member);
  }
}

function dataMembers(line: string): ReadonlyMap<string, string> {
  const record = membersOf(line).get('record') ?? '{}';
  return membersOf(membersOf(record).get('data') ?? '{}');
}

/** Members of a JSON object's text. Of a name that occurs twice the last counts. */
function membersOf(json: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let at = json.indexOf('{') + 1;
  for (;;) {
    const nameAt = json.indexOf('"', at);
    if (nameAt < 0) return members;
    const nameEnd = endOfString(json, nameAt);
    const valueAt = afterSpace(json, afterSpace(json, nameEnd, COLON) + 1);
    const valueEnd = endOfValue(json, valueAt);
    const name = JSON.parse(json.slice(nameAt, nameEnd)) as string;
    members.set(name, json.slice(valueAt, valueEnd));
    at = valueEnd;
  }
}

function endOfValue(json: string, from: number): number {
  const first = json.charCodeAt(from);
  if (first === QUOTE) return endOfString(json, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfNest(json, from);
  let at = from;
  while (at < json.length && !endsLiteral(json.charCodeAt(at))) at++;
  return at;
}

function endOfNest(json: string, from: number): number {
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === QUOTE) at = endOfString(json, at) - 1;
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) depth++;
    else if ((char === CLOSE_BRACE || char === CLOSE_BRACKET) && --depth === 0)
      return at + 1;
  }
  return json.length;
}

/** The position behind the closing quote. */
function endOfString(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === BACKSLASH) at++;
    else if (char === QUOTE) return at + 1;
  }
  return json.length;
}

/** First position that is not white space; with `until`, the first of that character. */
function afterSpace(json: string, from: number, until?: number): number {
  let at = from;
  while (at < json.length) {
    const char = json.charCodeAt(at);
    if (until === undefined ? char > SPACE : char === until) return at;
    at++;
  }
  return at;
}

function endsLiteral(char: number): boolean {
  return (
    char === COMMA || char === CLOSE_BRACE || char === CLOSE_BRACKET || char <= SPACE
  );
}
