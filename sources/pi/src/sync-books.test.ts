import {parseConfig, type JsonObject, type SourceContext} from 'airbyte-cdk-ts';
import {startSimulator, type Simulator, type StoredPoint} from 'pi-simulator';

import {InstantClock} from './client/scripted-http.stand-in';
import {PiSource} from './source';
import {runStream} from './streams/stream-run.stand-in';
import {rewritingProxy, type Rewrite} from './transport/rewriting-proxy.stand-in';

const START = '2026-03-01T00:00:00Z';
const NOW = '2026-03-01T06:00:00Z';
const LATER = '2026-03-01T08:00:00Z';

describe('the proof of a sync', () => {
  it('finds every audited point equal, whichever events PI counts', async () => {
    for (const settings of SUMMARY_SETTINGS) {
      await using plant = await plantOf({points: 24, ...settings});

      const {audit, status} = await sync(plant, {load_audit: 'full'});

      expect(new Set(audit.map(({verdict}) => verdict))).toEqual(new Set(['equal']));
      const audited = new Set(audit.map(({tag_webid: webId}) => webId));
      expect(audited.size).toBe(status.length);
    }
  });

  it('reads a window again from which a value was lost on the way, and delivers it', async () => {
    let isLost = false;
    await using plant = await plantOf({stored: [hourly('TI-1')]}, (answer, asked) => {
      if (isLost || !asked.includes('recorded')) return answer;
      const spoilt = withoutOneValue(answer);
      isLost = spoilt !== answer;
      return spoilt;
    });

    const {audit, events} = await sync(plant, {load_audit: 'full'});

    expect(audit).toMatchObject([
      {events_read: 1, events_counted: 1, verdict: 'equal', was_reread: false},
      {events_read: 5, events_counted: 5, verdict: 'equal', was_reread: true},
    ]);
    expect(audit[0]).toMatchObject({tag_name: 'TI-1', data_server: 'PISRV01'});
    expect(new Set(events.map(({timestamp}) => timestamp)).size).toBe(6);
  });

  it('tells of a value that PI counts and never returns, as a row and in the log', async () => {
    await using plant = await plantOf({stored: [hourly('TI-1')]}, (answer, asked) =>
      asked.includes('recorded') ? withoutOneValue(answer) : answer,
    );

    const {audit, log} = await sync(plant, {load_audit: 'full'});

    expect(audit).toMatchObject([
      {verdict: 'equal'},
      {verdict: 'differs', events_read: 4, events_counted: 5, was_reread: true},
    ]);
    expect(log.join('\n')).toMatch(
      /differs from what PI counts: TI-1 from 2026-03-01T01:00:00.0000000Z to .*: 4 read, 5 counted/,
    );
  });

  it('audits a point whose gap was loaded, though its turn has not come', async () => {
    await using plant = await plantOf({points: 200});
    const {simulator} = plant;
    const first = await sync(plant, {load_audit: 'sample'});
    const audited = new Set(first.audit.map(({tag_webid: webId}) => webId));
    const point = first.status.find(({tag_webid: webId}) => !audited.has(webId));
    const fault = {
      match: point?.['tag_name'] as string,
      on: 'stream',
      status: 500,
    } as const;
    simulator.addFault(fault);
    simulator.advanceClock('2026-03-01T07:00:00Z');
    const second = await sync(plant, {load_audit: 'sample'}, first.states);
    simulator.clearFaults();
    simulator.advanceClock(LATER);

    const third = await sync(plant, {load_audit: 'sample'}, second.states);

    const ofPoint = ({tag_webid: webId}: JsonObject): boolean =>
      webId === point?.['tag_webid'];
    expect(second.status.filter(ofPoint)).toMatchObject([{state: 'quarantined'}]);
    expect(third.audit.filter(ofPoint)).toMatchObject([{verdict: 'equal'}]);
    expect(third.status.filter(ofPoint)).toMatchObject([{state: 'healthy'}]);
  });

  it('goes on where PI does not count at all, and says so once', async () => {
    await using plant = await plantOf({
      points: 40,
      faults: [{match: 'streamsets/summary', status: 501}],
    });

    const {audit, events, log} = await sync(plant, {load_audit: 'full'});

    expect(new Set(audit.map(({verdict}) => verdict))).toEqual(
      new Set(['not_counted']),
    );
    expect(audit.filter(({tag_webid: webId}) => webId === '*')).toHaveLength(1);
    const read = audit.reduce((sum, row) => sum + Number(row['events_read']), 0);
    expect(read).toBe(events.length);
    expect(log.filter((line) => line.includes('is not audited'))).toHaveLength(1);
  });

  it('tells how every point stands', async () => {
    await using plant = await plantOf({
      stored: [
        hourly('TI-GOOD'),
        hourly('TI-SECRET'),
        hourly('TI-GONE'),
        hourly('TI-OLD'),
        {name: 'TI-EMPTY', type: 'Float32', events: []},
      ],
      faults: [{match: 'TI-SECRET', on: 'stream', status: 403}],
    });
    const {simulator} = plant;
    const points = ['TI-*', 'PI-UNKNOWN'];
    const first = await sync(plant, {selection: {points}});
    simulator.advanceClock(LATER);
    simulator.change({action: 'remove_point', point: 'TI-GONE'});
    simulator.change({action: 'rename_point', point: 'TI-OLD', name: 'TI-RENAMED'});
    simulator.change({action: 'add_point', stored: hourly('TI-FRESH')});

    const {status} = await sync(plant, {selection: {points}}, first.states);

    const byName = new Map(status.map((row) => [row['tag_name'] ?? 'gone', row]));
    expect(byName.get('TI-GOOD')).toMatchObject({
      state: 'healthy',
      last_event: '2026-03-01T05:30:00.0000000Z',
      lag_seconds: 9000,
      events_this_sync: 0,
      complete_until: '2026-03-01T08:00:00.0000000Z',
      renamed: false,
    });
    expect(byName.get('TI-SECRET')).toMatchObject({
      state: 'quarantined',
      reason: expect.stringContaining('Ask the PI administrator for read access'),
      complete_until: '2026-03-01T00:00:00.0000000Z',
      failures: 2,
    });
    expect(byName.get('gone')).toMatchObject({state: 'missing'});
    expect(byName.get('TI-RENAMED')).toMatchObject({state: 'healthy', renamed: true});
    expect(byName.get('TI-FRESH')).toMatchObject({state: 'new', events_this_sync: 6});
    expect(byName.get('TI-EMPTY')).toMatchObject({state: 'no_data'});
    expect(byName.get('PI-UNKNOWN')).toMatchObject({
      tag_webid: 'name:PI-UNKNOWN',
      state: 'missing',
    });
    expect(status).toHaveLength(7);
  });

  it('tells what it knows where timeseries is not read', async () => {
    await using plant = await plantOf({stored: [hourly('TI-1')]});

    const {audit, status, log} = await sync(
      plant,
      {},
      {streams: ['load_audit', 'tag_status']},
    );

    expect(audit).toEqual([]);
    expect(log.join('\n')).toContain('load_audit is empty');
    expect(status).toMatchObject([
      {state: 'not_read', last_event: '2026-03-01T05:30:00.0000000Z'},
    ]);
  });

  it('ends with one line on what was done', async () => {
    await using plant = await plantOf({
      points: 12,
      faults: [{match: '/batch', times: 1, status: 429, retryAfter: 2}],
    });

    const {log, events} = await sync(plant, {});

    const summary = log.filter((line) => line.startsWith('Sync ended'));
    expect(summary).toHaveLength(1);
    expect(summary[0]).toMatch(/points: \d+ healthy, 0 late, 0 failed/);
    expect(summary[0]).toContain(`${events.length} events`);
    expect(summary[0]).toMatch(/waited 2\.\d s because PI asked for it/);
    expect(summary[0]).toMatch(/slowest points: \S+ \d+\.\d s/);
  });
});

const SUMMARY_SETTINGS = [
  {summaryCountsBad: true, emptySummary: 'zero'},
  {summaryCountsBad: false, emptySummary: 'no_data'},
] as const;

function hourly(name: string): StoredPoint {
  const events = [0, 1, 2, 3, 4, 5].map((hour) => ({
    timestamp: `2026-03-01T0${hour}:30:00Z`,
    value: hour,
  }));
  return {name, type: 'Float32', events};
}

/** The answer as it would be had one stream lost its first value. */
function withoutOneValue(answer: string): string {
  return answer.replace(/\{"Timestamp":"[^"]*30:00Z"[^}]*\},/, '');
}

interface Plant extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly url: string;
}

async function plantOf(
  options: Parameters<typeof startSimulator>[0],
  rewrite: Rewrite = (answer) => answer,
): Promise<Plant> {
  const simulator = await startSimulator({
    ...{now: NOW, historyStart: START, points: 0},
    ...options,
  });
  const proxy = await rewritingProxy(simulator.url, rewrite);
  return {
    simulator,
    url: proxy.url,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

interface SyncRun {
  readonly events: readonly JsonObject[];
  readonly audit: readonly JsonObject[];
  readonly status: readonly JsonObject[];
  readonly states: Readonly<Record<string, JsonObject>>;
  readonly log: readonly string[];
}

const STREAMS = ['timeseries', 'load_audit', 'tag_status'];

async function sync(
  {simulator, url}: Plant,
  settings: JsonObject,
  before: Readonly<Record<string, JsonObject | readonly string[]>> = {},
): Promise<SyncRun> {
  const source = new PiSource(new InstantClock());
  const {username, password} = simulator;
  const config = parseConfig(source.configSchema, {
    base_url: url,
    credentials: {auth_type: 'basic', username, password},
    start_date: START,
    settle_seconds: 0,
    ...settings,
  });
  const log: string[] = [];
  const states: Record<string, JsonObject> = {};
  const records = new Map<string, readonly JsonObject[]>();
  const {streams: names = STREAMS} = before;
  for (const stream of await source.streams(config, contextOf(log))) {
    const {name} = stream.declaration;
    if (!(names as readonly string[]).includes(name)) continue;
    const stored = before[name] as JsonObject | undefined;
    const run = await runStream(stream, {stored});
    records.set(name, run.records);
    states[name] = run.state;
  }
  await source.close();
  const [events = [], audit = [], status = []] = STREAMS.map((name) =>
    records.get(name),
  );
  return {events, audit, status, states, log};
}

function contextOf(log: string[]): SourceContext {
  const tell = (message: string): void => void log.push(message);
  const nothing = (): void => undefined;
  return {
    log: {error: tell, warn: tell, info: tell, debug: nothing},
    signal: new AbortController().signal,
    rateLimit: {waiting: nothing, resumed: nothing},
  };
}
