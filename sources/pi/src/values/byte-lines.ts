import type {RecordEnvelope} from 'airbyte-cdk-ts';

import type {PiPoint} from '../sync/pi-point';
import {viewOf} from './byte-words';
import {
  type ByteEvents,
  isTied,
  LONGEST,
  numberBytes,
  restId,
  SHORTEST,
  timestampBytes,
} from './event-index';
import {NOWHERE} from './json-skip';
import type {LineBuffer} from './line-buffer';
import {
  eventMembers,
  isNotGood,
  NUMBER_KIND,
  recordStart,
  restMembers,
} from './value-text';

const ZERO = 0x30;
const POINT = 0x2e;
const LETTER_Z = 0x5a;
const WORD = 4;
const DOUBLE = 8;
const FIRST = '","sequence":0';
const VALUE = ',"value":';
/** Doubles: the last byte is written over, and where there is no number all of `VALUE`. */
const BEFORE_VALUE = viewOf(Buffer.from(`${FIRST}${VALUE} `));
const BEFORE_VALUE_1 = BEFORE_VALUE.getFloat64(0, true);
const BEFORE_VALUE_2 = BEFORE_VALUE.getFloat64(DOUBLE, true);
const BEFORE_VALUE_3 = BEFORE_VALUE.getFloat64(2 * DOUBLE, true);
const BEFORE_NUMBER = '","Value":'.length;
const NOTHING: Buffer = Buffer.alloc(0);
/** More than the timestamp, the sequence and a number of a line take. */
const MOST_CHANGING_BYTES = 200;
/** So many different ends of lines are kept. */
const MOST_ENDS = 64;

/** What follows the sequence or the number of a line, and what the next one begins with. */
interface LineEnd {
  readonly bytes: Buffer;
  readonly notGood: number;
  readonly isNumber: boolean;
  readonly timestamp: string | undefined;
}

/** Writes the events of one stream, in order, as lines. */
export class ByteLines {
  /** The event that is written next. */
  at = 0;
  private ordinal = 0;
  private isFirst = true;
  private readonly start: string;
  private readonly source: DataView;
  private head = '';
  private tail = '';
  private out = NOTHING;
  private view = viewOf(NOTHING);
  private to = 0;
  private prefix = NOTHING;
  private readonly ends = new Map<number, LineEnd>();
  private endId = NOWHERE;
  private end: LineEnd | undefined;

  constructor(
    private readonly events: ByteEvents,
    private readonly point: PiPoint,
  ) {
    this.start = recordStart(point);
    this.source = events.index.view;
  }

  /** Goes to an event, whose ordinal among those of its timestamp is told. */
  begin(at: number, ordinal: number): void {
    this.at = at;
    this.ordinal = ordinal;
    this.isFirst = true;
  }

  /** Writes events up to `end`, or until the buffer is full. */
  fill(lines: LineBuffer, end: number): void {
    this.useEnvelope(lines.envelope);
    this.room(lines, 0);
    const before = this.at;
    while (this.at < end && !lines.isFull) {
      this.line(lines, this.events.facts.first + this.at);
      this.at += 1;
    }
    lines.records += this.at - before;
  }

  /** The buffer's lines begin and end otherwise each time that it was emptied. */
  private useEnvelope(envelope: RecordEnvelope): void {
    this.endId = NOWHERE;
    const head = envelope.head + this.start;
    if (head === this.head && envelope.tail === this.tail) return;
    this.head = head;
    this.tail = envelope.tail;
    this.prefix = Buffer.from(head);
    this.ends.clear();
  }

  /** Makes room for any number of lines with this end, and begins the first. */
  private room(lines: LineBuffer, endBytes: number): void {
    lines.reserveLines(this.prefix.length + MOST_CHANGING_BYTES + endBytes);
    this.out = lines.bytes;
    this.view = lines.view;
    this.out.set(this.prefix, lines.used);
  }

  /** Its beginning has been written with the end of the line before. */
  private line(lines: LineBuffer, event: number): void {
    const {slots} = this.events.index;
    const from = slots[2 * event] ?? NOWHERE;
    const shape = slots[2 * event + 1] ?? 0;
    const {bytes, isNumber, notGood, timestamp} = this.endOf(restId(shape), lines);
    const {length: prefixBytes} = this.prefix;
    this.to = lines.used + prefixBytes;
    const length = timestampBytes(shape);
    if (timestamp !== undefined) this.to += this.out.write(timestamp, this.to);
    else if (length === LONGEST) this.copyLongest(from);
    else this.copyShorter(from, length);
    this.sequence(isTied(shape), isNumber);
    if (isNumber) this.copy(from + length + BEFORE_NUMBER, numberBytes(shape));
    this.out.set(bytes, this.to);
    lines.used = this.to + bytes.length - prefixBytes;
    lines.notGood += notGood;
  }

  /** Most of it as doubles: no digit and no sign of a timestamp makes one that is no number. */
  private copyLongest(from: number): void {
    const {source, view, to} = this;
    view.setFloat64(to, source.getFloat64(from, true), true);
    view.setFloat64(to + DOUBLE, source.getFloat64(from + DOUBLE, true), true);
    view.setFloat64(to + 2 * DOUBLE, source.getFloat64(from + 2 * DOUBLE, true), true);
    view.setInt32(to + 3 * DOUBLE, source.getInt32(from + 3 * DOUBLE));
    this.to = to + LONGEST;
  }

  private copyShorter(from: number, length: number): void {
    const {out, to} = this;
    this.copy(from, length);
    for (let at = to + length - 1; at < to + LONGEST - 1; at += 1) out[at] = ZERO;
    if (length === SHORTEST) out[to + SHORTEST - 1] = POINT;
    out[to + LONGEST - 1] = LETTER_Z;
    this.to = to + LONGEST;
  }

  private sequence(tied: boolean, isNumber: boolean): void {
    if (this.isFirst) this.isFirst = false;
    else this.ordinal = tied ? this.ordinal + 1 : 0;
    if (this.ordinal === 0) this.first(isNumber);
    else {
      const value = isNumber ? VALUE : '';
      this.to += this.out.write(`","sequence":${this.ordinal}${value}`, this.to);
    }
  }

  private first(isNumber: boolean): void {
    const {view, to} = this;
    view.setFloat64(to, BEFORE_VALUE_1, true);
    view.setFloat64(to + DOUBLE, BEFORE_VALUE_2, true);
    view.setFloat64(to + 2 * DOUBLE, BEFORE_VALUE_3, true);
    this.to = to + FIRST.length + (isNumber ? VALUE.length : 0);
  }

  /** Copies whole words, and with them up to three bytes more. */
  private copy(from: number, length: number): void {
    const {source, view, to} = this;
    for (let step = 0; step < length; step += WORD) {
      view.setInt32(to + step, source.getInt32(from + step));
    }
    this.to = to + length;
  }

  private endOf(id: number, lines: LineBuffer): LineEnd {
    if (id === this.endId && this.end !== undefined) return this.end;
    const end = this.ends.get(id) ?? this.rendered(id);
    this.room(lines, end.bytes.length);
    this.endId = id;
    this.end = end;
    return end;
  }

  private rendered(id: number): LineEnd {
    const {event, isNumber, timestamp} = this.events.index.rests.get(id);
    const members = isNumber
      ? NUMBER_KIND + restMembers(event, this.point)
      : eventMembers(event, this.point);
    const bytes = Buffer.from(members + this.tail + this.head);
    const end = {bytes, isNumber, timestamp, notGood: isNotGood(event) ? 1 : 0};
    if (this.ends.size >= MOST_ENDS) this.ends.clear();
    this.ends.set(id, end);
    return end;
  }
}
