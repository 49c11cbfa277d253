import type {Change, FaultRule, StoredPoint} from 'pi-simulator';

import type {Instant} from '../instant';

/** Everything that happens in one run; made from the seed alone. */
export interface Story {
  readonly seed: number;
  /** The hard case that the story was written around; `open` for none. */
  readonly theme: string;
  /** Time zone in which the source runs; what it delivers must not depend on it. */
  readonly zone: string;
  readonly server: ServerSettings;
  readonly settings: SourceSettings;
  readonly points: readonly StoredPoint[];
  readonly syncs: readonly StorySync[];
  /** Whether the plant has event frames, and they are read too. */
  readonly frames: boolean;
}

/** How the PI Web API of the story is configured. */
export interface ServerSettings {
  /** Where its clock stands at the beginning. */
  readonly now: Instant;
  readonly missingStream: 'whole' | 'item';
  readonly maxReturnedItems: number;
  readonly streamOrder: 'asked' | 'reversed';
  readonly summaryCountsBad: boolean;
  readonly emptySummary: 'zero' | 'no_data';
}

/** The settings of the source that the story varies. */
export interface SourceSettings {
  /** UTC, whole seconds: `2026-03-01T00:00:00Z`. */
  readonly startDate: string;
  readonly endDate: string | undefined;
  readonly settleSeconds: number;
  readonly lookbackMinutes: number;
  readonly snapshot: 'include' | 'hold_back';
  readonly futureDays: number;
  readonly loadAudit: 'off' | 'sample' | 'full';
  readonly maxConcurrency: number;
  readonly maxValuesPerResponse: number;
}

/** One sync as the platform counts it: attempts that are killed, then one to the end. */
export interface StorySync {
  /** The archive's clock is moved here before the sync. */
  readonly now: Instant;
  /** Done before the sync. */
  readonly before: readonly StoryChange[];
  /** Done while it runs, before the so-many-th batch is answered. */
  readonly during: readonly TimedChange[];
  readonly faults: readonly FaultRule[];
  readonly kills: readonly Kill[];
}

export interface TimedChange {
  /** Number of the batch, counted over all attempts of the sync, from 1. */
  readonly batch: number;
  readonly change: StoryChange;
}

/** The end of an attempt: what comes later is lost. */
export interface Kill {
  /** After this share of what there is to deliver, in bytes. */
  readonly share: number;
  /** An engine that is abandoned, or SIGKILL of the program. */
  readonly way: 'in process' | 'program';
}

/** Something that changes in the plant, its archive or its clock. */
export type StoryChange =
  Change | {readonly action: 'advance_clock'; readonly now: Instant};
