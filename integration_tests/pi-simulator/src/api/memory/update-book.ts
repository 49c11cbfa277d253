import {mixAll} from '../../chance/hash';
import {type Ticks} from '../../time/ticks';

/** What happened to an event. */
export interface UpdateEvent {
  readonly action: 'Add' | 'Insert' | 'Update' | 'Delete';
  readonly previous: 'None' | 'PreviousEventArchived' | 'PreviousEventDiscarded';
  /** The event as PI Web API writes it; a deleted one as it was. */
  readonly value: string;
}

/** An event as somebody has seen it. */
export interface SeenEvent {
  /** Instant and ordinal, which make it one event for as long as it is there. */
  readonly key: string;
  readonly ticks: Ticks;
  /** The event as PI Web API writes it. */
  readonly value: string;
}

/** The events of a stream by their keys, in archive order. */
type Seen = ReadonlyMap<string, SeenEvent>;

/** What can be signed up for. */
export interface Watched {
  readonly webId: string;
  /** The events that are watched, as they are now. */
  readonly look: () => Iterable<SeenEvent>;
}

/** What a marker stands for: a stream as somebody has last seen it. */
interface Registration extends Watched {
  readonly hex: string;
  /** How often it was asked so far. */
  count: number;
  seen: Seen;
  /** As it was one marker before, for an answer that was lost on its way. */
  before: Seen | undefined;
}

/** The answer to a poll, or why there is none. */
export type Poll =
  | {readonly registration: Registration; readonly events: readonly UpdateEvent[]}
  | 'not_found'
  | 'invalid';

/**
 * Who has signed up for the updates of which stream. It lives in the memory of one
 * process: a restart forgets it, and every marker with it.
 */
export class UpdateBook {
  private readonly byStream = new Map<string, Registration>();
  private readonly byHex = new Map<string, Registration>();
  private generation = 0;

  /** Signs a user up, unless that was done before; nothing earlier is ever told. */
  register(
    watched: Watched,
    user: string,
  ): {readonly registration: Registration; readonly isNew: boolean} {
    const key = `${user} ${watched.webId}`;
    const known = this.byStream.get(key);
    if (known !== undefined) return {registration: known, isNew: false};
    const registration: Registration = {
      ...watched,
      hex: hexOf(this.generation, key),
      count: 0,
      seen: seenNow(watched),
      before: undefined,
    };
    this.byStream.set(key, registration);
    this.byHex.set(registration.hex, registration);
    return {registration, isNew: true};
  }

  /** What has happened since a marker, which may be the latest one or the one before. */
  poll(marker: string): Poll {
    const [, hex = '', count = ''] = MARKER.exec(marker) ?? [];
    if (hex === '') return 'invalid';
    const registration = this.byHex.get(hex);
    if (registration === undefined) return 'not_found';
    const known = seenAt(registration, Number(count));
    if (known === undefined) return 'invalid';
    const now = seenNow(registration);
    registration.count = Number(count) + 1;
    registration.before = known;
    registration.seen = now;
    return {registration, events: differences(known, now)};
  }

  /** What a restart of the process does. */
  forget(): void {
    this.generation += 1;
    this.byStream.clear();
    this.byHex.clear();
  }
}

const MARKER = /^([0-9a-f]{32})_(\d+)$/;

/** What the holder of a marker has seen; undefined for markers of long ago. */
function seenAt({count, seen, before}: Registration, wanted: number): Seen | undefined {
  if (wanted === count) return seen;
  return wanted === count - 1 ? before : undefined;
}

export function markerOf({
  hex,
  count,
}: {
  readonly hex: string;
  readonly count: number;
}): string {
  return `${hex}_${count}`;
}

function hexOf(generation: number, key: string): string {
  return [1, 2, 3, 4]
    .map((part) => mixAll(generation, key, part).toString(16).padStart(8, '0'))
    .join('');
}

function seenNow({look}: Watched): Seen {
  return new Map([...look()].map((event) => [event.key, event]));
}

/** What has to be told to somebody who saw `known` so that it becomes `now`. */
function differences(known: Seen, now: Seen): readonly UpdateEvent[] {
  const [newest, {ticks}] = [...known].at(-1) ?? ['', {ticks: -Infinity}];
  // A snapshot that compression has dropped is told of with the event after it.
  const isDiscarded = newest !== '' && !now.has(newest) && isFollowed(now, ticks);
  const gone = [...known].filter(
    ([key]) => !now.has(key) && !(isDiscarded && key === newest),
  );
  const changed = [...now].filter(([key, {value}]) => known.get(key)?.value !== value);
  const arrived = changed.filter(([key]) => !known.has(key));
  const told = (
    events: readonly (readonly [string, SeenEvent])[],
    action: UpdateEvent['action'],
  ): readonly UpdateEvent[] =>
    events.map(([, {value}]) => ({action, previous: 'None', value}));
  const added = told(
    arrived.filter(([, event]) => event.ticks >= ticks),
    'Add',
  );
  return [
    ...told(gone, 'Delete'),
    ...told(
      changed.filter(([key]) => known.has(key)),
      'Update',
    ),
    ...told(
      arrived.filter(([, event]) => event.ticks < ticks),
      'Insert',
    ),
    ...added.map((event, index) => ({
      ...event,
      previous:
        isDiscarded && index === 0
          ? ('PreviousEventDiscarded' as const)
          : ('PreviousEventArchived' as const),
    })),
  ];
}

function isFollowed(seen: Seen, at: Ticks): boolean {
  return [...seen.values()].some(({ticks}) => ticks > at);
}
