import type {FaultRule, StoredPoint} from 'pi-simulator';

import {Chance} from '../chance';
import {after, HOUR, type Instant, SECOND, wholeSecond} from '../instant';
import {ChangeWriter} from './changes';
import {faultRules} from './faults';
import {HARD_CASES, hardCaseOf} from './hard-cases';
import {OPEN, type Traits} from './traits';
import {POINT_TYPES} from './values';
import {writePoints} from './points';
import type {
  Kill,
  SourceSettings,
  Story,
  StoryChange,
  StorySync,
  TimedChange,
} from './story';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
];
const PAGE_SIZES = [100, 100, 150, 250, 500, 1000, 5000, 50_000];

/** The story of a seed: always the same. */
export function writeStory(seed: number): Story {
  const chance = new Chance(seed);
  const theme = hardCaseOf(seed);
  const own = theme === undefined ? {} : HARD_CASES.get(theme);
  // Every type of point leads now and then.
  const types = chance.some(POINT_TYPES, POINT_TYPES.length - 1);
  const traits = {...OPEN, types, ...own};
  const history = writeHistory(traits, chance.fork('history'));
  const settings = writeSettings(traits, history, chance.fork('settings'));
  const points = writePoints(traits, {...history, settings}, chance.fork('points'));
  const plant = {traits, history, points};
  return {
    seed,
    theme: theme ?? 'open',
    zone: traits.zone ?? chance.one(ZONES),
    server: {
      now: history.begin,
      missingStream: chance.happens(0.3) ? 'item' : 'whole',
      maxReturnedItems: 150_000,
      streamOrder: chance.one(['asked', 'reversed']),
      summaryCountsBad: chance.happens(0.5),
      emptySummary: chance.one(['zero', 'no_data']),
      ...traits.server,
    },
    settings,
    points,
    syncs: writeSyncs(plant, chance.fork('syncs')),
    frames: traits.frames,
  };
}

/** Settings without which a failing story may do. */
export const OPEN_SETTINGS = {
  endDate: undefined,
  settleSeconds: 0,
  lookbackMinutes: 0,
  snapshot: 'include',
  futureDays: 0,
  loadAudit: 'off',
  maxConcurrency: 1,
  maxValuesPerResponse: 50_000,
} as const;

/** The time in which everything happens. */
interface History {
  /** A whole second. */
  readonly begin: Instant;
  /** Ticks. */
  readonly length: number;
}

function writeHistory({hours, middle}: Traits, chance: Chance): History {
  const length = chance.whole(...hours) * HOUR;
  if (middle !== undefined) return {begin: after(middle, -length / 2), length};
  const begin = after('2026-01-01T00:00:00.0000000Z', chance.whole(0, 5000) * HOUR);
  return {
    begin: chance.happens(0.5) ? begin : after(begin, chance.whole(0, 3599) * SECOND),
    length,
  };
}

function writeSettings(
  traits: Traits,
  {begin, length}: History,
  chance: Chance,
): SourceSettings {
  const part = traits.partOfHistory;
  const start = part ? after(begin, Math.floor(length * chance.share() * 0.5)) : begin;
  const end =
    part && chance.happens(0.5) ? after(start, Math.floor(length * 0.4)) : undefined;
  return {
    startDate: wholeSecond(start),
    endDate: end === undefined ? undefined : wholeSecond(end),
    settleSeconds: chance.one([0, 0, 1, 60, 600]),
    lookbackMinutes: chance.one([0, 0, 0, 10, 300, 3000]),
    snapshot: chance.happens(0.3) ? 'hold_back' : 'include',
    futureDays: 0,
    loadAudit: chance.one(['off', 'sample', 'full']),
    maxConcurrency: chance.whole(1, 8),
    maxValuesPerResponse: chance.one(PAGE_SIZES),
    ...traits.settings,
  };
}

interface Plant {
  readonly traits: Traits;
  readonly history: History;
  readonly points: readonly StoredPoint[];
}

function writeSyncs(plant: Plant, chance: Chance): StorySync[] {
  const {traits, history, points} = plant;
  const changes = new ChangeWriter(points, history.begin, chance.fork('changes'));
  const syncs: StorySync[] = [];
  for (const now of writeTimes(plant, chance)) {
    const sync = syncs.length;
    const own = chance.fork(`sync ${sync}`);
    // Before the first sync there is nothing that a change could be late for.
    const before = sync === 0 ? [] : writeChanges({traits, changes, now}, own);
    const names = changes.names;
    const kills = writeKills(traits, own);
    const during = writeDuring({traits, changes, now}, own);
    syncs.push({now, before, during, faults: writeFaults(traits, names, own), kills});
  }
  return syncs;
}

/** When the syncs begin: the last one behind the last event that is not future data. */
function writeTimes({traits, history, points}: Plant, chance: Chance): Instant[] {
  const count = chance.whole(...traits.syncs);
  const {begin, length} = history;
  const behind = after(begin, length + chance.whole(0, 3) * HOUR);
  const instants = points.flatMap(({events}) => events.map(({timestamp}) => timestamp));
  const times = Array.from({length: count - 1}, () => {
    const onEvent = instants.length > 0 && (traits.endsOnEvents || chance.happens(0.3));
    const at = onEvent ? chance.one(instants) : undefined;
    const isInside = at !== undefined && at > begin && at < behind;
    return isInside ? at : after(begin, chance.whole(1, length));
  });
  return [...times.sort(), behind];
}

interface Scene {
  readonly traits: Traits;
  readonly changes: ChangeWriter;
  readonly now: Instant;
}

function writeChanges({traits, changes, now}: Scene, chance: Chance): StoryChange[] {
  const count = chance.whole(...traits.changesBefore);
  return Array.from({length: count}, () =>
    changes.write(chance.one(traits.changes), now),
  ).filter((change) => change !== undefined);
}

function writeDuring({traits, changes, now}: Scene, chance: Chance): TimedChange[] {
  const count = chance.whole(...traits.changesDuring);
  const batches = Array.from({length: count}, () => chance.small(1, 12)).sort(
    (a, b) => a - b,
  );
  return batches.flatMap((batch): TimedChange[] => {
    if (chance.happens(0.1)) {
      return [
        {
          batch,
          change: {action: 'advance_clock', now: after(now, chance.whole(1, HOUR))},
        },
      ];
    }
    const change = changes.write(chance.one(traits.changes), now);
    return change === undefined ? [] : [{batch, change}];
  });
}

function writeFaults(
  traits: Traits,
  names: readonly string[],
  chance: Chance,
): FaultRule[] {
  const count = traits.faults.length === 0 ? 0 : chance.whole(...traits.faultsPerSync);
  return Array.from({length: count}, () => chance.one(traits.faults)).flatMap((kind) =>
    faultRules(kind, chance, names),
  );
}

/** One kill in so many is that of a real process, which costs more time. */
const PROGRAM_SHARE = 0.1;

function writeKills({kills}: Traits, chance: Chance): Kill[] {
  return Array.from({length: chance.whole(...kills)}, (): Kill => {
    const way = chance.happens(PROGRAM_SHARE) ? 'program' : 'in process';
    return {share: chance.share(), way};
  });
}
