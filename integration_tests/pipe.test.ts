import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {
  type FaultRule,
  type Simulator,
  startSimulator,
  truthRecords,
} from 'pi-simulator';

import {discover} from './demo/src/catalog';
import {STREAMS, type StreamName} from './demo/src/truth';
import {accountAt, Connection} from './kills/src/connection';
import {findings} from './kills/src/verdict';

const START = '2026-03-01T06:00:00Z';
const NOW = '2026-03-02T06:00:00Z';

describe('source-pi | destination-unity', () => {
  it('loses nothing where every page is full', async () => {
    await using pipe = await begin({max_values_per_response: 200});

    await pipe.sync();

    expect(await pipe.verdicts()).toEqual(ALL_EQUAL);
  });

  it('loses nothing where PI throttles, fails and breaks off', async () => {
    await using pipe = await begin({max_values_per_response: 2000}, [
      {match: '/batch', after: 1, times: 2, status: 429, retryAfter: 0},
      {match: '/batch', after: 4, times: 1, status: 503, body: 'html'},
      {match: '/batch', after: 6, times: 1, truncateAfterBytes: 2000},
      {match: 'streamsets/recorded', after: 9, times: 1, status: 500},
      {match: 'streamsets/recorded', after: 12, times: 1, webExceptionAfterValues: 50},
    ]);

    await pipe.sync();

    expect(await pipe.verdicts()).toEqual(ALL_EQUAL);
  });

  it('reads the others on while one point fails, and loads its gap when it heals', async () => {
    await using pipe = await begin();
    const {simulator} = pipe;
    const [first] = truthRecords(simulator, 'timeseries', {from: START, to: NOW});
    simulator.addFault({
      match: String(first?.['tag_webid']),
      on: 'stream',
      status: 403,
      scope: 'whole',
    });

    await pipe.sync();
    const gap = await pipe.missing('timeseries');
    simulator.clearFaults();
    simulator.advanceClock('2026-03-02T08:00:00Z');
    await pipe.sync();

    expect(gap).toBeGreaterThan(0);
    expect(await pipe.verdicts()).toEqual(ALL_EQUAL);
  });
});

const ALL_EQUAL = STREAMS.map((stream) => ({stream, missing: 0, surplus: 0}));

interface Pipe extends AsyncDisposable {
  readonly simulator: Simulator;
  /** One sync, which must go through. */
  sync(): Promise<void>;
  missing(stream: StreamName): Promise<number | undefined>;
  verdicts(): Promise<unknown>;
}

async function begin(
  load: Readonly<Record<string, number>> = {},
  faults: readonly FaultRule[] = [],
): Promise<Pipe> {
  const simulator = await startSimulator({
    seed: 7,
    points: 16,
    historyStart: START,
    now: NOW,
    faults,
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'pipe-'));
  const settings = {start_date: START, load};
  const streams = discover(folder, {...accountAt(simulator), ...settings});
  const mode = 'append_dedup';
  const connection = new Connection({simulator, folder, streams, mode, settings});
  const found = (): ReturnType<typeof findings> =>
    findings(simulator, connection, START);
  return {
    simulator,
    sync: async () => {
      connection.startSync();
      const {source, destination} = await connection.attempt();
      expect({source, destination}).toEqual({source: 0, destination: 0});
    },
    missing: async (wanted) =>
      (await found()).find(({stream}) => stream === wanted)?.missing,
    verdicts: async () =>
      (await found()).map(({stream, missing, surplus}) => ({stream, missing, surplus})),
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}
