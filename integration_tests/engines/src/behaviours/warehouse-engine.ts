import {DBSQLClient, LogLevel} from '@databricks/sql';

import {askedColumns} from './asked-columns';
import {canonical} from './canonical';
import type {Cell, Engine, StoredColumn, StoredType, TableAt} from './engine';

export interface WarehouseEngineOptions {
  /** `spark`: real Spark and Delta behind a bridge; `databricks`: a workspace. */
  readonly name: 'spark' | 'databricks';
  readonly host: string;
  readonly port: number;
  readonly httpPath: string;
  readonly token: string;
  readonly catalog: string;
  /** PEM text of the authority to trust, where it is a private one. */
  readonly caCertificate?: string;
}

type Session = Awaited<ReturnType<DBSQLClient['openSession']>>;
type ResultRow = Readonly<Record<string, unknown>>;

const STAGING_VOLUME = '_airbyte_staging';

const TYPES: ReadonlyMap<string, StoredType> = new Map([
  ['string', 'string'],
  ['variant', 'variant'],
  ['boolean', 'boolean'],
  ['bigint', 'bigint'],
  ['double', 'double'],
  ['decimal(38,9)', 'decimal'],
  ['date', 'date'],
  ['timestamp', 'timestamp'],
  ['timestamp_ntz', 'timestamp_ntz'],
]);

/** Tables of a SQL warehouse, read by SQL as any user would. */
export class WarehouseEngine implements Engine {
  readonly capabilities = {
    widenings: new Set(['bigint>decimal', 'date>timestamp_ntz']),
  };
  readonly #client = new DBSQLClient({logger: {log: tellErrors}});
  #session: Promise<Session> | undefined;

  constructor(private readonly options: WarehouseEngineOptions) {}

  get name(): 'spark' | 'databricks' {
    return this.options.name;
  }

  configuration(schema: string): Readonly<Record<string, unknown>> {
    const {host, port, httpPath, token, catalog, caCertificate} = this.options;
    return {
      catalog,
      schema,
      engine: {
        type: 'databricks',
        ...{host, port, http_path: httpPath},
        authentication: {
          auth_type: 'personal_access_token',
          personal_access_token: token,
        },
        ...(caCertificate === undefined ? {} : {ca_certificate: caCertificate}),
      },
    };
  }

  async rows(
    at: TableAt,
    columns: readonly string[],
  ): Promise<readonly (readonly Cell[])[]> {
    const asked = askedColumns(at, await this.columns(at), columns);
    const cells = asked.map(
      ({name, type}, place) => `${asText(name, type)} AS c${place}`,
    );
    const rows = await this.run(`SELECT ${cells.join()} FROM ${this.#qualified(at)}`);
    return rows.map((row) =>
      asked.map(({type}, place) => canonical(row[`c${place}`] as Cell, type)),
    );
  }

  async columns(at: TableAt): Promise<readonly StoredColumn[]> {
    const described = await this.run(`DESCRIBE TABLE ${this.#qualified(at)}`);
    const end = described.findIndex(({col_name: name}) => isHeading(name));
    return described.slice(0, end < 0 ? undefined : end).map((row) => {
      const [name, said] = [String(row['col_name']), String(row['data_type'])];
      const type = TYPES.get(said);
      if (type === undefined) throw new Error(`${name} is ${said}.`);
      const comment = row['comment'];
      const isSaid = typeof comment === 'string' && comment !== '';
      return {name, type, comment: isSaid ? comment : undefined};
    });
  }

  async comment(at: TableAt): Promise<string | undefined> {
    const [detail] = await this.run(`DESCRIBE DETAIL ${this.#qualified(at)}`);
    const said = detail?.['description'];
    return typeof said === 'string' && said !== '' ? said : undefined;
  }

  async tables(schema: string): Promise<readonly string[]> {
    return (await this.#all(schema)).filter((name) => !name.startsWith('_airbyte_'));
  }

  async leftovers(schema: string): Promise<readonly string[]> {
    const tables = await this.#all(schema);
    const volume = `/Volumes/${this.options.catalog}/${schema}/${STAGING_VOLUME}/`;
    const files = await this.run(`LIST '${volume}'`);
    return [
      ...tables.filter((name) => name.startsWith('_airbyte_')),
      ...files.map(({path}) => String(path)),
    ];
  }

  async run(sql: string): Promise<readonly ResultRow[]> {
    this.#session ??= this.#open();
    const operation = await (await this.#session).executeStatement(sql);
    try {
      return (await operation.fetchAll()) as ResultRow[];
    } finally {
      await operation.close();
    }
  }

  async drop(schema: string): Promise<void> {
    await this.run(`DROP SCHEMA IF EXISTS ${this.#qualified({schema})} CASCADE`);
  }

  async close(): Promise<void> {
    await (await this.#session)?.close();
    await this.#client.close();
  }

  async #open(): Promise<Session> {
    const {host, port, httpPath: path, token, caCertificate} = this.options;
    const trust = caCertificate === undefined ? {} : {customCaCert: caCertificate};
    this.#client.on('error', () => undefined);
    await this.#client.connect({
      host,
      port,
      path,
      token,
      ...trust,
      telemetryEnabled: false,
    });
    const session = await this.#client.openSession();
    const operation = await session.executeStatement("SET TIME ZONE 'UTC'");
    await operation.fetchAll();
    await operation.close();
    return session;
  }

  async #all(schema: string): Promise<readonly string[]> {
    const shown = await this.run(`SHOW TABLES IN ${this.#qualified({schema})}`);
    return shown.map(({tableName}) => String(tableName)).sort();
  }

  #qualified({
    schema,
    table,
  }: {
    readonly schema: string;
    readonly table?: string;
  }): string {
    const names = [
      this.options.catalog,
      schema,
      ...(table === undefined ? [] : [table]),
    ];
    return names.map(quoted).join('.');
  }
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function asText(name: string, type: StoredType): string {
  return type === 'variant'
    ? `to_json(${quoted(name)})`
    : `CAST(${quoted(name)} AS STRING)`;
}

/** Behind the columns stand clustering and partitions, under headings. */
function isHeading(name: unknown): boolean {
  return name === '' || String(name).startsWith('#');
}

function tellErrors(level: LogLevel, message: string): void {
  if (level === LogLevel.error) process.stderr.write(`${message}\n`);
}
