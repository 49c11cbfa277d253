import fs from 'node:fs';
import path from 'node:path';

import {DBSQLClient} from '@databricks/sql';
import type IDBSQLSession from '@databricks/sql/dist/contracts/IDBSQLSession';

import {isAllowed} from '../src/bridge/allow-list';
import {startBridge} from '../src/bridge/bridge';
import {treatmentText, type StatementLogEntry} from '../src/bridge/statement-log';
import {
  Storage,
  Tokens,
  type Exchange,
  type Failure,
  type WarehouseServer,
} from '../src/wire';
import {runningSpark} from './running-spark';

export type Session = IDBSQLSession;
export type Row = Readonly<Record<string, unknown>>;
type Options = NonNullable<Parameters<Session['executeStatement']>[1]>;

/** What a refused statement says. */
export interface Refusal {
  readonly sqlState: string | undefined;
  readonly message: string;
}

const TOKEN = 'token-of-the-tests';

/**
 * A schema of its own on the running Spark, with a volume `staging`, reached by the
 * unmodified driver through a bridge of its own, whose faults the test sets.
 */
export class Lake {
  static async open(schema: string): Promise<Lake> {
    const lake = new Lake(schema);
    await lake.start();
    return lake;
  }

  /** Asked before and after each request; none by default. */
  before: (exchange: Exchange) => Failure | undefined = () => undefined;
  after: (exchange: Exchange) => Failure | undefined = () => undefined;

  private readonly statements: StatementLogEntry[] = [];
  readonly tokens = new Tokens({personal: [TOKEN], clients: {}, lifetimeSeconds: 60});
  /** For files on their way to the volume. */
  readonly localFolder: string;
  /** Where the tables of the schema lie. */
  readonly tablesFolder: string;
  private readonly storage: Storage;
  private readonly client = new DBSQLClient({logger: {log: () => undefined}});
  private server: WarehouseServer | undefined;
  private session: Session | undefined;

  private constructor(readonly schema: string) {
    const {folder} = runningSpark();
    this.localFolder = fs.mkdtempSync(path.join(folder, `${schema}-`));
    this.tablesFolder = path.join(folder, 'warehouse', `${schema}.db`);
    this.storage = new Storage(path.join(this.localFolder, 'storage'));
  }

  /** Folder of the volume, with a slash at its end. */
  get volume(): string {
    return `/Volumes/main/${this.schema}/staging/`;
  }

  /** A table of the schema in three parts. */
  table(name: string): string {
    return `main.${this.schema}.${name}`;
  }

  /** Runs a statement to its end and gives its rows. */
  async run(sql: string, options: Options = {}): Promise<Row[]> {
    return runOn(this.usedSession(), sql, {
      stagingAllowedLocalPath: this.localFolder,
      ...options,
    });
  }

  /** The refusal of a statement that has to be refused. */
  async refusal(sql: string, options: Options = {}): Promise<Refusal> {
    return this.run(sql, options).then(
      () => {
        throw new Error(`Not refused: ${sql}`);
      },
      (error: unknown) => refusalFrom(error),
    );
  }

  openSession(): Promise<Session> {
    return this.client.openSession({
      initialCatalog: 'main',
      initialSchema: this.schema,
    });
  }

  /** Puts a local file on the volume. */
  async stage(localFile: string): Promise<string> {
    const volumePath = this.volume + path.basename(localFile);
    await this.run(`PUT '${localFile}' INTO '${volumePath}' OVERWRITE`);
    return volumePath;
  }

  /**
   * Drops everything, and throws if a statement of the tests was put differently than the
   * list of the bridge allows.
   */
  async close(): Promise<void> {
    await this.run(`DROP SCHEMA IF EXISTS main.${this.schema} CASCADE`);
    // Sessions that a test has ended are no matter.
    await this.client.close().catch(() => undefined);
    await this.server?.close();
    const [unlisted] = this.statements.filter((entry) => !isAllowed(entry));
    if (unlisted !== undefined)
      throw new Error(`${treatmentText(unlisted)}, not allowed: ${unlisted.statement}`);
  }

  private async start(): Promise<void> {
    this.server = await startBridge({
      sparkPort: runningSpark().port,
      storage: this.storage,
      tokens: this.tokens,
      log: (entry) => this.statements.push(entry),
      faults: {
        before: (exchange) => this.before(exchange),
        after: (exchange) => this.after(exchange),
      },
    });
    const {host, port, httpPath, caCertificate} = this.server;
    await this.client.connect({
      ...{host, port, path: httpPath, token: TOKEN},
      telemetryEnabled: false,
      customCaCert: Buffer.from(caCertificate),
    });
    this.session = await this.client.openSession({initialCatalog: 'main'});
    await this.run(`CREATE SCHEMA main.${this.schema}`);
    await this.run(`CREATE VOLUME main.${this.schema}.staging COMMENT 'For tests.'`);
  }

  private usedSession(): Session {
    if (this.session === undefined) throw new Error('The lake is not open.');
    return this.session;
  }
}

/** Runs a statement on a session to its end and gives its rows. */
export async function runOn(
  session: Session,
  sql: string,
  options: Options = {},
): Promise<Row[]> {
  const operation = await session.executeStatement(sql, options);
  try {
    await operation.finished();
    return (await operation.fetchAll()) as Row[];
  } finally {
    await operation.close().catch(() => undefined);
  }
}

/** What the driver's error tells of SQL. */
export function refusalFrom(error: unknown): Refusal {
  const {message, response} = error as Error & {response?: {sqlState?: string}};
  return {message, sqlState: response?.sqlState};
}
