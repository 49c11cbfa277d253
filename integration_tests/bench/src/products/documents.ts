import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {runAlone} from '../process/run';
import {NOW, startOfHistory, type PlantHello, type Scale} from './plant';
import {executable} from './programs';

/** What plants mostly archive: measured numbers, states and batch names. */
const POINTS = ['TI', 'PI', 'FI', 'LI', 'JI', 'VI', 'XS', 'BID'].map(
  (code) => `*.${code}-*`,
);

/** Writes a document into a folder and returns its path. */
export function document(folder: string, name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** How a history is asked for. */
export interface Reading {
  /** One request at a time; otherwise as many as are shipped. */
  readonly inTurn: boolean;
}

/** At the 50 that are shipped it would be the limit that is measured: PI's own is this. */
const REQUESTS_PER_SECOND = 1000;

/** Settings of source-pi for a history; what is not named is left as it is shipped. */
export function sourceConfig(
  {url, username, password}: PlantHello,
  scale: Scale,
  {inTurn}: Reading,
): unknown {
  return {
    base_url: url,
    credentials: {auth_type: 'basic', username, password},
    selection: {points: POINTS},
    start_date: startOfHistory(scale),
    load: {
      max_requests_per_second: REQUESTS_PER_SECOND,
      // With more at once, what is asked next depends on which answer comes first.
      ...(inTurn ? {max_concurrency: 1} : {}),
    },
    // Contestants read values; none of them counts what it has read.
    load_audit: 'off',
    end_date: NOW,
    settle_seconds: 0,
  };
}

/** Settings of destination-unity: Delta tables in a folder, all else as shipped. */
export function destinationConfig(lake: string): unknown {
  return {catalog: 'bench', schema: 'pi', engine: {type: 'local', path: lake}};
}

interface DiscoveredStream {
  readonly name: string;
  readonly source_defined_primary_key?: unknown;
  readonly default_cursor_field?: unknown;
}

/** `timeseries` as source-pi discovers it, incremental and appended. */
export async function configuredCatalog(configPath: string): Promise<unknown> {
  const {said} = await runAlone(
    executable('source-pi', 'discover', '--config', configPath),
  );
  const stream = discoveredStreams(said).find(({name}) => name === 'timeseries');
  if (stream === undefined) throw new BenchError('source-pi discovers no timeseries.');
  return {
    streams: [
      {
        stream,
        sync_mode: 'incremental',
        destination_sync_mode: 'append',
        primary_key: stream.source_defined_primary_key,
        cursor_field: stream.default_cursor_field,
      },
    ],
  };
}

function discoveredStreams(said: string): readonly DiscoveredStream[] {
  for (const line of said.split('\n')) {
    if (!line.includes('"CATALOG"')) continue;
    const message = JSON.parse(line) as {
      catalog?: {streams: readonly DiscoveredStream[]};
    };
    if (message.catalog !== undefined) return message.catalog.streams;
  }
  return [];
}
