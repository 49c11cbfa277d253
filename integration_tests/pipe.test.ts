import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {type FaultRule, type Simulator, startSimulator} from 'pi-simulator';

import {configuredCatalog, discover} from './demo/src/catalog';
import {executable} from './demo/src/executables';
import {LakeReader} from './demo/src/lake';
import {LineScanner} from './demo/src/line-scanner';
import {compare, STREAMS, type StreamName, writeTruth} from './demo/src/truth';

const START = '2026-03-01T06:00:00Z';
const NOW = '2026-03-02T06:00:00Z';

describe('source-pi | destination-unity', () => {
  it('loses nothing where every page is full', async () => {
    await using journey = await begin();

    await journey.sync({load: {max_values_per_response: 200}});

    expect(await journey.verdicts()).toEqual(ALL_EQUAL);
  });

  it('loses nothing where PI throttles, fails and breaks off', async () => {
    await using journey = await begin([
      {match: '/batch', after: 1, times: 2, status: 429, retryAfter: 0},
      {match: '/batch', after: 4, times: 1, status: 503, body: 'html'},
      {match: '/batch', after: 6, times: 1, truncateAfterBytes: 2000},
      {match: 'streamsets/recorded', after: 9, times: 1, status: 500},
      {match: 'streamsets/recorded', after: 12, times: 1, webExceptionAfterValues: 50},
    ]);

    await journey.sync({load: {max_values_per_response: 2000}});

    expect(await journey.verdicts()).toEqual(ALL_EQUAL);
  });

  it('reads on where a killed destination had acknowledged', async () => {
    await using journey = await begin();

    for (const records of [500, 3000, 9000]) {
      await journey.sync(
        {load: {max_values_per_response: 500}},
        {kill: 'destination', records},
      );
    }
    await journey.sync({});

    expect(await journey.verdicts()).toEqual(ALL_EQUAL);
  });

  it('reads on where a killed source had arrived', async () => {
    await using journey = await begin();

    for (const records of [700, 4000, 8000]) {
      await journey.sync(
        {load: {max_values_per_response: 500}},
        {kill: 'source', records},
      );
    }
    await journey.sync({});

    expect(await journey.verdicts()).toEqual(ALL_EQUAL);
  });

  it('reads the others on while one point fails, and loads its gap when it heals', async () => {
    await using journey = await begin();
    const {simulator} = journey;
    const [first] = await journey.points();
    simulator.addFault({
      match: String(first),
      on: 'stream',
      status: 403,
      scope: 'whole',
    });

    await journey.sync({});
    const {missing: gap} = await journey.comparison('timeseries');
    simulator.clearFaults();
    simulator.advanceClock('2026-03-02T08:00:00Z');
    await journey.sync({});

    expect(gap).toBeGreaterThan(0);
    expect(await journey.verdicts()).toEqual(ALL_EQUAL);
  });
});

const ALL_EQUAL = STREAMS.map((stream) => ({stream, missing: 0, surplus: 0}));

/** Where a sync is cut: SIGKILL after so many records have passed the pipe. */
interface Cut {
  readonly kill: 'source' | 'destination';
  readonly records: number;
}

/** A plant, a lake and the states that the destination acknowledged. */
class Journey implements AsyncDisposable {
  #states = new Map<string, unknown>();
  #generation = 0;

  constructor(
    readonly simulator: Simulator,
    private readonly folder: string,
  ) {}

  async sync(settings: Readonly<Record<string, unknown>>, cut?: Cut): Promise<void> {
    this.#generation += 1;
    const config = this.#config(settings);
    const catalog = configuredCatalog(discover(this.folder, config), this.#generation);
    const catalogFile = this.#write('catalog', catalog);
    const source = this.#start('source-pi', [
      ...['read', '--config', this.#write('source', config), '--catalog', catalogFile],
      ...['--state', this.#write('state', [...this.#states.values()])],
    ]);
    const destination = this.#start('destination-unity', [
      ...['write', '--config', this.#write('destination', this.#destination())],
      ...['--catalog', catalogFile],
    ]);
    const ended = Promise.all([once(source, 'close'), once(destination, 'close')]);
    this.#pipe({source, destination}, cut);
    const [[sourceCode], [destinationCode]] = (await ended) as [[unknown], [unknown]];
    if (cut === undefined && sourceCode !== 0) throw new Error('The source failed.');
    if (cut === undefined && destinationCode !== 0) {
      throw new Error('The destination failed.');
    }
  }

  async points(): Promise<readonly string[]> {
    const file = path.join(this.folder, 'truth-points');
    await writeTruth('timeseries', this.#truth(file));
    const lake = await this.#lake();
    const rows = await lake.rows(
      `SELECT tag_webid FROM read_json('${file}', format = 'newline_delimited')
       GROUP BY ALL ORDER BY count(*) DESC`,
    );
    return rows.map((row) => row['tag_webid'] ?? '');
  }

  async comparison(
    stream: StreamName,
  ): Promise<{stream: StreamName; missing: number; surplus: number}> {
    const file = path.join(this.folder, `truth-${stream}`);
    await writeTruth(stream, this.#truth(file));
    const lake = await this.#lake();
    await lake.refresh(stream);
    const {missing, surplus} = await compare(lake, stream, file);
    return {stream, missing, surplus};
  }

  async verdicts(): Promise<unknown> {
    const all = [];
    for (const stream of STREAMS) all.push(await this.comparison(stream));
    return all;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.simulator.close();
    rmSync(this.folder, {recursive: true, force: true});
  }

  #pipe(
    {source, destination}: Record<'source' | 'destination', ChildProcess>,
    cut: Cut | undefined,
  ): void {
    const passing = new LineScanner(() => undefined);
    destination.stdin?.on('error', () => undefined);
    source.stdout?.on('data', (chunk: Buffer) => {
      passing.feed(chunk);
      const records = [...passing.records.values()].reduce((sum, n) => sum + n, 0);
      if (cut !== undefined && records >= cut.records) {
        (cut.kill === 'source' ? source : destination).kill('SIGKILL');
      }
      destination.stdin?.write(chunk);
    });
    source.stdout?.on('close', () => destination.stdin?.end());
    const acknowledged = new LineScanner((message) => this.#acknowledge(message));
    destination.stdout?.on('data', (chunk: Buffer) => {
      acknowledged.feed(chunk);
    });
  }

  #acknowledge(message: Readonly<Record<string, unknown>>): void {
    if (message['type'] !== 'STATE') return;
    const {stream} = message['state'] as {stream: {stream_descriptor: {name: string}}};
    this.#states.set(stream.stream_descriptor.name, message['state']);
  }

  #start(
    program: 'source-pi' | 'destination-unity',
    args: readonly string[],
  ): ChildProcess {
    return spawn(process.execPath, [executable(program), ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {...process.env, CHECKPOINT_INTERVAL_SECONDS: '0'},
    });
  }

  #config(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const {url, username, password} = this.simulator;
    return {
      base_url: url,
      credentials: {auth_type: 'basic', username, password},
      start_date: START,
      settle_seconds: 0,
      ...settings,
    };
  }

  #destination(): unknown {
    const engine = {type: 'local', path: path.join(this.folder, 'lake')};
    return {catalog: 'main', schema: 'plant', engine, flush: {megabytes: 1}};
  }

  #truth(file: string): Parameters<typeof writeTruth>[1] {
    const plant = {seed: SEED, points: POINTS, start: START};
    return {plant, from: START, to: this.simulator.now(), file};
  }

  #lake(): Promise<LakeReader> {
    return LakeReader.open(path.join(this.folder, 'lake/main/plant'));
  }

  #write(name: string, content: unknown): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  }
}

const SEED = 7;
const POINTS = 16;

async function begin(faults: readonly FaultRule[] = []): Promise<Journey> {
  const simulator = await startSimulator({
    seed: SEED,
    points: POINTS,
    historyStart: START,
    now: NOW,
    faults,
  });
  return new Journey(simulator, mkdtempSync(path.join(tmpdir(), 'journey-')));
}
