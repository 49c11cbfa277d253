import {execFile} from 'node:child_process';
import {mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';

import {HISTORY, startPlant, type Plant} from '../plant';
import {committed, file, ofType, PROGRAMS, run} from '../program';
import {inside} from '../run/outcome';
import {incrementally, type DiscoveredStream} from '../stage/catalog';
import {stageFolder, write, type OurStage} from './stage-folder';

const FUTURE = '2100-01-01T00:00:00.0000000Z';

/** Faults of simulators, one simulator each. */
const FAULTS = {
  /** Event frames answer with an error that stays; everything else is well. */
  broken_stream: [{match: '/eventframes', status: 403}],
  /** Twice "too many requests", then well. */
  rate_limited: [{match: '/recorded', status: 429, retryAfter: 1, times: 2}],
  /** Every answer with values breaks off in the middle. */
  broken_answers: [{match: '/recorded', truncateAfterBytes: 300}],
} as const;

/**
 * source-pi on simulators: one plant in order, one with much history, and one for each
 * fault that the plan asks for. A simulator is a stand-in for PI Web API.
 */
export async function sourceStage(): Promise<OurStage> {
  const folder = stageFolder('source-pi');
  const plant = await startPlant();
  const large = await startPlant(['--points', '96', '--history-days', '4']);
  const plants = [plant, large];
  write(folder, {
    ...secrets(plant),
    'secrets/many.json': large.config({start_date: '2026-02-26T06:00:00Z'}),
    'secrets/expected_records.jsonl': await expectedRecords(),
    'states/future.json': await futureStates(plant.config(), folder),
  });
  for (const [name, rules] of Object.entries(FAULTS)) {
    write(folder, {[`faults/${name}.json`]: rules});
    const faulty = await startPlant([
      '--faults',
      path.join(folder, `faults/${name}.json`),
    ]);
    plants.push(faulty);
    write(folder, {[`secrets/${name}.json`]: faulty.config()});
  }
  return {
    plan: path.join(folder, 'acceptance-test-config.yml'),
    program: PROGRAMS.source,
    mounts: [],
    [Symbol.asyncDispose]: async () => {
      await Promise.all(plants.map((each) => each[Symbol.asyncDispose]()));
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

function secrets(plant: Plant): Record<string, unknown> {
  const {username} = plant;
  const refused = {auth_type: 'basic', username, password: 'wr0ng-Secret%1'};
  return {
    'secrets/config.json': plant.config(),
    'secrets/wrong_password.json': plant.config({credentials: refused}),
    'secrets/unreachable.json': plant.config({base_url: 'http://127.0.0.1:9/piwebapi'}),
    'secrets/senseless.json': plant.config({start_date: 'yesterday'}),
    'secrets/no_config.json': [],
    'secrets/spec.json': committed('source-pi/connection-specification.json'),
  };
}

/** Real states whose watermarks lie in a far future. */
async function futureStates(config: unknown, folder: string): Promise<unknown> {
  const place = path.join(folder, 'states');
  mkdirSync(place, {recursive: true});
  const streams = committed('source-pi/catalog.json') as {
    readonly streams: readonly DiscoveredStream[];
  };
  const outcome = await run(PROGRAMS.source, [
    ...['read', '--config', file(place, 'config.json', config)],
    ...['--catalog', file(place, 'catalog.json', incrementally(streams.streams))],
  ]);
  const states = new Map(
    ofType(outcome, 'STATE').map(({state}) => [
      inside(state, 'stream', 'stream_descriptor', 'name'),
      state,
    ]),
  );
  const text = JSON.stringify([...states.values()]);
  return JSON.parse(text.replace(/"watermark":"[^"]+"/g, `"watermark":"${FUTURE}"`));
}

/** What the simulator's own account of the plant says, as records. */
async function expectedRecords(): Promise<string> {
  const streams = ['timeseries', 'af_elements', 'event_frames'];
  const lines = await Promise.all(
    streams.map(async (stream) => {
      const {stdout} = await promisify(execFile)(
        process.execPath,
        [PROGRAMS.simulator, 'truth', ...HISTORY, '--stream', stream],
        {maxBuffer: 1 << 28},
      );
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((row) => `{"stream":"${stream}","data":${row}}\n`);
    }),
  );
  return lines.flat().join('');
}
