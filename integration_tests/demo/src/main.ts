import {existsSync, mkdirSync, readdirSync, rmSync} from 'node:fs';
import path from 'node:path';

import {configuredCatalog, discover} from './catalog';
import {deltaCommits} from './delta-files';
import {LakeReader} from './lake';
import {parseOptions, USAGE, type DemoOptions} from './options';
import {Progress} from './progress';
import {showQueries} from './queries';
import {grouped, heading, printTable} from './report';
import {startSimulator, type Plant, type RunningSimulator} from './simulator';
import {runSync, type SyncResult} from './sync';
import {compare, isEqual, STREAMS, writeTruth} from './truth';

/** The plant's clock when the demonstration begins. */
const NOW = '2026-03-02T06:00:00Z';
const AN_HOUR_ON = '2026-03-02T07:00:00Z';
const DAY_MS = 86_400_000;
/** Documents and truths of the run; marks the folder as ours. */
const WORK = '.demo';
const SCHEMA = path.join('main', 'plant');

interface DemoParts {
  readonly options: DemoOptions;
  readonly plant: Plant;
  readonly simulator: RunningSimulator;
  readonly lake: LakeReader;
}

/** One run: folder, plant and how many rows proved wrong. */
class Demo {
  readonly #work: string;
  #unequal = 0;

  constructor(private readonly parts: DemoParts) {
    this.#work = path.join(parts.options.out, WORK);
  }

  async run(): Promise<boolean> {
    const streams = discover(this.#work, this.#sourceConfig());
    heading(`Loading ${this.parts.options.days} days up to ${NOW}`);
    const first = await this.#sync(configuredCatalog(streams, 1), undefined, NOW);
    await this.#prove(NOW, first);

    heading(`The plant’s clock moves to ${AN_HOUR_ON}; only what is new may come`);
    await this.parts.simulator.setClock(AN_HOUR_ON);
    const catalog = configuredCatalog(streams, 2);
    const second = await this.#sync(catalog, first.state, AN_HOUR_ON);
    await this.#proveOnlyNew(second);
    await this.#prove(AN_HOUR_ON, second);
    await showQueries(this.parts.lake);
    return this.#unequal === 0;
  }

  async #sync(
    catalog: unknown,
    state: readonly unknown[] | undefined,
    now: string,
  ): Promise<SyncResult> {
    const progress = new Progress(now);
    const result = await runSync({
      folder: this.#work,
      sourceConfig: this.#sourceConfig(),
      destinationConfig: {
        catalog: 'main',
        schema: 'plant',
        engine: {type: 'local', path: this.parts.options.out},
      },
      catalog,
      state,
      onMessage: progress.onMessage,
      onProgress: progress.onProgress,
    });
    console.log(`  ${progress.line(result.records)}`);
    return result;
  }

  #sourceConfig(): unknown {
    const {url, username, password} = this.parts.simulator;
    return {
      base_url: url,
      credentials: {auth_type: 'basic', username, password},
      start_date: this.parts.plant.start,
      settle_seconds: 0,
    };
  }

  /** Every table against the truth, every column of every row. */
  async #prove(to: string, {records}: SyncResult): Promise<void> {
    heading('The tables against the simulator’s own account');
    const rows = [];
    for (const stream of STREAMS) {
      const file = path.join(this.#work, `truth-${stream}.ndjson`);
      await writeTruth(stream, {
        plant: this.parts.plant,
        from: this.parts.plant.start,
        to,
        file,
      });
      await this.parts.lake.refresh(stream);
      const comparison = await compare(this.parts.lake, stream, file);
      if (!isEqual(comparison)) this.#unequal += 1;
      rows.push({
        table: `main.plant.${stream}`,
        commits: `${deltaCommits(this.parts.lake.tableFolder(stream))}`,
        emitted: grouped(records.get(stream) ?? 0),
        rows: grouped(comparison.inTable),
        'in the plant': grouped(comparison.inTruth),
        missing: grouped(comparison.missing),
        surplus: grouped(comparison.surplus),
        verdict: isEqual(comparison) ? 'equal' : 'NOT EQUAL',
      });
    }
    printTable(rows);
  }

  /** The second sync may emit exactly the events of the hour, and none of before. */
  async #proveOnlyNew({records}: SyncResult): Promise<void> {
    const file = path.join(this.#work, 'truth-hour.ndjson');
    const request = {plant: this.parts.plant, from: NOW, to: AN_HOUR_ON, file};
    await writeTruth('timeseries', request);
    const expected = await this.parts.lake.number(
      `SELECT count(*) FROM read_json('${file}', format = 'newline_delimited', columns = {tag_webid: 'VARCHAR'})`,
    );
    const emitted = records.get('timeseries') ?? 0;
    const verdict = emitted === expected ? 'equal' : 'NOT EQUAL';
    if (emitted !== expected) this.#unequal += 1;
    console.log(
      `  timeseries: ${grouped(emitted)} records emitted, ${grouped(expected)} new events in the plant: ${verdict}`,
    );
  }
}

/** Empties the folder of an earlier run; leaves alone what is somebody else's. */
function emptied(folder: string): boolean {
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  if (entries.length > 0 && !entries.includes(WORK)) return false;
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(path.join(folder, WORK), {recursive: true});
  return true;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const begin = performance.now();
  if (!emptied(options.out)) {
    console.error(`${options.out} is not empty and not a lake of this demonstration.`);
    process.exitCode = 2;
    return;
  }
  console.log(
    `PI simulator (a stand-in for PI Web API) -> source-pi -> destination-unity -> ${options.out}`,
  );
  const begins = new Date(Date.parse(NOW) - options.days * DAY_MS).toISOString();
  const plant = {...options, start: begins.replace('.000', '')};
  await using simulator = await startSimulator(plant, NOW);
  const lake = await LakeReader.open(path.join(options.out, SCHEMA));
  const proven = await new Demo({options, plant, simulator, lake}).run();
  heading(
    `${proven ? 'All comparisons are equal.' : 'Some comparisons are NOT equal.'} ` +
      `${((performance.now() - begin) / 1000).toFixed(0)} s, lake in ${options.out}`,
  );
  process.exitCode = proven ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
