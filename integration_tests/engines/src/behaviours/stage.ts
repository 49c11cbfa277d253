import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {byCells} from './cell-order';
import {DestinationRun, type RunEnd} from './destination-run';
import type {Cell, Engine, StoredColumn} from './engine';
import {openEngine} from './open-engine';
import {
  catalogOf,
  recordLine,
  stateLine,
  statusLine,
  type StreamStory,
} from './stream-story';
import {verdictOn} from './verdict';

type Settings = Readonly<Record<string, unknown>>;

/** A schema of its own on the engine under judgement, and syncs into it. */
export class Stage {
  readonly schema: string;
  readonly engine: Engine;
  readonly #folder: string;
  #documents = 0;

  /** @param subject Part of the schema's name, so that it is known by it. */
  constructor(subject: string) {
    this.engine = openEngine();
    this.schema = `b_${subject}_${randomBytes(4).toString('hex')}`;
    this.#folder = mkdtempSync(path.join(tmpdir(), 'behaviours-'));
  }

  /**
   * Plays a sync of these streams that must succeed: exit code 0, every state back, in
   * order and with its count, nothing said that a protocol message is not.
   */
  async sync(
    stories: StreamStory | readonly StreamStory[],
    settings?: Settings,
  ): Promise<RunEnd> {
    const streams = listOf(stories);
    const end = await this.attempt(streams, settings);
    const faults = verdictOn(end, streams);
    if (end.exit !== 0 || faults.length > 0) throw new Error(told(end, faults));
    return end;
  }

  /** Plays a sync that may end as it likes. What it says must be messages all the same. */
  async attempt(
    stories: StreamStory | readonly StreamStory[],
    settings?: Settings,
  ): Promise<RunEnd> {
    const streams = listOf(stories);
    const run = this.start(streams, settings);
    await play(run, streams);
    const end = await run.end();
    if (end.faults.length > 0) throw new Error(told(end, []));
    return end;
  }

  /** Starts the program for these streams; the caller feeds it. */
  start(streams: readonly StreamStory[], settings: Settings = {}): DestinationRun {
    const config = {
      ...this.engine.configuration(this.schema),
      flush: {megabytes: 64, seconds: 1, memory_megabytes: 256},
      ...settings,
    };
    return new DestinationRun([
      ...['--config', this.#write('config', config)],
      ...['--catalog', this.#write('catalog', catalogOf(streams))],
    ]);
  }

  /** The named columns of a table's rows, in the order of their cells. */
  async rows(
    table: string,
    columns: readonly string[],
    schema = this.schema,
  ): Promise<readonly (readonly Cell[])[]> {
    const rows = await this.engine.rows({schema, table}, columns);
    return [...rows].sort(byCells);
  }

  columns(table: string): Promise<readonly StoredColumn[]> {
    return this.engine.columns({schema: this.schema, table});
  }

  /** `name type` of every column that is not one of Airbyte's four. */
  async layout(table: string): Promise<readonly string[]> {
    const columns = await this.columns(table);
    return columns
      .filter(({name}) => !name.startsWith('_airbyte_'))
      .map(({name, type}) => `${name} ${type}`);
  }

  tables(): Promise<readonly string[]> {
    return this.engine.tables(this.schema);
  }

  /** Takes the schema, and others that were made, away. */
  async close(...others: readonly string[]): Promise<void> {
    for (const schema of [this.schema, ...others]) await this.engine.drop(schema);
    await this.engine.close();
    rmSync(this.#folder, {recursive: true});
  }

  #write(name: string, content: unknown): string {
    const file = path.join(this.#folder, `${name}-${this.#documents++}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  }
}

/** Round by round: a batch of every stream, its state, and the wait for what is durable. */
async function play(
  run: DestinationRun,
  streams: readonly StreamStory[],
): Promise<void> {
  const rounds = Math.max(...streams.map(({batches = []}) => batches.length));
  let states = 0;
  for (let round = 0; round < rounds; round++) {
    const taking = streams.filter(({batches = []}) => round < batches.length);
    await run.echoes(states);
    for (const story of taking) await run.feed(batchLines(story, round));
    states += taking.length;
  }
  await run.feed(streams.flatMap(endLines));
}

function* batchLines(story: StreamStory, round: number): Iterable<string> {
  const records = story.batches?.[round] ?? [];
  for (const sent of records) yield recordLine(story, sent);
  yield stateLine(story, {batch: round, records: records.length});
}

function endLines(story: StreamStory): readonly string[] {
  const {ending = 'COMPLETE'} = story;
  return ending === 'none' ? [] : [statusLine(story, ending)];
}

function listOf(stories: StreamStory | readonly StreamStory[]): readonly StreamStory[] {
  return Array.isArray(stories)
    ? (stories as readonly StreamStory[])
    : [stories as StreamStory];
}

function told(end: RunEnd, faults: readonly string[]): string {
  const errors = end.errors.map(({message}) => message);
  const said = [...faults, ...end.faults, ...errors, ...end.warnings, ...end.infos];
  return [`The run ended with ${end.exit}.`, ...said].join('\n');
}
