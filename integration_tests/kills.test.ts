import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {type Simulator, startSimulator} from 'pi-simulator';

import {discover} from './demo/src/catalog';
import {accountAt, Connection} from './kills/src/connection';
import type {JourneyResult} from './kills/src/journey';
import {runKills} from './kills/src/kills';
import type {Cut} from './kills/src/pipe';
import {findings} from './kills/src/verdict';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kills-'));
});

afterEach(() => rmSync(folder, {recursive: true}));

describe('source-pi | destination-unity, killed at random', () => {
  it('loses nothing and doubles nothing where rows have keys', async () => {
    const {story, verdict} = await journey({seed: 4, kills: 5});

    expect(story.mode).toBe('append_dedup');
    expect(verdict.faults).toEqual([]);
  });

  it('loses nothing where rows have none', async () => {
    const {story, verdict} = await journey({seed: 3, kills: 3});

    expect(story.mode).toBe('append');
    expect(verdict.faults).toEqual([]);
  });

  it('would be seen to lose rows if states came back that nobody acknowledged', async () => {
    await using simulator = await plant();
    const settings = {start_date: START};
    const connection = new Connection({
      ...{simulator, folder, settings, mode: 'append_dedup', trusted: 'source'},
      streams: discover(folder, {...accountAt(simulator), ...settings}),
    });
    connection.startSync();
    await connection.attempt();

    simulator.advanceClock('2026-03-01T13:00:00Z');
    await connection.attempt(BEFORE_IT_IS_STORED);
    await connection.attempt();

    const [timeseries] = await findings(simulator, connection, START);
    expect(timeseries?.missing).toBeGreaterThan(0);
  });
});

const START = '2026-03-01T06:00:00Z';
const BEFORE_IT_IS_STORED: Cut = {
  victim: 'destination',
  after: {emitted: 'timeseries'},
  delayMs: 0,
};

async function plant(): Promise<Simulator & AsyncDisposable> {
  const now = '2026-03-01T12:00:00Z';
  const simulator = await startSimulator({points: 8, historyStart: START, now});
  return {...simulator, [Symbol.asyncDispose]: () => simulator.close()};
}

async function journey(order: {seed: number; kills: number}): Promise<JourneyResult> {
  const stage = {folder, lanes: 1, onResult: () => undefined};
  const [result] = await runKills(order, stage);
  if (result === undefined) throw new Error('There was no journey.');
  return result;
}
