import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {configuredCatalog, type DiscoveredStream} from 'demo';
import type {Simulator} from 'pi-simulator';

import {type Cut, type PipeEnd, runPipe} from './pipe';

/** How `timeseries` and `event_frames` are written: by key, or row behind row. */
export type WriteMode = 'append_dedup' | 'append';

export interface ConnectionOptions {
  readonly simulator: Simulator;
  /** Holds documents and lake. */
  readonly folder: string;
  readonly streams: readonly DiscoveredStream[];
  readonly mode: WriteMode;
  /** Settings of source-pi besides address and account. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whose states are handed back: a platform trusts the destination alone. */
  readonly trusted?: 'source' | 'destination';
}

interface AcknowledgedState {
  readonly stream: {readonly stream_descriptor: {readonly name: string}};
  readonly destinationStats?: {readonly recordCount: number};
}

/** The schema's folder inside the lake of a connection. */
const SCHEMA = 'lake/main/plant';

/**
 * A source, a destination, and between them the states that the destination has
 * acknowledged: what a platform keeps of a connection.
 */
export class Connection {
  readonly #states = new Map<string, unknown>();
  #generation = 0;
  #acknowledged = 0;

  constructor(private readonly options: ConnectionOptions) {
    mkdirSync(options.folder, {recursive: true});
  }

  /** For whatever belongs to this connection alone. */
  get folder(): string {
    return this.options.folder;
  }

  /** Records that the destination has acknowledged, of all attempts. */
  get acknowledgedRecords(): number {
    return this.#acknowledged;
  }

  /** Folder of the tables. */
  get tables(): string {
    return path.join(this.options.folder, SCHEMA);
  }

  /** A new sync: streams that are read as a whole are a new generation, from the start. */
  startSync(): void {
    this.#generation += 1;
    for (const {name, supported_sync_modes} of this.options.streams) {
      if (!supported_sync_modes.includes('incremental')) this.#states.delete(name);
    }
  }

  /** One attempt of the present sync, from the states acknowledged so far. */
  attempt(cut?: Cut): Promise<PipeEnd> {
    const {streams, mode, trusted} = this.options;
    const catalog = this.#write(
      'catalog',
      configuredCatalog(streams, this.#generation, mode),
    );
    return runPipe({
      sourceArgs: [
        ...['read', '--config', this.#write('source', this.#sourceConfig())],
        ...['--catalog', catalog],
        ...['--state', this.#write('state', [...this.#states.values()])],
      ],
      destinationArgs: [
        ...['write', '--config', this.#write('destination', this.#destinationConfig())],
        ...['--catalog', catalog],
      ],
      cut,
      onState: (state, from) => {
        if (from === (trusted ?? 'destination')) this.#keep(state);
      },
    });
  }

  #keep(state: unknown): void {
    const {stream, destinationStats} = state as AcknowledgedState;
    this.#states.set(stream.stream_descriptor.name, state);
    this.#acknowledged += destinationStats?.recordCount ?? 0;
  }

  #sourceConfig(): unknown {
    const {simulator, settings} = this.options;
    return {...accountAt(simulator), settle_seconds: 0, ...settings};
  }

  #destinationConfig(): unknown {
    const engine = {type: 'local', path: path.join(this.options.folder, 'lake')};
    const flush = {megabytes: 1, seconds: 1};
    return {catalog: 'main', schema: 'plant', engine, flush};
  }

  #write(name: string, content: unknown): string {
    const file = path.join(this.options.folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  }
}

/** The settings of source-pi by which it reaches a simulator. */
export function accountAt({
  url,
  username,
  password,
}: Pick<Simulator, 'url' | 'username' | 'password'>): Record<string, unknown> {
  return {base_url: url, credentials: {auth_type: 'basic', username, password}};
}
