import type {StreamDescriptor} from 'airbyte-cdk-ts';

import type {Field} from './field';
import type {LineBytes} from './line-bytes';
import {MemberNames} from './member-names';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const SPACE = 32;
const TAB = 9;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const NONE = -1;
const NULL = Buffer.from('null');
const RECORD_TYPE = Buffer.from('"RECORD"');

/** A member of the record by name. */
export interface NamedField {
  readonly member: string;
  /** Undefined: its values are not read here, unless they are null. */
  readonly field: Field | undefined;
}

/** Numbers of the record's own members, in this order. */
const RECORD_MEMBERS = ['stream', 'namespace', 'emitted_at', 'data'] as const;
const MESSAGE_MEMBERS = ['type', 'record'] as const;

/** A member's place in the message: each may come once. */
type Level = 'message' | 'record' | 'data';

/**
 * Goes through a RECORD line of one stream and finds its values, each of which has been
 * looked at. Everything in the line is known afterwards: the names of all members, and
 * that no member comes twice.
 */
export class LineWalk {
  /** How many values were found. */
  count = 0;
  /** By value in the order of the line: which field it belongs to, and where it stands. */
  readonly fields: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Behind the line and its end of line. */
  end = 0;
  /** Behind the line alone. */
  textEnd = 0;
  readonly #names: Readonly<Record<Level, MemberNames>>;
  readonly #expected: readonly Buffer[];
  /** By member of message, record and data: the walk in which it came last. */
  readonly #seen: Readonly<Record<Level, Uint32Array>>;
  #walk = 0;

  /**
   * @param known The members; the first is the time of emission, which is the record's own.
   */
  constructor(
    private readonly line: LineBytes,
    private readonly stream: StreamDescriptor,
    private readonly known: readonly NamedField[],
  ) {
    const data = known.slice(1).map(({member}) => member);
    this.#names = {
      message: new MemberNames(line, MESSAGE_MEMBERS),
      record: new MemberNames(line, RECORD_MEMBERS),
      data: new MemberNames(line, data),
    };
    this.#seen = {
      message: new Uint32Array(MESSAGE_MEMBERS.length),
      record: new Uint32Array(RECORD_MEMBERS.length),
      data: new Uint32Array(data.length),
    };
    const {name, namespace = null} = stream;
    this.#expected = [name, namespace].map((text) => Buffer.from(JSON.stringify(text)));
    this.fields = new Int32Array(known.length);
    this.starts = new Int32Array(known.length);
    this.ends = new Int32Array(known.length);
  }

  /** Goes through the line that begins at `at`. False where it has to be parsed. */
  walk(at: number): boolean {
    this.#walk += 1;
    this.count = 0;
    const end = this.#object('message', this.#afterSpace(at));
    if (end === NONE || !this.#isWhole()) return false;
    const {bytes} = this.line;
    this.textEnd = end;
    this.end = end + 1;
    if (bytes[end] === LINE_FEED) return true;
    this.end = end + 2;
    return bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED;
  }

  #isWhole(): boolean {
    const {message, record} = this.#seen;
    const isSeen = (walk: number | undefined): boolean => walk === this.#walk;
    const [stream, namespace, emitted, data] = record;
    return (
      message.every(isSeen) &&
      [stream, emitted, data].every(isSeen) &&
      (this.stream.namespace === undefined || isSeen(namespace))
    );
  }

  #object(level: Level, from: number): number {
    const {bytes} = this.line;
    if (bytes[from] !== OPEN_BRACE) return NONE;
    this.#names[level].begin();
    let at = this.#afterSpace(from + 1);
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    for (;;) {
      at = this.#member(level, at);
      if (at === NONE) return NONE;
      at = this.#afterSpace(at);
      if (bytes[at] === CLOSE_BRACE) return at + 1;
      if (bytes[at] !== COMMA) return NONE;
      at = this.#afterSpace(at + 1);
    }
  }

  #member(level: Level, from: number): number {
    const {bytes} = this.line;
    const names = this.#names[level];
    if (bytes[from] !== QUOTE) return NONE;
    const member = names.find(from + 1);
    const seen = this.#seen[level];
    if (member === NONE || seen[member] === this.#walk) return NONE;
    seen[member] = this.#walk;
    const colonAt = this.#afterSpace(names.end + 1);
    if (bytes[colonAt] !== COLON) return NONE;
    const valueAt = this.#afterSpace(colonAt + 1);
    switch (level) {
      case 'message':
        return this.#ofMessage(member, valueAt);
      case 'record':
        return this.#ofRecord(member, valueAt);
      case 'data':
        return this.#value(member + 1, valueAt);
    }
  }

  #ofMessage(member: number, at: number): number {
    return MESSAGE_MEMBERS[member] === 'type'
      ? this.#constant(RECORD_TYPE, at)
      : this.#object('record', at);
  }

  #ofRecord(member: number, at: number): number {
    const name = RECORD_MEMBERS[member];
    if (name === 'data') return this.#object('data', at);
    if (name === 'emitted_at') return this.#value(0, at);
    return this.#constant(this.#expected[member] ?? NULL, at);
  }

  #value(number: number, from: number): number {
    const nullEnd = this.#constant(NULL, from);
    // A time of emission that is null is no time.
    if (nullEnd !== NONE) return number === 0 ? NONE : nullEnd;
    const field = this.known[number]?.field;
    if (field === undefined) return NONE;
    return field.isQuoted
      ? this.#quoted(field, number, from)
      : this.#found(number, from, field.end(from));
  }

  #quoted(field: Field, number: number, from: number): number {
    const {bytes} = this.line;
    if (bytes[from] !== QUOTE) return NONE;
    const end = field.end(from + 1);
    if (end === NONE || bytes[end] !== QUOTE) return NONE;
    return this.#found(number, from + 1, end) + 1;
  }

  #found(number: number, start: number, end: number): number {
    this.fields[this.count] = number;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
    return end;
  }

  #constant(expected: Buffer, at: number): number {
    const {bytes} = this.line;
    const {length} = expected;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== expected[i]) return NONE;
    return at + length;
  }

  #afterSpace(from: number): number {
    const {bytes} = this.line;
    let at = from;
    while (bytes[at] === SPACE || bytes[at] === TAB) at++;
    return at;
  }
}
