import type {JsonObject, Log} from 'airbyte-cdk-ts';

import {fromEpochMs} from '../sync/pi-timestamp';
import type {AssetFrameworkStandIn, StandInFrame} from './asset-framework.stand-in';
import {EventFrames, type EventFramesOptions} from './event-frames';
import {runStream, type StreamRun} from './stream-run.stand-in';

export const START_MS = Date.parse('2026-03-01T00:00:00Z');
export const MINUTE_MS = 60_000;

/** A sync of the stand-in: what differs from the boring case. */
export interface FramesSync extends Partial<Omit<EventFramesOptions, 'http'>> {
  readonly af: AssetFrameworkStandIn;
  readonly nowMs: number;
  readonly stored?: JsonObject | undefined;
  /** Stops, as if killed, after so many slices. */
  readonly slices?: number;
}

/** Runs `event_frames` against the stand-in. */
export function syncFrames({
  stored,
  slices = Infinity,
  ...options
}: FramesSync): Promise<StreamRun> {
  return runStream(framesStream(options), {stored, slices});
}

/** The stream alone. */
export function framesStream({
  af,
  nowMs,
  ...options
}: Omit<FramesSync, 'stored' | 'slices'>): EventFrames {
  return new EventFrames({
    http: af.pi,
    databases: () => Promise.resolve([af.database]),
    serverNow: () => Promise.resolve(fromEpochMs(nowMs)),
    start: fromEpochMs(START_MS),
    end: undefined,
    settleMs: 0,
    lookbackMs: 0,
    templates: [],
    annotations: true,
    maxConcurrency: 4,
    log: logInto([]),
    ...options,
  });
}

/** A frame by number; times in minutes since the start, `undefined` while open. */
export function frameAt(
  index: number,
  at: number,
  until: number | undefined,
): StandInFrame {
  return {
    id: `6a0e6f1e-7d0b-4d53-9f2f-${String(index).padStart(12, '0')}`,
    startMs: Math.round(START_MS + at * MINUTE_MS),
    endMs: until === undefined ? undefined : Math.round(START_MS + until * MINUTE_MS),
  };
}

/** A log that keeps what is said at `info` and above. */
export function logInto(said: string[]): Log {
  const keep = (message: string): void => void said.push(message);
  return {error: keep, warn: keep, info: keep, debug: () => undefined};
}

/** The newest row of each frame, as a table with a key would hold it. */
export class Delivered {
  readonly rows = new Map<string, JsonObject>();

  take({records}: StreamRun): void {
    for (const record of records) {
      this.rows.set(record['event_frame_id'] as string, record);
    }
  }

  /** Ids of frames that are not told to be deleted. */
  get alive(): readonly string[] {
    const rows = [...this.rows].filter(([, row]) => row['is_deleted'] === false);
    return rows.map(([id]) => id).sort();
  }
}
