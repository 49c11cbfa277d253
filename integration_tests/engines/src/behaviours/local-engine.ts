import {existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';

import {
  type DuckDBBlobValue,
  DuckDBInstance,
  type DuckDBConnection,
} from '@duckdb/node-api';

import {askedColumns} from './asked-columns';
import {canonical, instantText} from './canonical';
import type {Cell, Engine, StoredColumn, StoredType, TableAt} from './engine';

export interface LocalEngineOptions {
  /** Folder of the lake. */
  readonly folder: string;
  /** File of DuckDB's delta extension, of exactly DuckDB's version. */
  readonly deltaExtension: string;
}

const CATALOG = 'main';

/** Names that engines pass over as hidden. */
const HIDDEN = /^[_.]/;

const TYPES: ReadonlyMap<string, StoredType> = new Map([
  ['VARCHAR', 'string'],
  ['BOOLEAN', 'boolean'],
  ['BIGINT', 'bigint'],
  ['DOUBLE', 'double'],
  ['DECIMAL(38,9)', 'decimal'],
  ['DATE', 'date'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp'],
  ['TIMESTAMP', 'timestamp_ntz'],
]);

interface Field {
  readonly name: string;
  readonly metadata?: {readonly comment?: string};
}

interface MetaData {
  readonly schemaString: string;
  readonly description?: string;
}

/** Tables in a folder, read through DuckDB's delta extension. */
export class LocalEngine implements Engine {
  readonly name = 'local';
  readonly capabilities = {
    widenings: new Set<string>(),
  };
  readonly #options: LocalEngineOptions;
  #connection: Promise<DuckDBConnection> | undefined;

  constructor(options: LocalEngineOptions) {
    this.#options = options;
  }

  configuration(schema: string): Readonly<Record<string, unknown>> {
    const engine = {type: 'local', path: this.#options.folder};
    return {catalog: CATALOG, schema, engine};
  }

  async rows(
    at: TableAt,
    columns: readonly string[],
  ): Promise<readonly (readonly Cell[])[]> {
    const asked = askedColumns(at, await this.columns(at), columns);
    const cells = asked.map(
      ({name, type}, place) => `${asText(name, type)} AS c${place}`,
    );
    const rows = await this.#query(`SELECT ${cells.join()} FROM ${this.#scan(at)}`);
    return rows.map((row) =>
      asked.map(({type}, place) => agreed(row[`c${place}`] as StoredText, type)),
    );
  }

  async columns(at: TableAt): Promise<readonly StoredColumn[]> {
    const described = await this.#query(`DESCRIBE SELECT * FROM ${this.#scan(at)}`);
    const fields = JSON.parse(this.#metaData(at).schemaString) as {fields: Field[]};
    const comments = new Map(
      fields.fields.map(({name, metadata}) => [name, metadata?.comment]),
    );
    return described.map((row) => {
      const name = String(row['column_name']);
      const type = TYPES.get(String(row['column_type']));
      if (type === undefined)
        throw new Error(`${name} is ${String(row['column_type'])}.`);
      return {name, type, comment: comments.get(name)};
    });
  }

  comment(at: TableAt): Promise<string | undefined> {
    return Promise.resolve(this.#metaData(at).description);
  }

  tables(schema: string): Promise<readonly string[]> {
    const names = this.#entries(schema).filter((name) => !HIDDEN.test(name));
    return Promise.resolve(names);
  }

  leftovers(schema: string): Promise<readonly string[]> {
    const {folder} = this.#options;
    const ofLake = existsSync(folder) ? readdirSync(folder) : [];
    const hidden = [...this.#entries(schema), ...ofLake].filter((name) =>
      HIDDEN.test(name),
    );
    return Promise.resolve(hidden);
  }

  run(): Promise<never> {
    return Promise.reject(new Error('A folder takes no statements.'));
  }

  drop(schema: string): Promise<void> {
    rmSync(path.join(this.#options.folder, CATALOG, schema), {
      recursive: true,
      force: true,
    });
    return Promise.resolve();
  }

  async close(): Promise<void> {
    (await this.#connection)?.closeSync();
  }

  #entries(schema: string): readonly string[] {
    const folder = path.join(this.#options.folder, CATALOG, schema);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  #folder({schema, table}: TableAt): string {
    return path.join(this.#options.folder, CATALOG, schema, table);
  }

  #scan(at: TableAt): string {
    return `delta_scan('${this.#folder(at).replaceAll("'", "''")}')`;
  }

  /** The newest that the commits of the log tell; short tables keep all their commits. */
  #metaData(at: TableAt): MetaData {
    const log = path.join(this.#folder(at), '_delta_log');
    const commits = readdirSync(log).filter((name) => /^\d{20}\.json$/.test(name));
    const told = commits.sort().flatMap((name) =>
      readFileSync(path.join(log, name), 'utf8')
        .trim()
        .split('\n')
        .flatMap((line) => (JSON.parse(line) as {metaData?: MetaData}).metaData ?? []),
    );
    const newest = told.at(-1);
    if (newest === undefined) throw new Error(`${log} tells no schema.`);
    return newest;
  }

  async #query(sql: string): Promise<readonly Record<string, unknown>[]> {
    this.#connection ??= connect(this.#options.deltaExtension);
    const connection = await this.#connection;
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjects();
  }
}

async function connect(deltaExtension: string): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '2',
  });
  const connection = await instance.connect();
  await connection.run(`LOAD '${deltaExtension.replaceAll("'", "''")}'`);
  await connection.run(`SET TimeZone = 'UTC'`);
  return connection;
}

/** Texts come as bytes: a byte order mark would not survive the way as a text. */
type StoredText = DuckDBBlobValue | null;

function asText(name: string, type: StoredType): string {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const value = isTime(type) ? `epoch_us(${quoted})` : quoted;
  return `encode(${value}::VARCHAR)`;
}

function agreed(stored: StoredText, type: StoredType): Cell {
  if (stored === null) return null;
  const text = Buffer.from(stored.bytes).toString('utf8');
  return isTime(type)
    ? instantText(BigInt(text), type === 'timestamp')
    : canonical(text, type);
}

function isTime(type: StoredType): boolean {
  return type === 'timestamp' || type === 'timestamp_ntz';
}
