import {type Ticks} from '../time/ticks';

/** What kind of value an event carries. */
export type EventKind =
  'number' | 'digital' | 'system' | 'string' | 'timestamp' | 'blob';

/** Bits of {@link ArchiveEvent.flags}. A system state is never good and needs no bit. */
export const QUESTIONABLE = 1;
export const SUBSTITUTED = 2;
export const ANNOTATED = 4;
export const BAD = 8;

/**
 * One archived event. Readers hand out the same object again and again with new
 * contents, so that a million values cost no allocation: copy what must be kept.
 */
export interface ArchiveEvent {
  ticks: Ticks;
  kind: EventKind;
  /** The number, the code of a state, or the ticks of a timestamp. */
  number: number;
  /** The string, the name of a state, or the base64 text of a blob. */
  text: string;
  flags: number;
}

export function emptyEvent(): ArchiveEvent {
  return {ticks: 0, kind: 'number', number: 0, text: '', flags: 0};
}

/** The events of one slot, in archive order, in reused objects. */
export class EventBuffer {
  private readonly events: ArchiveEvent[] = [];
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** The next event, empty, to be filled by the caller. */
  push(ticks: Ticks, kind: EventKind): ArchiveEvent {
    let event = this.events[this.length];
    if (event === undefined) {
      event = emptyEvent();
      this.events.push(event);
    }
    this.length += 1;
    event.ticks = ticks;
    event.kind = kind;
    event.number = 0;
    event.text = '';
    event.flags = 0;
    return event;
  }

  at(index: number): ArchiveEvent {
    return this.events[index] ?? emptyEvent();
  }
}
