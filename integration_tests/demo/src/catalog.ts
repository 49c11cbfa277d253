import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {executable} from './executables';

/** A stream of the catalog, as far as a sync needs it. */
export interface DiscoveredStream {
  readonly name: string;
  readonly supported_sync_modes: readonly string[];
  readonly source_defined_primary_key?: readonly (readonly string[])[];
  readonly default_cursor_field?: readonly string[];
}

/** What `source-pi discover` says, as the streams of its CATALOG message. */
export function discover(
  folder: string,
  sourceConfig: unknown,
): readonly DiscoveredStream[] {
  mkdirSync(folder, {recursive: true});
  const config = path.join(folder, 'source-config.json');
  writeFileSync(config, JSON.stringify(sourceConfig));
  const {stdout} = spawnSync(
    process.execPath,
    [executable('source-pi'), 'discover', '--config', config],
    {encoding: 'utf8', maxBuffer: 1 << 26},
  );
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const message = JSON.parse(line) as {
      type: string;
      catalog?: {streams: DiscoveredStream[]};
    };
    if (message.catalog !== undefined) return message.catalog.streams;
  }
  throw new Error(`source-pi discover gave no catalog: ${stdout}`);
}

/**
 * The catalog of one sync: incremental streams are merged by their key or appended, the
 * others are replaced as a whole, which takes a new generation each time.
 */
export function configuredCatalog(
  streams: readonly DiscoveredStream[],
  generation: number,
  incrementalMode: 'append_dedup' | 'append' = 'append_dedup',
): unknown {
  return {
    streams: streams.map((stream) => {
      const incremental = stream.supported_sync_modes.includes('incremental');
      return {
        stream,
        sync_mode: incremental ? 'incremental' : 'full_refresh',
        destination_sync_mode: incremental ? incrementalMode : 'overwrite',
        cursor_field: stream.default_cursor_field ?? [],
        primary_key: stream.source_defined_primary_key ?? [],
        generation_id: incremental ? 0 : generation,
        minimum_generation_id: incremental ? 0 : generation,
        sync_id: generation,
      };
    }),
  };
}
