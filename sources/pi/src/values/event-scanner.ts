import type {PiTimestamp} from '../sync/pi-timestamp';
import {sameStart} from './byte-words';
import {
  ByteEvents,
  type EventIndex,
  LONGEST,
  MOST_NUMBER_BYTES,
  packed,
  SHORTEST,
  tied,
  timestampIn,
} from './event-index';
import {NOWHERE, skipSpace, skipToEnd} from './json-skip';
import {NumberText} from './number-text';
import type {Rest} from './rest-table';
import {isDigit, timestampLength} from './timestamp-scan';
import {sevenDecimals} from './timestamp-text';
import {
  compareDecimals,
  compareMinutes,
  isBeforeValue,
  isOfDay,
  USUAL_BYTES,
  usualTimestamp,
} from './usual-start';
import {hasErrors, isKnownValue, type RawEvent} from './value-text';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

const START = Buffer.from('{"Timestamp":"');
const BEFORE_VALUE = Buffer.from('","Value":');
/** Between the timestamp and the members that follow it. */
const BETWEEN = '",'.length;
/** No event of the usual order is shorter, and nothing of it is looked at unchecked. */
const LEAST_BYTES = START.length + SHORTEST + BEFORE_VALUE.length + 1;

/**
 * Reads the arrays of events of a body, one after the other, into an index.
 *
 * What stands where PI writes it is told by its bytes: the timestamp is checked, the
 * number is checked to be printed as it is written, the rest is compared with those of
 * events before. Whatever else there is of an event is parsed.
 */
export class EventScanner {
  private readonly body: Buffer;
  private readonly number = new NumberText();
  /** The last event that began as PI writes it. */
  private model = NOWHERE;
  private modelBytes = Number.MAX_SAFE_INTEGER;
  /** Bytes of the timestamp that are the model's. */
  private known = 0;
  /** Timestamp of the last event where that is not the model's. */
  private lastText: string | undefined;
  private isFirst = true;
  private isTied = false;
  private atLast = 0;
  private errors = 0;

  constructor(private readonly index: EventIndex) {
    this.body = index.body;
  }

  /** Behind the array that was scanned last. */
  stop = 0;

  /**
   * The events of the array whose bracket stands before `from`; undefined where they
   * are no JSON, or nothing that a point can have: then the index is as it was.
   */
  scan(from: number): ByteEvents | undefined {
    const {length: first, parsed} = this.index;
    this.isFirst = true;
    this.lastText = undefined;
    this.atLast = 0;
    this.errors = 0;
    const start = skipSpace(this.body, from);
    const isEmpty = this.body[start] === CLOSE_BRACKET;
    this.stop = isEmpty ? start + 1 : this.events(start);
    if (this.stop === NOWHERE) {
      this.index.truncate(first, parsed);
      return undefined;
    }
    const {atLast, errors, index} = this;
    const length = index.length - first;
    return new ByteEvents(index, {first, length, atLast, errors});
  }

  private events(from: number): number {
    const {body} = this;
    let at = from;
    for (;;) {
      at = this.event(at);
      if (at === NOWHERE) return NOWHERE;
      if (body[at] !== COMMA) at = skipSpace(body, at);
      if (body[at] === CLOSE_BRACKET) return at + 1;
      if (body[at] !== COMMA) return NOWHERE;
      at += 1;
      if (body[at] !== OPEN_BRACE) at = skipSpace(body, at);
    }
  }

  /** @returns the position behind the event. */
  private event(at: number): number {
    const usual = this.usual(at);
    if (usual !== NOWHERE) return this.value(at, usual);
    const {body} = this;
    if (at + LEAST_BYTES > body.length) return this.whole(at);
    const length = this.timestamp(at);
    if (length === NOWHERE) return this.whole(at);
    if (!this.follows(at + START.length, length)) return NOWHERE;
    const behind = at + START.length + length;
    if (!holds(body, behind, BEFORE_VALUE)) return this.whole(at);
    return this.value(at, length);
  }

  /**
   * The bytes of the timestamp of an event that begins like the one before it and is not
   * before it; notes whether it is the same. `NOWHERE` where more has to be looked at.
   */
  private usual(at: number): number {
    const {body, model} = this;
    const {view} = this.index;
    // Otherwise the model is not the event just before.
    const isModelBefore = !this.isFirst && this.lastText === undefined;
    if (!isModelBefore || at + USUAL_BYTES > body.length) return NOWHERE;
    if (!isOfDay(view, at, model)) return NOWHERE;
    const length = usualTimestamp(view, body, at);
    if (length === NOWHERE || !isBeforeValue(view, at + START.length + length)) {
      return NOWHERE;
    }
    return this.followsAtOnce(at, length) ? length : NOWHERE;
  }

  private followsAtOnce(at: number, length: number): boolean {
    const {model} = this;
    const {view} = this.index;
    this.isTied = false;
    const minutes = compareMinutes(view, at, model);
    if (minutes !== 0) return minutes > 0;
    if (length !== LONGEST || this.modelBytes !== LONGEST) return false;
    const decimals = compareDecimals(view, at, model);
    this.isTied = decimals === 0;
    return decimals >= 0;
  }

  /** What follows the timestamp; the position behind the event. */
  private value(at: number, length: number): number {
    const behind = at + START.length + length;
    const value = behind + BEFORE_VALUE.length;
    const bytes = this.numberBytes(value);
    const rest =
      bytes > 0
        ? this.restOfNumber(this.number.stop)
        : this.restOfOther(behind + BETWEEN);
    if (rest === undefined) return this.whole(at);
    this.take(at + START.length, packed(rest.id, bytes, length), rest);
    this.model = at;
    this.modelBytes = length;
    this.lastText = undefined;
    return this.index.rests.stop;
  }

  /** The bytes of a timestamp of the usual shape in its usual place, or `NOWHERE`. */
  private timestamp(at: number): number {
    const {body, model, modelBytes} = this;
    const same = model === NOWHERE ? 0 : sameStart(this.index.view, at, model);
    if (same < START.length && !holds(body, at, START)) return NOWHERE;
    this.known = Math.max(0, same - START.length);
    if (this.known >= modelBytes) return modelBytes;
    return timestampLength(body, at + START.length, this.known);
  }

  /** Whether a timestamp is not before the last one; notes whether it is the same. */
  private follows(at: number, length: number): boolean {
    const {body, known} = this;
    this.isTied = false;
    if (this.isFirst) return true;
    if (this.lastText !== undefined) return this.followsText(at, length);
    if (known >= this.modelBytes) return (this.isTied = true);
    const [byte, before] = [body[at + known], body[this.model + START.length + known]];
    if (!isDigit(byte) || !isDigit(before)) return this.followsText(at, length);
    return byte > before;
  }

  private followsText(at: number, length: number): boolean {
    const text = timestampIn(this.body, at, length);
    const last = this.last();
    this.isTied = text === last;
    return text >= last;
  }

  private last(): string {
    if (this.isFirst) return '';
    const {body, model, modelBytes} = this;
    return this.lastText ?? timestampIn(body, model + START.length, modelBytes);
  }

  /** 0 where there is no number, or one that cannot be copied. */
  private numberBytes(at: number): number {
    const {number} = this;
    if (!number.find(this.body, at)) return 0;
    const bytes = number.end - at;
    return bytes > MOST_NUMBER_BYTES ? 0 : bytes;
  }

  /** What stands behind a number. Undefined where it must be read with the event. */
  private restOfNumber(at: number): Rest | undefined {
    const {rests} = this.index;
    const known = rests.find(at, true);
    if (known !== undefined) return known;
    const stop = skipToEnd(this.body, at);
    const event = this.parsed('{"_":0', at, stop);
    if (event === undefined || hasErrors(event)) return undefined;
    if (Object.hasOwn(event, 'Value')) return undefined;
    return rests.add(event, [at, stop], {isNumber: true, timestamp: undefined});
  }

  /** What stands behind a timestamp. Undefined where it must be read with the event. */
  private restOfOther(at: number): Rest | undefined {
    const {rests} = this.index;
    const known = rests.find(at, false);
    if (known !== undefined) return known;
    const stop = skipToEnd(this.body, at);
    const event = this.parsed('{', at, stop);
    if (event === undefined || !isKnownValue(event.Value)) return undefined;
    return rests.add(event, [at, stop], {isNumber: false, timestamp: undefined});
  }

  /** Members of an event without its timestamp. */
  private parsed(start: string, at: number, stop: number): RawEvent | undefined {
    const event = objectIn(start, this.body, [at, stop]);
    const isPart = event !== undefined && !Object.hasOwn(event, 'Timestamp');
    return isPart ? event : undefined;
  }

  /** An event of any shape. */
  private whole(at: number): number {
    if (this.body[at] !== OPEN_BRACE) return NOWHERE;
    const stop = skipToEnd(this.body, at + 1);
    const event = objectIn('', this.body, [at, stop]);
    const timestamp = sevenDecimals(event?.Timestamp) as PiTimestamp | undefined;
    if (event === undefined || timestamp === undefined) return NOWHERE;
    const last = this.last();
    if (timestamp < last || !isKnownValue(event.Value)) return NOWHERE;
    this.isTied = timestamp === last;
    const kind = {isNumber: false, timestamp};
    const rest = this.index.rests.add(event, [at, stop], kind);
    this.take(NOWHERE, packed(rest.id, 0, SHORTEST), rest);
    this.lastText = timestamp;
    return stop;
  }

  private take(at: number, shape: number, rest: Rest): void {
    this.index.add(at, this.isTied ? tied(shape) : shape);
    this.isFirst = false;
    this.atLast = this.isTied ? this.atLast + 1 : 1;
    if (rest.hasErrors) this.errors += 1;
    if (!rest.isNumber) this.index.parsed += 1;
  }
}

function holds(body: Buffer, at: number, part: Buffer): boolean {
  for (let index = 0; index < part.length; index += 1) {
    if (body[at + index] !== part[index]) return false;
  }
  return true;
}

/** The JSON object that a part of the body makes behind `start`. */
function objectIn(
  start: string,
  body: Buffer,
  [at, stop]: readonly [number, number],
): RawEvent | undefined {
  if (stop === NOWHERE) return undefined;
  try {
    return JSON.parse(start + body.toString('utf8', at, stop)) as RawEvent;
  } catch {
    return undefined;
  }
}
