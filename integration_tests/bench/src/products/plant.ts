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
export async function startPlant(scale: Scale): Promise<Server<PlantHello>> {
  return await served(plantOptions(scale));
}

/** What a distant PI Web API costs; stated with every journey. */
export const LATENCY = {requestMs: 50, archiveCallMs: 5, eventMicros: 2};

/** A simulator whose every request, call to the archive and event takes its time. */
export async function startDistantPlant(
  plant: Scale | {readonly stored: string},
): Promise<Server<PlantHello>> {
  const {requestMs, archiveCallMs, eventMicros} = LATENCY;
  return await served([
    ...('stored' in plant ? storedOptions(plant.stored) : plantOptions(plant)),
    ...['--latency-ms', `${requestMs}`, '--rpc-latency-ms', `${archiveCallMs}`],
    ...['--event-latency-micros', `${eventMicros}`],
  ]);
}

function plantOptions({points, days}: Scale): readonly string[] {
  return ['--seed', '1', '--points', `${points}`, '--history-days', `${days}`];
}

/** @param path A file of points whose events are given. */
function storedOptions(path: string): readonly string[] {
  return ['--plants', '0', '--points', '0', '--stored', path];
}

async function served(options: readonly string[]): Promise<Server<PlantHello>> {
  return await startServer<PlantHello>(
    executable('pi-simulator', 'serve', '--port', '0', '--now', NOW, ...options),
  );
}
