import {discover} from 'demo';

import {type JourneyResult, runJourney} from './journey';
import type {KillsOptions} from './options';

/** Where and beside how many others journeys run. */
export interface KillsStage {
  readonly folder: string;
  readonly lanes: number;
  /** Told of each journey as it ends. */
  readonly onResult: (result: JourneyResult) => void;
}

/** Kills of a journey; the last one may have fewer. */
const KILLS_PER_JOURNEY = 8;

/** Plays as many journeys as the kills need, a few at a time. */
export async function runKills(
  {kills, seed}: KillsOptions,
  {folder, lanes, onResult}: KillsStage,
): Promise<readonly JourneyResult[]> {
  const streams = discover(folder, ANY_PLANT);
  const orders = Array.from(
    {length: Math.ceil(kills / KILLS_PER_JOURNEY)},
    (_, number) => ({
      seed: seed + number,
      kills: Math.min(KILLS_PER_JOURNEY, kills - number * KILLS_PER_JOURNEY),
      ...{folder, streams},
    }),
  );
  const results: JourneyResult[] = [];
  const lane = async (): Promise<void> => {
    for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
      const result = await runJourney(order);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({length: lanes}, lane));
  return results;
}

/** What is asked only for the catalog: no plant is asked for that. */
const ANY_PLANT = {
  base_url: 'http://127.0.0.1:9/piwebapi',
  credentials: {auth_type: 'basic', username: 'nobody', password: 'none'},
  start_date: '2026-01-01T00:00:00Z',
};
