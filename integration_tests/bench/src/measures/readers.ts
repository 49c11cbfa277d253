import {createReadStream} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

import type {PointFacts, ReadingTask} from '../contestants/reading-task';
import type {Command} from '../process/run';
import {document} from '../products/documents';
import {NOW} from '../products/plant';
import {program, ROOT} from '../products/programs';
import type {ServedHistory} from './history';

/** Beside the sources: the compiler copies no Python. */
const PYTHON_SOURCE = 'integration_tests/bench/src/contestants/python-source.py';

/** Programs that turn the same recorded answers into the same records. */
export interface Readers {
  readonly ours: Command;
  readonly floor: Command;
  readonly faros: Command;
  /** @param interpreter Path of the Python that has what the reader imports. */
  readonly python: (interpreter: string) => Command;
}

/** A served history and the messages that source-pi emits of it, in a file. */
export interface ReadHistory {
  readonly served: ServedHistory;
  readonly lines: string;
}

/** The contestants, each told where this history is served. */
export async function readersOf({served, lines}: ReadHistory): Promise<Readers> {
  const {read, origin, history} = served;
  const {recording, folder, catalog} = history;
  const end = NOW.replace('Z', '.0000000Z');
  const task: ReadingTask = {origin, recording, end, points: await pointFacts(lines)};
  const path = document(folder, 'task.json', task);
  const faros = require.resolve('../contestants/faros-source');
  const script = join(ROOT, PYTHON_SOURCE);
  return {
    ours: read,
    floor: program(require.resolve('../contestants/floor-source'), path),
    faros: program(faros, 'read', '--config', path, '--catalog', catalog),
    python: (python) => ({name: 'python-source', script, args: [path], python}),
  };
}

/** Name and units of every point by WebID, as the records of source-pi have them. */
export async function pointFacts(lines: string): Promise<Record<string, PointFacts>> {
  const points: Record<string, PointFacts> = {};
  for await (const line of createInterface({input: createReadStream(lines)})) {
    const webId = /"tag_webid":"([^"]+)"/.exec(line)?.[1];
    if (webId === undefined || webId in points) continue;
    const {record} = JSON.parse(line) as {
      record: {data: {tag_name: string; units?: string | null}};
    };
    const {tag_name: name, units} = record.data;
    points[webId] = {name, ...(typeof units === 'string' ? {units} : {})};
  }
  return points;
}
