import {startServer, type Server} from '../process/server';
import {executable} from './programs';

/** How much history a run holds. */
export interface Scale {
  readonly points: number;
  readonly days: number;
}

/** The plant's clock stands still, so that every recording of a scale is the same. */
export const NOW = '2026-03-02T06:00:00Z';
const DAY_MS = 86_400_000;

/** Where the simulator answers, and as whom to ask. */
export interface PlantHello {
  /** Base URL of its PI Web API. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** First instant of a history of so many days. */
export function startOfHistory({days}: Scale): string {
  const start = Math.round((Date.parse(NOW) - days * DAY_MS) / 1000) * 1000;
  return new Date(start).toISOString().replace('.000Z', 'Z');
}

/** A PI simulator with the plant of this scale. It is recorded, never measured. */
export async function startPlant({points, days}: Scale): Promise<Server<PlantHello>> {
  const args = ['--seed', '1', '--points', `${points}`, '--history-days', `${days}`];
  return await startServer<PlantHello>(
    executable('pi-simulator', 'serve', '--port', '0', '--now', NOW, ...args),
  );
}
