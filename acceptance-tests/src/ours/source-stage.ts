import {execFile} from 'node:child_process';
import {mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';

import {HISTORY, NOW, START, startPlant, type Plant} from '../plant';
import {committed, file, ofType, PROGRAMS, run} from '../program';
import {inside} from '../run/outcome';
import {incrementally, type DiscoveredStream} from '../stage/catalog';
import {stageFolder, write, type OurStage} from './stage-folder';

/** Both ends of what is read, as records write instants. */
const [BEGIN, END] = [START, NOW].map((at) => at.replace('Z', '.0000000Z'));
const FUTURE = '2100-01-01T00:00:00.0000000Z';

/** How the plant of the kept states is served, and read. */
const KEPT = committed('source-pi/compat/0.1.0/plant.json') as {
  readonly serve: readonly string[];
  readonly faults: readonly {readonly status: number}[];
  readonly config: Readonly<Record<string, unknown>>;
};

/** So much that a blocked pipe, a kill and a reading's memory mean something. */
const MANY = {start_date: '2026-02-28T06:00:00Z'};

/** Small answers: a window of the read that is killed holds some 20,000 events. */
const SMALL_ANSWERS = {load: {max_values_per_response: 2500}};

/** Nothing is read a second time. */
const NO_LOOKBACK = {event_frames: {lookback_hours: 0}, lookback_minutes: 0};

/** Faults of simulators, one simulator each. */
const FAULTS = {
  /** Event frames answer with an error that stays; everything else is well. */
  broken_stream: [{match: '/eventframes', status: 403}],
  /** Twice "too many requests", then well. */
  rate_limited: [{match: '/recorded', status: 429, retryAfter: 1, times: 2}],
} as const;

/**
 * source-pi on simulators: one plant in order, one with much history, and one for each
 * fault that the plan asks for. A simulator is a stand-in for PI Web API.
 */
export async function sourceStage(): Promise<OurStage> {
  const folder = stageFolder('source-pi');
  const plant = await startPlant();
  const large = await startPlant(['--points', '48', '--history-days', '2']);
  const older = await plantOfKeptStates(folder);
  const plants = [plant, large, older];
  write(folder, {
    ...secrets(plant),
    'secrets/many.json': large.config(MANY),
    'secrets/killed.json': large.config({...MANY, ...SMALL_ANSWERS}),
    'secrets/older.json': older.config(KEPT.config),
    'secrets/expected_records.jsonl': await expectedRecords(),
    'states/future.json': await futureStates(plant.config(NO_LOOKBACK), folder),
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

/** The plant on which the kept states of the release before were made. */
function plantOfKeptStates(folder: string): Promise<Plant> {
  // What answers 500 is asked again and again; what is forbidden is so at once.
  const lasting = KEPT.faults.filter(({status}) => status === 403);
  write(folder, {'faults/older.json': lasting});
  return startPlant([
    ...KEPT.serve,
    ...['--faults', path.join(folder, 'faults/older.json')],
  ]);
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
    'secrets/no_lookback.json': plant.config(NO_LOOKBACK),
    'secrets/incremental_catalog.json': silentCatalog(),
    'secrets/spec.json': committed('source-pi/connection-specification.json'),
  };
}

/** The streams that have nothing to tell where nothing is new. */
function silentCatalog(): unknown {
  const {streams} = committed('source-pi/catalog.json') as {
    readonly streams: readonly DiscoveredStream[];
  };
  return incrementally(
    streams.filter(({name}) => name === 'timeseries' || name === 'event_frames'),
  );
}

/** Real states whose watermarks lie in a far future. */
async function futureStates(config: unknown, folder: string): Promise<unknown> {
  const place = path.join(folder, 'states');
  mkdirSync(place, {recursive: true});
  const outcome = await run(PROGRAMS.source, [
    ...['read', '--config', file(place, 'config.json', config)],
    ...['--catalog', file(place, 'catalog.json', silentCatalog())],
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
  const [events = [], elements = [], frames = []] = await Promise.all(
    ['timeseries', 'af_elements', 'event_frames'].map(truth),
  );
  return [
    ...events.map(recordLine('timeseries')),
    ...elements.map(recordLine('af_elements')),
    ...frames.map(recordLine('event_frames')),
    ...perPoint(events, pointStatus).map(recordLine('tag_status')),
    ...perPoint(events, pointAudit).map(recordLine('load_audit')),
  ].join('');
}

type Row = Readonly<Record<string, unknown>>;

async function truth(stream: string): Promise<readonly Row[]> {
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [PROGRAMS.simulator, 'truth', ...HISTORY, '--stream', stream],
    {maxBuffer: 1 << 28},
  );
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

function recordLine(stream: string): (data: Row) => string {
  return (data) => `${JSON.stringify({stream, data})}\n`;
}

/** A row for each point, made of its events in their order. */
function perPoint(
  events: readonly Row[],
  rowOf: (last: Row, count: number) => Row,
): readonly Row[] {
  const points = new Map<unknown, {last: Row; count: number}>();
  for (const event of events) {
    const count = (points.get(event['tag_webid'])?.count ?? 0) + 1;
    points.set(event['tag_webid'], {last: event, count});
  }
  return [...points.values()].map(({last, count}) => rowOf(last, count));
}

function pointStatus(last: Row, count: number): Row {
  return {
    ...{tag_webid: last['tag_webid'], tag_name: last['tag_name'], synced_at: END},
    ...{state: 'healthy', renamed: false, complete_until: END},
    ...{last_event: last['timestamp'], events_this_sync: count},
  };
}

function pointAudit(last: Row, count: number): Row {
  return {
    ...{tag_webid: last['tag_webid'], tag_name: last['tag_name'], synced_at: END},
    ...{window_start: BEGIN, window_end: END, events_read: count},
    ...{verdict: 'equal', was_reread: false},
  };
}
