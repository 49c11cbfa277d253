import {type ArchiveEvent} from '../plant/archive-event';
import {type Ticks} from '../time/ticks';
import {type Span, type Visit} from './visit';

/** Reads a series as it would be without the patch, in the direction of the reading. */
export type ReadSeries = (visit: Visit) => void;

/**
 * What was changed by hand in the events of one point.
 *
 * An instant that was touched holds exactly the events of its list, whatever the series
 * says; a span that was deleted holds none of the series' events. Everything else is as
 * the series says: it is merged while reading and never copied.
 */
export class Patch {
  private readonly lists = new Map<Ticks, readonly ArchiveEvent[]>();
  private readonly deleted: Span[] = [];
  /** The newest instant at which anything was inserted, also if it was deleted again. */
  newestInserted: Ticks = -Infinity;
  /** The touched instants, in order of time; undefined while some were added. */
  private order: readonly Ticks[] | undefined;

  /** The events of an instant, if it was touched. */
  at(ticks: Ticks): readonly ArchiveEvent[] | undefined {
    return this.lists.get(ticks);
  }

  /** From now on the instant holds these events. */
  set(ticks: Ticks, events: readonly ArchiveEvent[]): void {
    if (!this.lists.has(ticks)) this.order = undefined;
    this.lists.set(ticks, events);
  }

  /** Nothing that happened in the span is held any more. */
  erase(span: Span): void {
    this.deleted.push(span);
    for (const ticks of this.lists.keys()) {
      if (span.from <= ticks && ticks <= span.to) this.lists.set(ticks, []);
    }
  }

  /** Whether the series' events of an instant no longer count. */
  hides(ticks: Ticks): boolean {
    return (
      this.lists.has(ticks) ||
      this.deleted.some(({from, to}) => from <= ticks && ticks <= to)
    );
  }

  /** The last instant that was touched. */
  get last(): Ticks {
    return this.instants().at(-1) ?? -Infinity;
  }

  forward({from, to}: Span, visit: Visit, read: ReadSeries): void {
    const order = this.instants();
    const [first, end] = [placeOf(order, from), placeOf(order, to + 1)];
    this.merge({first, end, step: 1}, visit, read);
  }

  backward({from, to}: Span, visit: Visit, read: ReadSeries): void {
    const order = this.instants();
    const [first, end] = [placeOf(order, to + 1) - 1, placeOf(order, from) - 1];
    this.merge({first, end, step: -1}, visit, read);
  }

  private merge({first, end, step}: Places, visit: Visit, read: ReadSeries): void {
    const order = this.instants();
    let next = first;
    let isOpen = true;
    const giveUpTo = (reached: Ticks): void => {
      for (; isOpen && next !== end; next += step) {
        const ticks = order[next] ?? 0;
        if ((reached - ticks) * step < 0) return;
        isOpen = this.list(ticks, step).every((event) => visit({...event}));
      }
    };
    read((event) => {
      giveUpTo(event.ticks);
      if (isOpen && !this.hides(event.ticks)) isOpen = visit(event);
      return isOpen;
    });
    giveUpTo(step * Infinity);
  }

  private list(ticks: Ticks, step: Places['step']): readonly ArchiveEvent[] {
    const events = this.lists.get(ticks) ?? [];
    return step === 1 ? events : events.toReversed();
  }

  private instants(): readonly Ticks[] {
    this.order ??= [...this.lists.keys()].sort((a, b) => a - b);
    return this.order;
  }
}

/** Places among the touched instants, in the direction of the reading. */
interface Places {
  readonly first: number;
  /** The place after the last one. */
  readonly end: number;
  readonly step: 1 | -1;
}

/** Place of the first instant not before `wanted`. */
function placeOf(order: readonly Ticks[], wanted: Ticks): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
