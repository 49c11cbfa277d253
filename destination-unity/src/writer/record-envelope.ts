import type {JsonObject} from 'airbyte-cdk-ts';

/** What a record's line says besides its stream. */
export interface LineContent {
  data: JsonObject;
  emitted_at: number;
}

/**
 * The text around data and time in the RECORD lines of one writer: `start` TIME `middle`
 * DATA `end`, or with DATA before TIME. A stream's lines differ in nothing else as a rule,
 * so a line that begins, goes on and ends in this way need not be parsed but for its data.
 *
 * Nothing is taken on trust: JSON stays JSON when one value in it is replaced by another,
 * and the text itself was parsed with a value in DATA's place.
 */
export interface Envelope {
  readonly isTimeFirst: boolean;
  readonly start: string;
  readonly middle: string;
  readonly end: string;
}

/** Milliseconds of this century and some before and after; no digits a double would lose. */
const TIME = String.raw`[1-9]\d{11,13}`;
const TIME_FIRST = new RegExp(
  String.raw`^(?<start>.*?"emitted_at": ?)${TIME}(?<middle>\D.*?"data": ?)\{.*\}(?<end>\}\})$`,
  's',
);
const DATA_FIRST = new RegExp(
  String.raw`^(?<start>.*?"data": ?)\{.*\}(?<middle>,.*?"emitted_at": ?)${TIME}(?<end>\D.*)$`,
  's',
);
/** Stands for the data while the envelope is tried. */
const PLACEHOLDER = 0;
/** Everything else, such as `meta`, is for those who parse the whole line. */
const MEMBERS: ReadonlySet<string> = new Set([
  ...['stream', 'namespace', 'emitted_at', 'data'],
]);

/** Longer lines gain nothing and cost much to look through. */
const LONGEST_LINE = 65_536;

/**
 * The envelope of a line that has been parsed and is a record of the stream.
 *
 * @param isOurs Whether a message is a record of the stream, whatever its data. What says
 * so must stand in the envelope: the message is asked without the data of the line.
 */
export function envelopeOf(
  line: string,
  isOurs: (message: JsonObject) => boolean,
): Envelope | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const found = [cutBy(TIME_FIRST, line, true), cutBy(DATA_FIRST, line, false)];
  return found.find((envelope) => envelope !== undefined && isSound(envelope, isOurs));
}

function cutBy(
  layout: RegExp,
  line: string,
  isTimeFirst: boolean,
): Envelope | undefined {
  const parts = layout.exec(line)?.groups as Omit<Envelope, 'isTimeFirst'> | undefined;
  return parts && {...parts, isTimeFirst};
}

function isSound(
  {isTimeFirst, start, middle, end}: Envelope,
  isOurs: (message: JsonObject) => boolean,
): boolean {
  const [first, second] = isTimeFirst ? [1, PLACEHOLDER] : [PLACEHOLDER, 1];
  const message = parsed(`${start}${first}${middle}${second}${end}`);
  if (message === undefined || !isOurs(message)) return false;
  const record = message['record'] as JsonObject;
  return (
    record['data'] === PLACEHOLDER &&
    record['emitted_at'] === 1 &&
    Object.keys(record).every((member) => MEMBERS.has(member))
  );
}

/** The digits of a time end here; nothing longer is read. */
const MOST_DIGITS = 15;
const ZERO = 48;

/**
 * Reads lines in an envelope; undefined for any other. What comes of it is one object,
 * written anew by each call.
 */
export class EnvelopeReader {
  readonly #content: LineContent = {data: {}, emitted_at: 0};

  constructor(private readonly envelope: Envelope) {}

  read(line: string): LineContent | undefined {
    const {start, end, isTimeFirst} = this.envelope;
    if (!line.startsWith(start) || !line.endsWith(end)) return undefined;
    return isTimeFirst ? this.#timeFirst(line) : this.#dataFirst(line);
  }

  #timeFirst(line: string): LineContent | undefined {
    const {start, middle, end} = this.envelope;
    let at = start.length;
    let time = 0;
    for (; at < start.length + MOST_DIGITS; at++) {
      const digit = line.charCodeAt(at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      time = time * 10 + digit;
    }
    if (line.charCodeAt(start.length) === ZERO || !line.startsWith(middle, at)) {
      return undefined;
    }
    return this.#put(time, line.slice(at + middle.length, line.length - end.length));
  }

  #dataFirst(line: string): LineContent | undefined {
    const {start, middle, end} = this.envelope;
    const last = line.length - end.length;
    let at = last;
    let time = 0;
    for (let unit = 1; at > last - MOST_DIGITS; at--, unit *= 10) {
      const digit = line.charCodeAt(at - 1) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      time += digit * unit;
    }
    if (line.charCodeAt(at) === ZERO || !line.endsWith(middle, at)) {
      return undefined;
    }
    return this.#put(time, line.slice(start.length, at - middle.length));
  }

  #put(time: number, dataText: string): LineContent | undefined {
    if (time === 0 || !dataText.startsWith('{')) return undefined;
    const data = parsed(dataText);
    if (data === undefined) return undefined;
    this.#content.data = data;
    this.#content.emitted_at = time;
    return this.#content;
  }
}

/** Undefined for what is no JSON. */
function parsed(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}
