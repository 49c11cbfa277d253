import fs from 'node:fs';

import type {TSessionHandle} from '@databricks/sql/thrift/TCLIService_types';

import {
  pathNotFound,
  SqlError,
  type Answer,
  type Namespace,
  type Storage,
} from '../wire';
import type {CopyStatement} from './copy-statement';
import {openSession} from './open-session';
import {onDisk} from './rewrite';
import type {SparkRow, SparkServer} from './spark-server';

/** The member of a commit's user metadata that names the files loaded by it. */
const LEDGER = 'copy_into';

/** Commits among which a load is looked for; others may have followed it already. */
const LATEST = 20;

/**
 * `COPY INTO`, which open-source Spark has not: an `INSERT .. BY NAME` of the files that
 * the table has not loaded. Its ledger is written by the very Delta commit that holds the
 * rows, so the two can never differ.
 */
export class CopyInto {
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(
    private readonly spark: SparkServer,
    private readonly storage: Storage,
  ) {}

  /**
   * Loads the files in a session of its own: like an orphaned load of a warehouse it goes
   * on when its client has gone. Loads of one table follow each other.
   */
  run(statement: CopyStatement, namespace: Namespace): Promise<Answer> {
    const before = this.queues.get(statement.target) ?? Promise.resolve();
    const load = before
      .catch(() => undefined)
      .then(() => this.inOwnSession(statement, namespace));
    this.queues.set(statement.target, load);
    return load;
  }

  private async inOwnSession(
    statement: CopyStatement,
    namespace: Namespace,
  ): Promise<Answer> {
    const sessionHandle = await openSession(this.spark, namespace, {});
    try {
      return await this.load(statement, sessionHandle);
    } finally {
      await this.spark.call('CloseSession', {sessionHandle});
    }
  }

  private async load(
    statement: CopyStatement,
    session: TSessionHandle,
  ): Promise<Answer> {
    const {target, force, mergeSchema} = statement;
    const history = await this.history(target, session);
    const loaded = new Set(force ? [] : history.flatMap(filesOf));
    const files = this.paths(statement).filter((file) => !loaded.has(file));
    const missing = files.find((file) => !fs.existsSync(this.locate(file)));
    if (missing !== undefined) throw pathNotFound(missing);
    if (files.length === 0) return copied(0);
    const ledger = JSON.stringify({[LEDGER]: files});
    await this.spark.run(
      session,
      `SET spark.databricks.delta.commitInfo.userMetadata=${ledger}`,
    );
    if (mergeSchema)
      await this.spark.run(
        session,
        'SET spark.databricks.delta.schema.autoMerge.enabled=true',
      );
    await this.spark.run(session, this.insertion(statement, files));
    const latest = await this.history(`${target} LIMIT ${LATEST}`, session);
    return copied(rowsOf(latest.find(({userMetadata}) => userMetadata === ledger)));
  }

  private history(target: string, session: TSessionHandle): Promise<SparkRow[]> {
    return this.spark.run(session, `DESCRIBE HISTORY ${target}`);
  }

  private insertion({target, select}: CopyStatement, files: readonly string[]): string {
    const sources = files.map(
      (file) =>
        `SELECT * FROM parquet.${onDisk(file, (volumePath) => this.locate(volumePath))}`,
    );
    return `INSERT INTO ${target} BY NAME ${select ?? 'SELECT *'} FROM (${sources.join(' UNION ALL ')})`;
  }

  private paths({folder, files}: CopyStatement): string[] {
    const base = folder.replace(/\/*$/, '');
    if (files !== undefined) return files.map((file) => `${base}/${file}`);
    if (base.endsWith('.parquet')) return [base];
    return this.storage.volumes
      .list(base)
      .map(({path}) => path)
      .filter((path) => path.endsWith('.parquet'));
  }

  private locate(volumePath: string): string {
    return this.storage.volumes.locate(volumePath);
  }
}

/** The files that a commit of the table's history loaded. */
function filesOf({userMetadata}: SparkRow): string[] {
  if (typeof userMetadata !== 'string' || !userMetadata.startsWith(`{"${LEDGER}"`))
    return [];
  return (JSON.parse(userMetadata) as Record<typeof LEDGER, string[]>)[LEDGER];
}

function rowsOf(commit: SparkRow | undefined): number {
  const metrics = /"numOutputRows":"(\d+)"/.exec(String(commit?.['operationMetrics']));
  if (metrics?.[1] === undefined)
    throw new SqlError('BRIDGE_ERROR', 'The load is not in the history.', 'XX000');
  return Number(metrics[1]);
}

function copied(rows: number): Answer {
  return {
    columns: [
      {name: 'num_affected_rows', type: 'bigint'},
      {name: 'num_inserted_rows', type: 'bigint'},
      {name: 'num_skipped_corrupt_files', type: 'bigint'},
    ],
    rows: [[rows, rows, 0]],
    modifiedRows: rows,
  };
}
