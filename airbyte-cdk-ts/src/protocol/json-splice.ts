const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

interface Member {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The text of a JSON object with one top-level member set, everything else left as it
 * stands: a number of twenty digits or the order of members survives, which reading and
 * writing it again would not promise. The text must be valid JSON of an object.
 */
export function withMember(text: string, name: string, value: string): string {
  const members = membersOf(text);
  const present = members.findLast((member) => member.name === name);
  if (present !== undefined) {
    return text.slice(0, present.start) + value + text.slice(present.end);
  }
  const end = text.lastIndexOf('}');
  const separator = members.length === 0 ? '' : ',';
  return `${text.slice(0, end)}${separator}${JSON.stringify(name)}:${value}${text.slice(end)}`;
}

/** The text of a top-level member's value; undefined where there is none. */
export function memberText(text: string, name: string): string | undefined {
  const member = membersOf(text).findLast((candidate) => candidate.name === name);
  return member && text.slice(member.start, member.end);
}

function membersOf(text: string): readonly Member[] {
  const members: Member[] = [];
  let at = text.indexOf('{') + 1;
  for (;;) {
    const nameStart = text.indexOf('"', at);
    if (nameStart < 0) return members;
    const nameEnd = endOfString(text, nameStart);
    const start = text.indexOf(':', nameEnd) + 1;
    const end = endOfValue(text, start);
    const name = JSON.parse(text.slice(nameStart, nameEnd)) as string;
    members.push({name, start, end});
    if (text.charCodeAt(end) !== COMMA) return members;
    at = end + 1;
  }
}

/** Position of the comma or brace behind a value. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (depth === 0 && (code === COMMA || isClosing(code))) return at;
    if (code === QUOTE) at = endOfString(text, at) - 1;
    depth += Number(isOpening(code)) - Number(isClosing(code));
  }
  return text.length;
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}

/** Position behind the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}
