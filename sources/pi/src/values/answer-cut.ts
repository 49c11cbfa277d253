import {NOWHERE, skipSpace, skipString, skipValue} from './json-skip';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Takes the array whose bracket stands before `from`; returns the position behind it. */
export type TakeArray = (from: number) => number;

/**
 * Cuts the arrays of events out of the answer to a batch: `<id>.Content.Items[].Items`.
 *
 * What remains is the text of a document that has an array with the number of the cut,
 * `[0]`, `[1]` and so on, in each of their places. It is JSON if the answer is and
 * every array was. Undefined where the answer begins otherwise than PI begins it, or
 * `take` found no end.
 */
export function cutAnswer(body: Buffer, take: TakeArray): string | undefined {
  const cutter = new Cutter(body, take);
  const start = skipSpace(body, 0);
  if (body[start] !== OPEN_BRACE) return undefined;
  const end = cutter.members(start + 1, 0);
  return end === NOWHERE ? undefined : cutter.remainder();
}

/** The members that lead to the events; undefined: whatever its name. */
const WAY = [undefined, 'Content', 'Items', 'Items'].map((name) =>
  name === undefined ? undefined : Buffer.from(name),
);
/** Items of the content: behind them begins a list of streams. */
const STREAMS = 2;
const EVENTS = 3;

class Cutter {
  private text = '';
  private kept = 0;
  private cuts = 0;

  constructor(
    private readonly body: Buffer,
    private readonly take: TakeArray,
  ) {}

  remainder(): string {
    return this.text + this.body.toString('utf8', this.kept);
  }

  /** The members of an object that is open at `from`. */
  members(from: number, level: number): number {
    const {body} = this;
    let at = skipSpace(body, from);
    if (body[at] === CLOSE_BRACE) return at + 1;
    for (;;) {
      at = this.member(at, level);
      if (at === NOWHERE) return NOWHERE;
      at = skipSpace(body, at);
      if (body[at] === CLOSE_BRACE) return at + 1;
      if (body[at] !== COMMA) return NOWHERE;
      at = skipSpace(body, at + 1);
    }
  }

  private member(from: number, level: number): number {
    const {body} = this;
    if (body[from] !== QUOTE) return NOWHERE;
    const behind = skipString(body, from + 1);
    if (behind === NOWHERE || hasEscape(body, from, behind)) return NOWHERE;
    const colon = skipSpace(body, behind);
    if (body[colon] !== COLON) return NOWHERE;
    const value = skipSpace(body, colon + 1);
    const name = WAY[level];
    const leadsOn = name === undefined || isName(body, [from + 1, behind - 1], name);
    return leadsOn ? this.onTheWay(value, level) : skipValue(body, value);
  }

  private onTheWay(at: number, level: number): number {
    const first = this.body[at];
    if (level < STREAMS && first === OPEN_BRACE) return this.members(at + 1, level + 1);
    if (level === STREAMS && first === OPEN_BRACKET) return this.streams(at + 1);
    if (level === EVENTS && first === OPEN_BRACKET) return this.cut(at + 1);
    return skipValue(this.body, at);
  }

  private streams(from: number): number {
    const {body} = this;
    let at = skipSpace(body, from);
    if (body[at] === CLOSE_BRACKET) return at + 1;
    for (;;) {
      const isObject = body[at] === OPEN_BRACE;
      at = isObject ? this.members(at + 1, EVENTS) : skipValue(body, at);
      if (at === NOWHERE) return NOWHERE;
      at = skipSpace(body, at);
      if (body[at] === CLOSE_BRACKET) return at + 1;
      if (body[at] !== COMMA) return NOWHERE;
      at = skipSpace(body, at + 1);
    }
  }

  private cut(from: number): number {
    const end = this.take(from);
    if (end === NOWHERE) return NOWHERE;
    this.text += `${this.body.toString('utf8', this.kept, from)}${this.cuts}]`;
    this.kept = end;
    this.cuts += 1;
    return end;
  }
}

/** Such a name may be one of ours, written otherwise. */
function hasEscape(body: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (body[at] === BACKSLASH) return true;
  return false;
}

function isName(
  body: Buffer,
  [from, to]: readonly [number, number],
  name: Buffer,
): boolean {
  return (
    to - from === name.length && body.compare(name, 0, name.length, from, to) === 0
  );
}
