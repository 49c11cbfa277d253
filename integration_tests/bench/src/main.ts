import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

import {BenchError} from './bench-error';
import type {BenchContext, Findings} from './measures/context';
import {measureDestinationWrite} from './measures/destination-write';
import {writeLines} from './measures/counted';
import {measureGrowth} from './measures/growth';
import {measureJourneys} from './measures/journeys/journeys';
import {recordHistory, serveHistory, type History} from './measures/history';
import {measureLocalGrowth} from './measures/local-growth';
import {measureManyStreams} from './measures/many-streams';
import {LENGTHS, peakMeasures, samplePeaks} from './measures/peak-memory';
import {measurePipe} from './measures/pipe';
import {writeProfiles} from './measures/profile';
import type {ReadHistory} from './measures/readers';
import type {Sample} from './measures/sample';
import {measureSourceRead} from './measures/source-read';
import {measureSpark} from './measures/spark';
import {measureStagedWrite} from './measures/staged-write';
import {measureStartUp} from './measures/start-up';
import {measureWire} from './measures/wire';
import {benchOptions, type BenchOptions, type Part} from './options';
import type {Scale} from './products/plant';
import {ROOT} from './products/programs';
import {provenance} from './report/machine';
import {heldAgainst, heldReport} from './report/accepted';
import type {Measure} from './report/measure';
import {table, verdict} from './report/table';

/**
 * The memory part reads this part of the days, then ten and a hundred times as much: the
 * longest of them takes minutes as it is.
 */
const MEMORY_SHARE = 1 / 12;

/** Slow contestants of the source read this part of the days: rates are compared. */
const SLOW_SHARE = 1 / 4;

/** A distant network carries this part of the days, plain, in some seconds. */
const WIRE_SHARE = 1 / 12;

/** The short result that CI holds the next ones against. */
const ACCEPTED = join(ROOT, 'integration_tests/bench/results/short.json');

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Parts that need what source-pi emits of a recorded history. */
const ON_LINES = ['source', 'destination', 'pipe', 'profile', 'warehouse'] as const;

/** Runs the chosen parts and gathers what they find. */
class Bench {
  readonly #found: Findings[] = [];
  readonly #histories: History[] = [];

  constructor(
    private readonly options: BenchOptions,
    private readonly context: BenchContext,
  ) {}

  async run(): Promise<void> {
    const {parts, growth, localGrowth} = this.options;
    if (ON_LINES.some((part) => parts.has(part))) await this.#measureSpeed();
    const others: readonly (readonly [Part, () => Promise<void>])[] = [
      ['start-up', () => this.#add('Start-up', measureStartUp)],
      ['wire', () => this.#measureWire()],
      [
        'growth',
        () =>
          this.#add('Growth: points and days', (context) =>
            measureGrowth(growth, context),
          ),
      ],
      ['journeys', () => this.#measureJourneys()],
      [
        'local-growth',
        () =>
          this.#add('Tables of a folder as they grow', (context) =>
            measureLocalGrowth({...context, ...localGrowth}),
          ),
      ],
      ['warehouse', () => this.#measureManyStreams()],
      ['spark', () => this.#measureSpark()],
      ['memory', () => this.#measureMemory()],
    ];
    for (const [part, measure] of others) if (parts.has(part)) await measure();
  }

  async #add(
    what: string,
    measured: (context: BenchContext) => Promise<Findings>,
  ): Promise<void> {
    say(what);
    this.#found.push(await measured(this.context));
  }

  get findings(): Required<Findings> {
    return {
      measures: this.#found.flatMap(({measures}) => measures),
      samples: this.#found.flatMap(({samples}) => samples),
      tables: this.#found.flatMap(({tables}) => tables ?? []),
    };
  }

  /** What was read, for the saved result. */
  get histories(): readonly Pick<History, 'scale' | 'records' | 'requests'>[] {
    return this.#histories.map(({scale, records, requests, answerBytes}) => ({
      scale,
      records,
      requests,
      answerBytes,
    }));
  }

  async #measureSpeed(): Promise<void> {
    const {parts, points, days} = this.options;
    await using once = await serveHistory(await this.#record('speed', {points, days}));
    const {history} = once;
    const lines = join(history.folder, 'lines.ndjson');
    await writeLines(once.read, lines);
    if (parts.has('source')) {
      say('Source: PI’s answers to RECORD lines');
      this.#found.push(await this.#measureSource({served: once, lines}));
    }
    if (parts.has('pipe')) {
      say('Pipe: both at once, against each alone');
      this.#found.push(await measurePipe({served: once, lines}, this.context));
    }
    if (parts.has('destination')) {
      say('Destination: RECORD lines to committed Delta');
      const given = {path: lines, history};
      this.#found.push(await measureDestinationWrite(given, this.context));
    }
    if (parts.has('profile')) {
      say('Profiles of both');
      this.#found.push(await writeProfiles({served: once, lines}, this.context));
    }
    if (parts.has('warehouse')) {
      say('Destination: RECORD lines to staged Parquet, before an accepting warehouse');
      const {catalog, records} = history;
      const given = {path: lines, catalog, records};
      this.#found.push(await measureStagedWrite(given, this.context));
    }
    rmSync(lines);
  }

  async #measureSource(whole: ReadHistory): Promise<Findings> {
    const {points, days} = this.options;
    const scale = {points, days: days * SLOW_SHARE};
    await using served = await serveHistory(await this.#record('share', scale));
    const lines = join(served.history.folder, 'lines.ndjson');
    await writeLines(served.read, lines);
    const share = {served, lines};
    const found = await measureSourceRead({whole, share}, this.context);
    rmSync(lines);
    return found;
  }

  async #measureWire(): Promise<void> {
    const {points, days} = this.options;
    const history = await this.#record('wire', {points, days: days * WIRE_SHARE});
    say('Wire: gzip against plain answers, near and far');
    this.#found.push(await measureWire(history, this.context));
    rmSync(history.folder, {recursive: true});
  }

  async #measureJourneys(): Promise<void> {
    say('Journeys: whole syncs of a distant plant');
    const {points, days} = this.options.journeys;
    this.#found.push(await measureJourneys({points, days}, this.context));
  }

  async #measureManyStreams(): Promise<void> {
    say('Memory: one stream and fifty at once, before an accepting warehouse');
    const hours = this.options.short ? 8 : 24;
    this.#found.push(await measureManyStreams(hours, this.context));
  }

  async #measureSpark(): Promise<void> {
    say('Spark: rows to Delta tables behind the bridge');
    const found = await measureSpark(this.options.short, this.context);
    if ('notRun' in found) say(`  not run: ${found.notRun}`);
    else this.#found.push(found);
  }

  async #measureMemory(): Promise<void> {
    const {points} = this.options;
    const days = this.options.days * MEMORY_SHARE;
    const samples: Sample[] = [];
    for (const length of LENGTHS) {
      const scale = {points, days: days * length};
      const history = await this.#record(`${length}x`, scale);
      say(`Memory: both in one pipe, ${length}x the history`);
      await using served = await serveHistory(history);
      samples.push(...(await samplePeaks(served, length, this.context)));
      rmSync(history.folder, {recursive: true});
    }
    const measures = peakMeasures(samples, this.findings.samples);
    this.#found.push({measures, samples});
  }

  async #record(label: string, scale: Scale): Promise<History> {
    say(`Recording ${label}: ${scale.points} points, ${scale.days} days`);
    const history = await recordHistory(join(this.context.scratch, label), scale);
    this.#histories.push(history);
    const {records, requests, answerBytes} = history;
    say(
      `  ${records} values, ${requests} answers, ${(answerBytes / 1e6).toFixed(0)} MB`,
    );
    return history;
  }
}

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  const before = provenance(new Date());
  const {rounds, longRounds} = options;
  const bench = new Bench(options, {scratch, rounds, longRounds, say});
  process.on('exit', () => {
    if (options.keep) say(`Kept: ${scratch}`);
    else rmSync(scratch, {recursive: true, force: true});
  });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => process.exit(1));
  await bench.run();
  const {measures, samples, tables} = bench.findings;
  process.stdout.write([...tables, table(measures), verdict(measures)].join('\n'));
  if (options.json !== undefined) write(options.json, measures);
  const result = {...before, histories: bench.histories, measures, samples, tables};
  const {save, against} = options;
  if (save !== undefined) write(save, result);
  // Read before it is written anew.
  if (against !== undefined) hold(measures, against);
  if (options.accept) write(ACCEPTED, result);
}

/** Ends with the count of ratios that hold; the exit code says whether all do. */
function hold(measures: readonly Measure[], path: string): void {
  const accepted = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly measures: readonly Measure[];
  };
  const held = heldAgainst(measures, accepted.measures);
  process.stdout.write(heldReport(held));
  if (held.length === 0 || held.some(({passed}) => !passed)) process.exitCode = 1;
}

function write(path: string, content: unknown): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${told(thrown)}\n`);
  process.exitCode = 1;
});

function told(thrown: unknown): string {
  if (thrown instanceof BenchError) return thrown.message;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
