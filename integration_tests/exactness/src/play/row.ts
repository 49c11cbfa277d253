import type {Instant} from '../instant';

/** One event as a row of `timeseries`, in the text of its JSON. */
export interface Row {
  readonly webId: string;
  readonly name: string;
  readonly timestamp: Instant;
  readonly sequence: number;
  /** The members behind the sequence: value, kind, quality, units. */
  readonly rest: string;
}

const TIMESTAMP = '","timestamp":"';
const SEQUENCE = '","sequence":';
const NAME = '","tag_name":"';
const HEAD = '{"tag_webid":"';

/** Undefined where the members do not stand in the order of the stream's schema. */
export function rowOf(json: string): Row | undefined {
  const name = json.indexOf(NAME);
  const timestamp = json.indexOf(TIMESTAMP, name);
  const sequence = timestamp + TIMESTAMP.length + 28;
  const comma = json.indexOf(',', sequence + SEQUENCE.length);
  const isRow =
    json.startsWith(HEAD) &&
    name > 0 &&
    timestamp > 0 &&
    json.startsWith(SEQUENCE, sequence);
  if (!isRow || comma < 0) return undefined;
  return {
    webId: json.slice(HEAD.length, name),
    name: json.slice(name + NAME.length, timestamp),
    timestamp: json.slice(timestamp + TIMESTAMP.length, sequence),
    sequence: Number(json.slice(sequence + SEQUENCE.length, comma)),
    rest: json.slice(comma + 1, -1),
  };
}

/** Whether two rests say the same: members that are null may be left out. */
export function isSameRest(one: string, other: string): boolean {
  return one === other || canonical(one) === canonical(other);
}

function canonical(rest: string): string {
  const members = Object.entries(JSON.parse(`{${rest}}`) as object);
  return JSON.stringify(members.filter(([, value]) => value !== null).sort());
}
