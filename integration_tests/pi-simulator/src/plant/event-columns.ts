import {type Ticks} from '../time/ticks';
import {emptyEvent, type ArchiveEvent, type EventKind} from './archive-event';

const KINDS: readonly EventKind[] = [
  'number',
  'digital',
  'system',
  'string',
  'timestamp',
  'blob',
];

/** An event that was given, not computed. */
export interface GivenEvent extends ArchiveEvent {
  /** It is held only as the uncompressed snapshot and never reaches the archive. */
  readonly isGhost?: boolean;
}

/** Given events in columns, in archive order: some tens of bytes for each of them. */
export class EventColumns {
  private readonly ticks: Float64Array;
  private readonly kinds: Uint8Array;
  private readonly numbers: Float64Array;
  private readonly texts: readonly string[];
  private readonly flags: Uint8Array;
  private readonly ghosts: Uint8Array;

  /** Sorts by time; events on one instant keep the order in which they are given. */
  constructor(given: readonly GivenEvent[]) {
    const events = given.toSorted((a, b) => a.ticks - b.ticks);
    this.ticks = Float64Array.from(events, (event) => event.ticks);
    this.kinds = Uint8Array.from(events, (event) => KINDS.indexOf(event.kind));
    this.numbers = Float64Array.from(events, (event) => event.number);
    this.texts = events.map((event) => event.text);
    this.flags = Uint8Array.from(events, (event) => event.flags);
    this.ghosts = Uint8Array.from(events, (event) => (event.isGhost === true ? 1 : 0));
  }

  get length(): number {
    return this.ticks.length;
  }

  ticksAt(index: number): Ticks {
    return this.ticks[index] ?? 0;
  }

  isGhost(index: number): boolean {
    return this.ghosts[index] === 1;
  }

  /** Puts the event at a place into a reused object. */
  load(index: number, event: ArchiveEvent): ArchiveEvent {
    event.ticks = this.ticksAt(index);
    event.kind = KINDS[this.kinds[index] ?? 0] ?? 'number';
    event.number = this.numbers[index] ?? 0;
    event.text = this.texts[index] ?? '';
    event.flags = this.flags[index] ?? 0;
    return event;
  }

  /** A copy of the event at a place. */
  at(index: number): ArchiveEvent {
    return this.load(index, emptyEvent());
  }

  /** Place of the first event not before `wanted`; the length where there is none. */
  firstAtOrAfter(wanted: Ticks): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ticksAt(middle) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
