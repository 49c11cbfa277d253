import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

import {DestinationRun, type RunEnd} from '../behaviours/destination-run';
import {
  catalogOf,
  recordLine,
  stateLine,
  statusLine,
  type StreamStory,
} from '../behaviours/stream-story';
import type {CatalogReader, ServerAddress} from './catalog-reader';

const PROGRAM = path.join(
  __dirname,
  '../../../../destination-unity/bin/destination-unity',
);

const LAKE_CATALOG = 'lake';

/** What `check` answered. */
export interface CheckAnswer {
  readonly status: string;
  readonly message: string;
}

export interface ConnectionOptions {
  readonly schema: string;
  /** Of the destination, besides where its tables go. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * A connection of the finished program into a folder, which registers its tables in a
 * schema of its own of a catalog server.
 */
export class RegisteringConnection implements AsyncDisposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'registering-connection-'));

  /** Default schema, nobody else's. */
  readonly schema: string;

  constructor(
    readonly reader: CatalogReader,
    private readonly options: ConnectionOptions,
  ) {
    this.schema = options.schema;
  }

  /** Folder of a table in the lake. */
  tableFolder(table: string): string {
    return path.join(this.folder, LAKE_CATALOG, this.schema, table);
  }

  /** Plays a sync; what it says must be protocol messages. */
  async sync(
    stories: readonly StreamStory[],
    register: Partial<ServerAddress> & {readonly folder?: string} = {},
  ): Promise<RunEnd> {
    const run = this.start(stories, register);
    const end = await run.end();
    if (end.faults.length > 0) throw new Error(end.faults.join('\n'));
    return end;
  }

  /** Starts a sync and feeds it everything but the end of its input. */
  start(stories: readonly StreamStory[], register: object = {}): DestinationRun {
    const run = new DestinationRun([
      ...['--config', this.#write('config', this.#config(register))],
      ...['--catalog', this.#write('catalog', catalogOf(stories))],
    ]);
    void run.feed(stories.flatMap(linesOf));
    return run;
  }

  async check(register: Partial<ServerAddress> = {}): Promise<CheckAnswer> {
    const config = this.#write('config', this.#config(register));
    const args = [PROGRAM, 'check', '--config', config];
    const {stdout} = await promisify(execFile)(process.execPath, args);
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as {connectionStatus?: CheckAnswer});
    const {status = '', message = ''} =
      messages.find(({connectionStatus}) => connectionStatus)?.connectionStatus ?? {};
    return {status, message};
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.reader.removeSchema(this.schema);
    rmSync(this.folder, {recursive: true});
  }

  #config(register: object): unknown {
    const {address} = this.reader;
    return {
      ...this.options.settings,
      catalog: LAKE_CATALOG,
      schema: this.schema,
      engine: {type: 'local', path: this.folder, register: {...address, ...register}},
    };
  }

  #write(name: string, content: unknown): string {
    const file = path.join(this.folder, `.${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  }
}

function linesOf(story: StreamStory): readonly string[] {
  const {batches = [], ending = 'COMPLETE'} = story;
  const records = batches.flat();
  return [
    ...records.map((record) => recordLine(story, record)),
    stateLine(story, {batch: batches.length, records: records.length}),
    ...(ending === 'none' ? [] : [statusLine(story, ending)]),
  ];
}
