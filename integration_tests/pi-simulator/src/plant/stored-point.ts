import {parseIso, type Ticks} from '../time/ticks';
import {ANNOTATED, BAD, QUESTIONABLE, SUBSTITUTED} from './archive-event';
import {DIGITAL_SETS} from './digital-sets';
import {EventColumns, type GivenEvent} from './event-columns';
import {type Point} from './point';
import {type PointType} from './sensor-kinds';
import {eventValue, type StoredValue, type ValueTarget} from './stored-value';
import {UsageError} from './usage-error';

/** A point whose events are given. */
export interface StoredPoint {
  readonly name: string;
  readonly type: PointType;
  /** The data server that holds it: `PISRV01` unless said otherwise. */
  readonly server?: string;
  readonly descriptor?: string;
  readonly units?: string;
  readonly zero?: number;
  readonly span?: number;
  readonly step?: boolean;
  readonly future?: boolean;
  /** `MachineState` for a digital point unless said otherwise. */
  readonly digitalSet?: string;
  /** Its newest event is a snapshot that compression may discard: see `ghost`. */
  readonly compressed?: boolean;
  /** In any order of time; those on one instant stay in the order given. */
  readonly events: readonly StoredEvent[];
}

/** One given event. */
export interface StoredEvent {
  /** ISO 8601 with up to seven decimals, kept as given. */
  readonly timestamp: string;
  readonly value: StoredValue;
  readonly bad?: boolean;
  readonly questionable?: boolean;
  readonly substituted?: boolean;
  readonly annotated?: boolean;
  /**
   * Of a compressed point: held only as long as it is the newest event by now, and
   * discarded when a newer one comes.
   */
  readonly ghost?: boolean;
}

/** What a stored point is before it has a place on a server. */
export type PointFacts = Omit<Point, 'server' | 'id' | 'mounting'>;

const TYPES: readonly PointType[] = [
  ...(['Int16', 'Int32', 'Float16', 'Float32', 'Float64'] as const),
  ...(['Digital', 'String', 'Timestamp', 'Blob'] as const),
];
const STEPPED: readonly PointType[] = ['Digital', 'String', 'Timestamp', 'Blob'];
const NUMERIC_SPAN = 100;

/** @throws UsageError naming the point and the event that cannot be. */
export function storedPointFacts(given: StoredPoint): PointFacts {
  const {name, type} = given;
  const target = {type, digitalSet: digitalSetOf(given)};
  const events = given.events.map((event, index) =>
    named(`"${name}", event ${index + 1}`, () => {
      if (event.ghost === true && given.compressed !== true)
        throw new UsageError('only a compressed point discards events.');
      return givenEvent(event, target);
    }),
  );
  const isStepped = STEPPED.includes(type);
  const {descriptor = '', units = '', zero = 0, future = false} = given;
  const {span = isStepped ? 0 : NUMERIC_SPAN, step = isStepped} = given;
  return {
    ...{name, descriptor, units, zero, span, step, future},
    ...target,
    series: {origin: 'stored', events: new EventColumns(events)},
  };
}

function digitalSetOf({name, type, digitalSet}: StoredPoint): string {
  if (typeof name !== 'string' || name === '')
    throw new UsageError('A stored point needs a name.');
  if (!TYPES.includes(type))
    throw new UsageError(`"${name}": a type is one of ${TYPES.join(', ')}.`);
  const wanted = digitalSet ?? (type === 'Digital' ? 'MachineState' : '');
  if (wanted === '' || DIGITAL_SETS.some((set) => set.name === wanted)) return wanted;
  throw new UsageError(`"${name}": there is no digital set "${wanted}".`);
}

function named<T>(at: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${at}: ${error.message}`);
  }
}

/** @throws UsageError for a time that is none and a value that the target cannot hold. */
export function givenEvent(event: StoredEvent, target: ValueTarget): GivenEvent {
  return {
    ...eventValue(event.value, target),
    ticks: instantOf(event.timestamp),
    flags: flagsOf(event),
    isGhost: event.ghost === true,
  };
}

/** @throws UsageError for text that is no time. */
export function instantOf(timestamp: string): Ticks {
  const ticks = parseIso(timestamp);
  if (ticks === undefined)
    throw new UsageError(`"${timestamp}" is not an ISO 8601 timestamp.`);
  return ticks;
}

function flagsOf({bad, questionable, substituted, annotated}: StoredEvent): number {
  return (
    (bad === true ? BAD : 0) |
    (questionable === true ? QUESTIONABLE : 0) |
    (substituted === true ? SUBSTITUTED : 0) |
    (annotated === true ? ANNOTATED : 0)
  );
}

/**
 * Reads the text of a file of stored points: a JSON list.
 *
 * @throws UsageError for anything else.
 */
export function readStoredPoints(
  text: string,
  fileName: string,
): readonly StoredPoint[] {
  const list = parsed(text, fileName);
  if (!Array.isArray(list) || !list.every(hasEvents))
    throw new UsageError(`${fileName}: a list of points with "events" is expected.`);
  return list as readonly StoredPoint[];
}

function hasEvents(point: unknown): boolean {
  return (
    typeof point === 'object' &&
    point !== null &&
    'events' in point &&
    Array.isArray(point.events)
  );
}

function parsed(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${fileName} is not JSON.`);
  }
}
