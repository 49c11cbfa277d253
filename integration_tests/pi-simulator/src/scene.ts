import {Archive} from './archive/archive';
import {liveClock, standingClock, type Clock} from './archive/clock';
import {ChangeBook} from './changes/change-book';
import {LifeSchedule} from './changes/life-schedule';
import {createPlant, type Plant} from './plant/plant';
import {readReplay} from './plant/replay';
import {type StoredPoint} from './plant/stored-point';
import {UsageError} from './plant/usage-error';
import {
  formatFull,
  parseIso,
  TICKS_PER_DAY,
  TICKS_PER_MS,
  type Ticks,
} from './time/ticks';

/** What a plant and its history depend on: the same options are the same events. */
export interface SceneOptions {
  readonly seed?: number;
  /** Number of production sites. */
  readonly plants?: number;
  /** Number of computed points over all sites; 0 leaves only those whose events are given. */
  readonly points?: number;
  readonly historyDays?: number;
  /** Where the history begins (ISO 8601), in place of `historyDays` before `now`. */
  readonly historyStart?: string;
  /** ISO 8601 for a clock that stands until it is moved, or `live`. */
  readonly now?: string;
  readonly replay?: readonly ReplayFile[];
  /** Points whose events are given. */
  readonly stored?: readonly StoredPoint[];
  /**
   * The newest value of a computed numeric point is the uncompressed snapshot: a third
   * of them never reach the archive once a newer value has come.
   */
  readonly snapshots?: boolean;
  /**
   * Events of computed points arrive late, and are edited and deleted afterwards; points
   * are renamed, hidden, removed and added, and elements move.
   */
  readonly life?: boolean;
  /**
   * Event frames are annotated, re-rated, captured again, deleted and made anew with
   * another GUID after they were made.
   */
  readonly frameLife?: boolean;
  /** How far ahead of the plant's clock points are written whose sources run fast. */
  readonly clockSkewMs?: number;
  /** The machine's clock, in milliseconds since 1970. */
  readonly epochMs?: () => number;
}

/** The text of a CSV file to be replayed. */
export interface ReplayFile {
  readonly name: string;
  readonly csv: string;
}

/** A plant, its archive and its clock: all that the API and the truth stand on. */
export interface Scene {
  readonly plant: Plant;
  readonly archive: Archive;
  readonly clock: Clock;
  /** Where the history begins, UTC with seven decimals. */
  readonly historyStart: string;
  readonly epochMs: () => number;
  /** Makes changes by hand and keeps the account of what changed when. */
  readonly changeBook: ChangeBook;
}

const MAX_CLOCK_SKEW_MS = 600_000;

const DEFAULTS = {
  seed: 1,
  plants: 3,
  points: 96,
  historyDays: 30,
  now: 'live',
  replay: [],
  stored: [],
  snapshots: false,
  life: false,
  frameLife: false,
  clockSkewMs: 0,
};

/** @throws UsageError for options that cannot be used. */
export function buildScene(options: SceneOptions): Scene {
  const epochMs = options.epochMs ?? Date.now;
  const {historyDays, now, replay, ...what} = {...DEFAULTS, ...options};
  const clock = now === 'live' ? liveClock(epochMs) : standingClock(instant(now));
  const historyStart =
    options.historyStart === undefined
      ? clock.now() - historyDays * TICKS_PER_DAY
      : instant(options.historyStart);
  const tags = replay.flatMap(({name, csv}: ReplayFile) => readReplay(csv, name));
  const built = createPlant({...what, historyStart, replay: tags});
  const {snapshots, life} = what;
  if (what.clockSkewMs > MAX_CLOCK_SKEW_MS)
    throw new UsageError('No archive takes events more than ten minutes ahead.');
  const clockSkewTicks = what.clockSkewMs * TICKS_PER_MS;
  const archive = new Archive({clock, snapshots, life, clockSkewTicks});
  const schedule = life ? new LifeSchedule(built, historyStart) : undefined;
  const changeBook = new ChangeBook({plant: built, archive}, schedule);
  return {
    ...{clock, archive, changeBook},
    plant: life ? upToDate(built, changeBook) : built,
    historyStart: formatFull(historyStart),
    epochMs,
  };
}

/** A plant that shows what is scheduled up to the moment it is looked at. */
function upToDate(built: Plant, changeBook: ChangeBook): Plant {
  return {
    ...built,
    get dataServers() {
      changeBook.catchUp();
      return built.dataServers;
    },
    get assets() {
      changeBook.catchUp();
      return built.assets;
    },
  };
}

function instant(text: string): Ticks {
  const ticks = parseIso(text);
  if (ticks === undefined)
    throw new UsageError(`"${text}" is not an ISO 8601 timestamp.`);
  return ticks;
}
