import {type Archive} from '../archive/archive';
import {type ArchiveEvent, ANNOTATED, SUBSTITUTED} from '../plant/archive-event';
import {type GivenEvent} from '../plant/event-columns';
import {type Point} from '../plant/point';
import {givenEvent, instantOf, type StoredEvent} from '../plant/stored-point';
import {eventValue, type StoredValue} from '../plant/stored-value';
import {UsageError} from '../plant/usage-error';
import {formatFull, TICKS_PER_SECOND, type Ticks} from '../time/ticks';
import {type ChangedWorld} from './changed-world';

/** A change of the events of a point. */
export type EventChange =
  | {
      /** Late values and backfills; one that ties comes behind those already there. */
      readonly action: 'insert_events';
      readonly point: string;
      readonly events: readonly StoredEvent[];
    }
  | {
      /** Gives an event another value; it is `Substituted` from then on. */
      readonly action: 'edit_event';
      readonly point: string;
      readonly timestamp: string;
      readonly sequence?: number;
      readonly value: StoredValue;
    }
  | {
      readonly action: 'annotate_event';
      readonly point: string;
      readonly timestamp: string;
      readonly sequence?: number;
    }
  | {
      readonly action: 'delete_event';
      readonly point: string;
      readonly timestamp: string;
      readonly sequence?: number;
    }
  | {
      /** Deletes what is held from `from` on and before `to`. */
      readonly action: 'delete_events';
      readonly point: string;
      readonly from: string;
      readonly to: string;
    };

/** A change of one event. */
type SingleChange = Extract<EventChange, {readonly timestamp: string}>;

/** How far ahead of the server's clock a point without future data takes events. */
const AHEAD_TICKS = 600 * TICKS_PER_SECOND;

const ACTIONS: readonly string[] = [
  'insert_events',
  'edit_event',
  'annotate_event',
  'delete_event',
  'delete_events',
] satisfies readonly EventChange['action'][];

export function isEventChange(change: {
  readonly action: string;
}): change is EventChange {
  return ACTIONS.includes(change.action);
}

/** @throws UsageError for what the archive would refuse; nothing has changed then. */
export function changeEvents(
  {archive}: ChangedWorld,
  point: Point,
  change: EventChange,
): void {
  switch (change.action) {
    case 'insert_events':
      insert(archive, point, change.events);
      return;
    case 'delete_events':
      archive.erase(point, {
        from: instantOf(change.from),
        to: instantOf(change.to) - 1,
      });
      return;
    case 'edit_event':
    case 'annotate_event':
    case 'delete_event':
      replace(archive, point, change);
  }
}

function insert(archive: Archive, point: Point, given: readonly StoredEvent[]): void {
  const latest = point.future ? Infinity : archive.now() + AHEAD_TICKS;
  const byInstant = new Map<Ticks, GivenEvent[]>();
  for (const event of given.map((stored) => givenEvent(stored, point))) {
    if (event.isGhost === true)
      throw new UsageError('What is inserted is kept: it cannot be a ghost.');
    if (event.ticks > latest) throw tooFarAhead(point, event.ticks);
    const ties = byInstant.get(event.ticks);
    if (ties === undefined) byInstant.set(event.ticks, [event]);
    else ties.push(event);
  }
  for (const [ticks, events] of byInstant) {
    archive.insert(point, ticks, events);
  }
}

function tooFarAhead({name}: Point, ticks: Ticks): UsageError {
  const at = formatFull(ticks);
  return new UsageError(
    `"${name}" takes no event at ${at}: more than ten minutes ahead of the clock.`,
  );
}

/** What stands in the place of one event after the change. */
function replacement(
  event: ArchiveEvent,
  point: Point,
  change: SingleChange,
): readonly ArchiveEvent[] {
  switch (change.action) {
    case 'edit_event': {
      const value = eventValue(change.value, point);
      return [{...event, ...value, flags: event.flags | SUBSTITUTED}];
    }
    case 'annotate_event':
      return [{...event, flags: event.flags | ANNOTATED}];
    case 'delete_event':
      return [];
  }
}

function replace(archive: Archive, point: Point, change: SingleChange): void {
  const ticks = instantOf(change.timestamp);
  const {sequence = 0} = change;
  const events = archive.at(point, ticks);
  const event = events[sequence];
  if (event === undefined) {
    const at = formatFull(ticks);
    throw new UsageError(`"${point.name}" holds no event ${sequence} at ${at}.`);
  }
  const after = events.slice(sequence + 1);
  const made = replacement(event, point, change);
  archive.put(point, ticks, [...events.slice(0, sequence), ...made, ...after]);
}
