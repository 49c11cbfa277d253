import {type Change, type Simulator, truthLines, UsageError} from 'pi-simulator';

import {type Instant, nextTick} from '../instant';
import type {StoryChange} from '../story/story';
import {pointKey, pointWebId} from './point-identity';
import {type Row, rowOf} from './row';

/**
 * When something changed, counted in attempts: 2.5 is between the third attempt and the
 * fourth, 3 is while the fourth was under way.
 */
export type Moment = number;

/** What an instant of a point holds from a moment on: rests of rows, by sequence. */
export interface Version {
  readonly since: Moment;
  readonly rests: readonly string[];
}

/** A point that existed at some time, and what became of it. */
export interface KnownPoint {
  readonly webId: string;
  readonly key: string;
  readonly future: boolean;
  /** JSON text of its names without the quotes. */
  readonly names: readonly {readonly since: Moment; readonly name: string}[];
  readonly presence: readonly {readonly since: Moment; readonly isVisible: boolean}[];
  /** What it holds at the end, instants that were changed included. */
  readonly rows: readonly Row[];
  /** Every instant that was changed, with all that it ever held, the earliest first. */
  readonly changed: ReadonlyMap<Instant, readonly Version[]>;
}

type Point = Simulator['plant']['dataServers'][number]['points'][number];
type Writable<T> = {
  -readonly [Member in keyof T]: T[Member] extends readonly (infer Item)[]
    ? Item[]
    : T[Member];
};

interface Entry extends Omit<Writable<KnownPoint>, 'rows' | 'changed'> {
  readonly point: Point;
  readonly compressed: readonly Instant[];
  readonly changed: Map<Instant, Version[]>;
}

const LONG_AGO = '1995-01-01T00:00:00Z';
const FAR_AHEAD = '2045-01-01T00:00:00Z';

/** Makes the changes of a story, and keeps what was so before and is so after each. */
export class Chronicle {
  readonly counts = {made: 0, refused: 0};
  private readonly entries = new Map<Point, Entry>();

  constructor(
    private readonly simulator: Simulator,
    /** Instants that compression may discard, by name of the point. */
    private readonly ghosts: ReadonlyMap<string, readonly Instant[]>,
  ) {
    this.lookAround(-1);
  }

  /** Makes one change. One that the archive refuses is counted, and changes nothing. */
  make(change: StoryChange, moment: Moment): void {
    try {
      if (change.action === 'advance_clock') this.advance(change.now, moment);
      else this.change(change, moment);
      this.counts.made += 1;
    } catch (thrown) {
      if (!(thrown instanceof UsageError)) throw thrown;
      this.counts.refused += 1;
    }
  }

  /** Makes every point visible that still exists. */
  showAll(moment: Moment): void {
    for (const {point, presence} of this.entries.values()) {
      if (presence.at(-1)?.isVisible === true) continue;
      this.make({action: 'show_point', point: pathOf(point)}, moment);
    }
  }

  /** Everything that is known of the points at the end. */
  close(): KnownPoint[] {
    return [...this.entries.values()].map((entry) => {
      const {webId, key, future, names, presence, changed} = entry;
      const rows = this.rows(entry.point, {from: LONG_AGO, to: FAR_AHEAD});
      return {webId, key, future, names, presence, rows, changed};
    });
  }

  private change(change: Change, moment: Moment): void {
    const entry = 'point' in change ? this.entryOf(change.point) : undefined;
    // What is newer than a snapshot may end it.
    const instants = [
      ...new Set([...instantsOf(change), ...(entry?.compressed ?? [])]),
    ];
    const before = entry === undefined ? [] : this.look(entry, instants);
    this.simulator.change(change);
    if (entry !== undefined) this.note(entry, {instants, before, moment});
    this.lookAround(moment);
  }

  private advance(now: Instant, moment: Moment): void {
    const entries = [...this.entries.values()].filter(
      ({compressed}) => compressed.length > 0,
    );
    const before = entries.map((entry) => this.look(entry, entry.compressed));
    if (now > this.simulator.now()) this.simulator.advanceClock(now);
    for (const [place, entry] of entries.entries()) {
      const instants = entry.compressed;
      this.note(entry, {instants, before: before[place] ?? [], moment});
    }
  }

  private look({point}: Entry, instants: readonly Instant[]): string[][] {
    return instants.map((from) =>
      this.rows(point, {from, to: nextTick(from)}).map(({rest}) => rest),
    );
  }

  private note(
    entry: Entry,
    {
      instants,
      before,
      moment,
    }: {instants: readonly Instant[]; before: string[][]; moment: Moment},
  ): void {
    const now = this.look(entry, instants);
    for (const [place, instant] of instants.entries()) {
      const rests = now[place] ?? [];
      const old = before[place] ?? [];
      if (rests.join('\n') === old.join('\n')) continue;
      const versions = entry.changed.get(instant) ?? [{since: -Infinity, rests: old}];
      entry.changed.set(instant, [...versions, {since: moment, rests}]);
    }
  }

  /** Notes points that came, went, or have another name. */
  private lookAround(moment: Moment): void {
    const {dataServers} = this.simulator.plant;
    const visible = new Set<Point>(dataServers.flatMap(({points}) => points));
    for (const point of visible) {
      if (!this.entries.has(point))
        this.entries.set(point, this.newEntry(point, moment));
    }
    for (const [point, {names, presence}] of this.entries) {
      const name = JSON.stringify(point.name).slice(1, -1);
      if (names.at(-1)?.name !== name) names.push({since: moment, name});
      const isVisible = visible.has(point);
      if (presence.at(-1)?.isVisible !== isVisible)
        presence.push({since: moment, isVisible});
    }
  }

  private newEntry(point: Point, moment: Moment): Entry {
    const {server, id, future, name} = point;
    return {
      point,
      webId: pointWebId(server.guid, id),
      key: pointKey(server.guid, id),
      future,
      names: [],
      presence: moment < 0 ? [] : [{since: -Infinity, isVisible: false}],
      compressed: this.ghosts.get(name) ?? [],
      changed: new Map(),
    };
  }

  private entryOf(name: string): Entry | undefined {
    const wanted = name.split('\\').at(-1);
    return [...this.entries.values()].find(({point}) => point.name === wanted);
  }

  private rows(point: Point, window: {from: Instant; to: Instant}): Row[] {
    const {plant} = this.simulator;
    const dataServers = [
      {...point.server, points: [point]},
    ] as unknown as typeof plant.dataServers;
    const scene = {...this.simulator, plant: {...plant, dataServers}};
    const text = [...truthLines(scene, 'timeseries', window)].join('');
    return text.split('\n').flatMap((line) => (line === '' ? [] : (rowOf(line) ?? [])));
  }
}

function pathOf({server, name}: Point): string {
  return `\\\\${server.name}\\${name}`;
}

function instantsOf(change: Change): Instant[] {
  if (change.action === 'insert_events') {
    return [...new Set(change.events.map(({timestamp}) => timestamp))];
  }
  return 'timestamp' in change ? [change.timestamp] : [];
}
