import {closeSync, openSync, readFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import {recordsOf, timeseriesLines, type MadeHistory} from '../lines/timeseries-lines';
import {document} from './documents';
import {ROOT} from './programs';

/** Messages on disk, and the catalog that a destination is given with them. */
export interface LinesFile {
  readonly path: string;
  readonly catalog: string;
  readonly records: number;
}

/** How the destination is to write the streams. */
export type WriteMode = 'append' | 'append_dedup';

interface Declared {
  readonly name: string;
  readonly source_defined_primary_key?: unknown;
  readonly default_cursor_field?: unknown;
}

/** Writes a made history and its catalog into a folder, under a name. */
export function writeMadeLines(
  place: {readonly folder: string; readonly name: string},
  made: MadeHistory,
  mode: WriteMode,
): LinesFile {
  const {folder, name} = place;
  const path = join(folder, `${name}.ndjson`);
  const file = openSync(path, 'w');
  try {
    for (const text of timeseriesLines(made)) writeSync(file, text);
  } finally {
    closeSync(file);
  }
  const catalog = document(folder, `${name}-catalog.json`, {
    streams: made.streams.map((stream) => configured(stream, mode)),
  });
  return {path, catalog, records: recordsOf(made)};
}

/** A stream like `timeseries`, as source-pi declares it, under another name. */
function configured(name: string, mode: WriteMode): unknown {
  const text = readFileSync(join(ROOT, 'spec/source-pi/catalog.json'), 'utf8');
  const {streams} = JSON.parse(text) as {streams: readonly Declared[]};
  const stream = streams.find((declared) => declared.name === 'timeseries');
  if (stream === undefined) throw new BenchError('source-pi declares no timeseries.');
  return {
    stream: {...stream, name},
    sync_mode: 'incremental',
    destination_sync_mode: mode,
    primary_key: stream.source_defined_primary_key,
    cursor_field: stream.default_cursor_field,
  };
}
