import type {PiTimestamp} from '../sync/pi-timestamp';
import {viewOf} from './byte-words';
import type {EventList} from './event-range';
import {type Rest, RestTable} from './rest-table';
import type {SlotMemory} from './slot-memory';
import {sevenDecimals} from './timestamp-text';
import type {RawEvent} from './value-text';

/** Bytes of the shortest timestamp, `2026-03-02T06:00:00Z`. */
export const SHORTEST = 20;
/** Bytes of one with seven decimals. */
export const LONGEST = 28;
/** Numbers whose text is longer are parsed. */
export const MOST_NUMBER_BYTES = 31;
/** Most events are longer, so that the index of a body seldom grows. */
const USUAL_EVENT_BYTES = 128;
const LEAST_EVENTS = 64;
const NO_SLOTS = new Int32Array(0);
const TIE_BIT = 1;
const LENGTH_SHIFT = 1;
const NUMBER_SHIFT = 5;
const REST_SHIFT = 10;

/**
 * The events of a whole body, two integers each: the place of the timestamp, and all
 * else packed into one.
 */
export class EventIndex {
  slots: Int32Array;
  length = 0;
  /** How many of the events hold something else than a number that is copied. */
  parsed = 0;
  readonly rests: RestTable;

  /** The same bytes as `body`. */
  readonly view: DataView;

  constructor(
    readonly body: Buffer,
    private readonly memory: SlotMemory,
  ) {
    const events = LEAST_EVENTS + Math.floor(body.length / USUAL_EVENT_BYTES);
    this.slots = memory.take(2 * events);
    this.view = viewOf(body);
    this.rests = new RestTable(this.view);
  }

  /**
   * Adds an event: where its timestamp stands, `NOWHERE` where its rest has that, and
   * `shape` as `packed` makes it.
   */
  add(at: number, shape: number): void {
    const slot = 2 * this.length;
    if (slot === this.slots.length) this.grow();
    this.slots[slot] = at;
    this.slots[slot + 1] = shape;
    this.length += 1;
  }

  /** Forgets all events but the first. */
  truncate(length: number, parsed: number): void {
    this.length = length;
    this.parsed = parsed;
  }

  private grow(): void {
    const {slots} = this;
    this.slots = this.memory.take(2 * slots.length);
    this.slots.set(slots);
    this.memory.give(slots);
  }

  /** Gives its memory back: from now on it holds no event. */
  release(): void {
    this.memory.give(this.slots);
    this.slots = NO_SLOTS;
    this.length = 0;
  }

  restOf(event: number): Rest {
    return this.rests.get(restId(this.slots[2 * event + 1] ?? 0));
  }

  timestampOf(event: number): PiTimestamp {
    const {timestamp} = this.restOf(event);
    if (timestamp !== undefined) return timestamp;
    const length = timestampBytes(this.slots[2 * event + 1] ?? 0);
    return timestampIn(this.body, this.slots[2 * event] ?? 0, length);
  }
}

/** A timestamp of a checked shape, with seven decimals. */
export function timestampIn(body: Buffer, at: number, length: number): PiTimestamp {
  return sevenDecimals(body.toString('latin1', at, at + length)) as PiTimestamp;
}

/** All of an event but its place, in one integer. */
export function packed(rest: number, number: number, timestamp: number): number {
  const length = timestamp - SHORTEST;
  return (rest << REST_SHIFT) | (number << NUMBER_SHIFT) | (length << LENGTH_SHIFT);
}

/** The same of an event that has the timestamp of the one before it. */
export function tied(shape: number): number {
  return shape | TIE_BIT;
}

/** Which rest of the body an event has. */
export function restId(shape: number): number {
  return shape >>> REST_SHIFT;
}

/** Bytes of the number to be copied; 0 where the rest has the value. */
export function numberBytes(shape: number): number {
  return (shape >>> NUMBER_SHIFT) & 31;
}

/** Bytes of the timestamp. */
export function timestampBytes(shape: number): number {
  return SHORTEST + ((shape >>> LENGTH_SHIFT) & 15);
}

/** Whether the event before it has the same timestamp. */
export function isTied(shape: number): boolean {
  return (shape & TIE_BIT) !== 0;
}

/** What an array of events is, besides its place in the index. */
export interface ArrayFacts {
  /** Position of its first event in the index. */
  readonly first: number;
  readonly length: number;
  /** How many lie at the newest timestamp. */
  readonly atLast: number;
  /** How many PI could not read. */
  readonly errors: number;
}

/** The events of one array of a body. */
export class ByteEvents implements EventList {
  readonly length: number;

  constructor(
    readonly index: EventIndex,
    readonly facts: ArrayFacts,
  ) {
    this.length = facts.length;
  }

  /** What of an event is not copied. */
  eventAt(at: number): RawEvent {
    return this.index.restOf(this.facts.first + at).event;
  }

  timestampAt(at: number): PiTimestamp {
    return this.index.timestampOf(this.facts.first + at);
  }
}
