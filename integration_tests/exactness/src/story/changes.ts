import type {Change, StoredEvent, StoredPoint} from 'pi-simulator';

import type {Chance} from '../chance';
import {after, HOUR, type Instant, ticksBetween} from '../instant';
import {eventAt, POINT_TYPES, valueOf} from './values';

export type ChangeKind =
  | 'insert late'
  | 'insert new'
  | 'edit'
  | 'delete'
  | 'rename'
  | 'add'
  | 'remove'
  | 'hide'
  | 'show';

export const ALL_CHANGES: readonly ChangeKind[] = [
  'insert late',
  'insert late',
  'insert new',
  'edit',
  'delete',
  'rename',
  'add',
  'remove',
  'hide',
  'show',
];

/** Writes changes that can be done, in the order in which they are asked for. */
export class ChangeWriter {
  private readonly points: Map<string, StoredPoint>;
  private readonly hidden = new Set<string>();
  private readonly touched = new Set<string>();
  private added = 0;

  constructor(
    points: readonly StoredPoint[],
    private readonly begin: Instant,
    private readonly chance: Chance,
  ) {
    this.points = new Map(points.map((point) => [point.name, point]));
  }

  /** Names of the points as they are by now. */
  get names(): readonly string[] {
    return [...this.points.keys()];
  }

  /** Undefined where the plant has nothing that could change so. */
  write(kind: ChangeKind, now: Instant): Change | undefined {
    return this.makers[kind](now);
  }

  private readonly makers: Readonly<
    Record<ChangeKind, (now: Instant) => Change | undefined>
  > = {
    'insert late': (now) => this.insert(this.begin, now),
    'insert new': (now) => this.insert(after(now, -HOUR), now),
    edit: (now) => this.edit(now),
    delete: (now) => this.remove(now),
    rename: () => this.rename(),
    add: (now) => this.add(now),
    remove: () => this.takeAway('remove_point'),
    hide: () => this.takeAway('hide_point'),
    show: () => this.show(),
  };

  private insert(from: Instant, to: Instant): Change | undefined {
    const point = this.anyPoint();
    if (point === undefined || from >= to) return undefined;
    const length = ticksBetween(from, to);
    const events = Array.from({length: this.chance.small(1, 30)}, () =>
      eventAt(after(from, this.chance.whole(0, length - 1)), point.type, this.chance),
    );
    for (const {timestamp} of events) this.touched.add(`${point.name} ${timestamp}`);
    return {action: 'insert_events', point: point.name, events};
  }

  private edit(now: Instant): Change | undefined {
    const chosen = this.anyEvent(now);
    if (chosen === undefined) return undefined;
    const {point, event} = chosen;
    const value = valueOf(point.type, this.chance);
    return {action: 'edit_event', point: point.name, timestamp: event.timestamp, value};
  }

  private remove(now: Instant): Change | undefined {
    const chosen = this.anyEvent(now);
    if (chosen === undefined) return undefined;
    const {point, event} = chosen;
    return {action: 'delete_event', point: point.name, timestamp: event.timestamp};
  }

  private rename(): Change | undefined {
    const point = this.anyPoint();
    if (point === undefined) return undefined;
    this.added += 1;
    const name = `${point.name} renamed ${this.added}`;
    this.points.delete(point.name);
    this.points.set(name, {...point, name});
    return {action: 'rename_point', point: point.name, name};
  }

  private add(now: Instant): Change {
    this.added += 1;
    const type = this.chance.one(POINT_TYPES);
    const length = ticksBetween(this.begin, now);
    const timestamps = Array.from({length: this.chance.whole(0, 150)}, () =>
      after(this.begin, this.chance.whole(0, length - 1)),
    );
    const events = timestamps
      .sort()
      .map((timestamp) => eventAt(timestamp, type, this.chance));
    const stored = {name: `added.${this.added}`, type, events};
    this.points.set(stored.name, stored);
    return {action: 'add_point', stored};
  }

  /** Never the last one: a plant without points is a fault of the configuration. */
  private takeAway(action: 'remove_point' | 'hide_point'): Change | undefined {
    const point = this.points.size > 1 ? this.anyPoint() : undefined;
    if (point === undefined) return undefined;
    this.points.delete(point.name);
    if (action === 'hide_point') this.hidden.add(point.name);
    return {action, point: point.name};
  }

  private show(): Change | undefined {
    const [point] = this.hidden;
    if (point === undefined) return undefined;
    this.hidden.delete(point);
    return {action: 'show_point', point};
  }

  private anyPoint(): StoredPoint | undefined {
    return this.points.size === 0
      ? undefined
      : this.chance.one([...this.points.values()]);
  }

  /** One that stands alone on its timestamp and was not changed before. */
  private anyEvent(now: Instant): {point: StoredPoint; event: StoredEvent} | undefined {
    const point = this.anyPoint();
    if (point === undefined || point.events.length === 0) return undefined;
    const event = this.chance.one(point.events);
    const key = `${point.name} ${event.timestamp}`;
    const same = point.events.filter(({timestamp}) => timestamp === event.timestamp);
    // A ghost comes and goes by itself.
    if (event.ghost === true) return undefined;
    if (event.timestamp >= now || same.length > 1 || this.touched.has(key))
      return undefined;
    this.touched.add(key);
    return {point, event};
  }
}
