import {rmSync} from 'node:fs';
import {join} from 'node:path';

import {BenchError} from '../bench-error';
import type {Encoding} from '../contestants/encode-columns';
import {runAlone, runPipeline} from '../process/run';
import {feed, program} from '../products/programs';
import {median} from '../statistics';
import {figures, perSecond, sampleOf, type Run, type Sample} from './sample';

/** Names of the two parts that no destination can do without, each alone. */
export const PARSE = 'JSON.parse';
export const ENCODE = 'DuckDB encode';

/** `JSON.parse` of every line of a file, and nothing else. */
export async function parsed({
  path,
  records,
}: {
  readonly path: string;
  readonly records: number;
}): Promise<Run> {
  const parser = program(require.resolve('../contestants/parse-lines'));
  const [, outcome] = await runPipeline([feed(path), parser]);
  if (outcome === undefined) throw new BenchError('JSON.parse did not run.');
  const found = JSON.parse(outcome.said) as {records: number};
  if (found.records === records) return sampleOf(outcome, records);
  throw new BenchError(`${found.records} records were parsed of ${records}.`);
}

/** Columns that were encoded before, and where to put them meanwhile. */
export interface Encoded {
  readonly scratch: string;
  readonly files: readonly string[];
  readonly records: number;
}

/** Only the encoding counts, not the start-up nor the loading of the columns. */
export async function encoded({scratch, files, records}: Encoded): Promise<Run> {
  const output = join(scratch, 'encoded.parquet');
  const script = require.resolve('../contestants/encode-columns');
  const outcome = await runAlone(program(script, output, ...files));
  rmSync(output);
  const {rows, ...used} = JSON.parse(outcome.said) as Encoding;
  if (rows !== records)
    throw new BenchError(`${rows} rows were encoded of ${records}.`);
  return {...sampleOf(outcome, records), ...used};
}

/** The one of the two that takes longer. */
export function slowerFloor(samples: readonly Sample[]): typeof PARSE | typeof ENCODE {
  const rate = (name: string): number => median(figures(samples, name, perSecond));
  return rate(PARSE) < rate(ENCODE) ? PARSE : ENCODE;
}
