import type {Change, SimulatorOptions, StoredEvent, StoredPoint} from 'pi-simulator';

import {Chance} from './chance';
import type {WriteMode} from './connection';
import type {Cut} from './pipe';

/** What a journey is made of, all of it from its seed. */
export interface Story {
  readonly seed: number;
  readonly mode: WriteMode;
  readonly plant: SimulatorOptions;
  readonly start: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Late events and edits are read again: changes behind the watermark are allowed. */
  readonly looksBack: boolean;
}

/** The newest instant of every story's first sync. */
const NOW = '2026-03-02T06:00:00Z';
const HOUR_MS = 3_600_000;
const LOOKBACK_HOURS = 8;
/** At most, so that all moves of a journey stay within half the lookback. */
const MINUTES_PER_MOVE = 20;
const LATE_WITHIN_HOURS = LOOKBACK_HOURS / 2;

/** Tells the story of a seed. */
export function writeStory(seed: number): Story {
  const chance = new Chance(seed);
  const mode = chance.share() < 0.75 ? 'append_dedup' : 'append';
  const looksBack = mode === 'append_dedup' && chance.share() < 0.6;
  const hours = chance.whole(8, 18);
  const start = new Date(Date.parse(NOW) - hours * HOUR_MS).toISOString();
  return {
    seed,
    mode,
    looksBack,
    start: `${start.slice(0, 19)}Z`,
    plant: {
      seed,
      plants: 1,
      points: chance.whole(6, 14),
      historyStart: start,
      now: NOW,
      stored: storedPoints(chance, Date.parse(start)),
      rateLimitPerSecond: 1_000_000,
    },
    settings: {
      start_date: `${start.slice(0, 19)}Z`,
      lookback_minutes: looksBack ? LOOKBACK_HOURS * 60 : 0,
      // Frames are acknowledged long after their end.
      event_frames: {lookback_hours: 72},
      load_audit: chance.one(['sample', 'off']),
      load: {
        max_concurrency: chance.whole(1, 4),
        max_requests_per_second: 1000,
        max_values_per_response: chance.one([250, 1000, 5000, 50_000]),
      },
    },
  };
}

/**
 * Anywhere in what there is to tell, around an acknowledgement, or after the source has
 * said all.
 */
export function drawCut(chance: Chance, expectedBytes: number): Cut {
  const victim = chance.one<Cut['victim']>([
    'source',
    'destination',
    'destination',
    'both',
  ]);
  if (victim === 'source') {
    const after = {bytes: Math.floor(chance.share() * expectedBytes)};
    return {victim, after, delayMs: chance.whole(0, 40)};
  }
  // A destination is behind the bytes that it was given: what it does with them is later.
  const lateness = chance.share() ** 2;
  const delayMs = Math.floor(lateness * 700);
  const kind = chance.one<'bytes' | 'states' | 'end'>([
    'bytes',
    'bytes',
    'states',
    'end',
  ]);
  if (kind === 'states') {
    const after = {states: chance.whole(1, 4)};
    return {victim, after, delayMs: Math.floor(lateness * 150)};
  }
  const bytes = kind === 'end' ? Infinity : Math.floor(chance.share() * expectedBytes);
  return {victim, after: {bytes}, delayMs};
}

/** Minutes by which the clock moves before a sync. */
export function drawMinutes({looksBack}: Story, chance: Chance): number {
  return looksBack ? chance.whole(1, MINUTES_PER_MOVE) : chance.whole(5, 240);
}

/** The plant as it is between two syncs. */
export interface PlantNow {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Paths of the elements. */
  readonly elements: readonly string[];
}

/** Changes of the plant between two syncs. */
export function drawChanges(
  {looksBack, plant: {stored = []}}: Story,
  chance: Chance,
  {nowMs, elements}: PlantNow,
): readonly Change[] {
  const changes: Change[] = [newElement(chance, {nowMs, elements})];
  const [point] = stored;
  if (looksBack && point !== undefined) {
    const fromMs = nowMs - LATE_WITHIN_HOURS * HOUR_MS;
    const events = numbers(chance, {fromMs, toMs: nowMs, count: chance.whole(1, 40)});
    changes.push({action: 'insert_events', point: point.name, events});
  }
  if (chance.share() < 0.3) changes.push(newPoint(chance, nowMs));
  return changes;
}

/** The stream that is read as a whole is another one in every sync. */
function newElement(chance: Chance, {nowMs, elements}: PlantNow): Change {
  const parent = elements[chance.whole(0, elements.length - 1)] ?? '';
  return {action: 'add_element', parent, name: `Added ${nowMs}`};
}

/** Its history lies behind the watermark of the others. */
function newPoint(chance: Chance, nowMs: number): Change {
  const count = chance.whole(0, 300);
  const fromMs = nowMs - LATE_WITHIN_HOURS * HOUR_MS;
  const events = numbers(chance, {fromMs, toMs: nowMs, count});
  const name = `Added.${nowMs}`;
  return {action: 'add_point', stored: {name, type: 'Float64', events}};
}

/** Points with what is hard to read: ties, bursts, text. */
function storedPoints(chance: Chance, startMs: number): StoredPoint[] {
  const toMs = Date.parse(NOW);
  const span = {fromMs: startMs, toMs};
  const burst = new Date(chance.whole(startMs, toMs - 1)).toISOString();
  const texts: readonly [string, ...string[]] = ['"quoted"', 'π\\n', '𝄞 🏭', ' ', ''];
  return [
    {
      name: 'Stored.Number',
      type: 'Float64',
      events: [
        ...numbers(chance, {...span, count: chance.whole(500, 4000)}),
        ...Array.from({length: chance.whole(2, 200)}, (_, value) => ({
          timestamp: burst,
          value,
        })),
      ],
    },
    {
      name: 'Stored.Text',
      type: 'String',
      events: numbers(chance, {...span, count: chance.whole(1, 300)}).map(
        ({timestamp}) => ({timestamp, value: chance.one(texts)}),
      ),
    },
  ];
}

/** Events at any tick of `[fromMs, toMs)`. */
function numbers(
  chance: Chance,
  {fromMs, toMs, count}: {fromMs: number; toMs: number; count: number},
): StoredEvent[] {
  return Array.from({length: count}, () => {
    const ms = new Date(chance.whole(fromMs, toMs - 1)).toISOString().slice(0, -1);
    const ticks = String(chance.whole(0, 9999)).padStart(4, '0');
    return {timestamp: `${ms}${ticks}Z`, value: chance.whole(-1e6, 1e6) / 1000};
  });
}
