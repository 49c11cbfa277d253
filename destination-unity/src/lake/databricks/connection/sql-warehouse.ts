import path from 'node:path';

import {ConfigError, type ConnectorError} from 'airbyte-cdk-ts';

import type {BearerTokens} from '../../../http/http';
import {putFile} from '../sql/volume-statements';
import type {Outcome, Refusal, ResultRow, Warehouse} from '../warehouse';
import {AtMost} from '../../../at-most';
import {SILENCE_MS, type Session} from './driver';
import {persevere, type Persevered} from './persevere';
import {refusalFailure} from './refusal-failure';
import type {SessionKeeper} from './session-keeper';
import {statementKind} from './statement-kind';
import type {ConnectionSurroundings} from './surroundings';
import {Waits} from './waits';
import {withinTime} from './within-time';

export interface SqlWarehouseOptions {
  readonly host: string;
  readonly httpPath: string;
  readonly sessions: SessionKeeper;
  readonly tokens: BearerTokens;
  readonly surroundings: ConnectionSurroundings;
}

const STATEMENTS_AT_ONCE = 8;
const LINE_EVERY_MS = 60_000;
/** Longest time for one upload: enough for a gigabyte on a slow line. */
const UPLOAD_MS = 1_800_000;

interface Work<T> {
  readonly work: (session: Session) => Promise<T>;
  readonly isKnown: () => boolean;
}

/** A warehouse by the driver: one session, several statements at once. */
export class SqlWarehouse implements Warehouse {
  readonly #options: SqlWarehouseOptions;
  readonly #atOnce = new AtMost(STATEMENTS_AT_ONCE);
  readonly #waits: Waits;
  #wasUploaded = false;

  constructor(options: SqlWarehouseOptions) {
    this.#options = options;
    this.#waits = new Waits(options.surroundings);
  }

  async attempt(sql: string): Promise<Outcome> {
    const result = await this.#persevere({
      work: (session) => this.#execute(session, sql),
      isKnown: () => this.#options.sessions.wasOpen,
    });
    if ('value' in result) return {kind: 'done', rows: result.value};
    return {kind: 'refused', refusal: result.refusal};
  }

  async run(sql: string): Promise<readonly ResultRow[]> {
    const outcome = await this.attempt(sql);
    if (outcome.kind === 'done') return outcome.rows;
    throw refusalFailure(outcome.refusal, statementKind(sql));
  }

  async put(localFile: string, volumePath: string): Promise<void> {
    const sql = putFile(localFile, volumePath);
    const result = await this.#persevere({
      work: (session) => upload(session, sql, localFile),
      isKnown: () => this.#wasUploaded,
    });
    if ('refusal' in result) throw uploadRefused(result.refusal);
    this.#wasUploaded = true;
  }

  close(): Promise<void> {
    return this.#options.sessions.close();
  }

  async #persevere<T>({work, isKnown}: Work<T>): Promise<Persevered<T>> {
    const {sessions, tokens} = this.#options;
    let session: Session | undefined;
    let token: string | undefined;
    return await persevere(
      {
        // A place is held for a try, not while it is waited for the next.
        work: () =>
          this.#atOnce.run(async () => {
            token = await tokens.token();
            session = await sessions.session();
            return await work(session);
          }),
        renewSession: async () => {
          if (session !== undefined) await sessions.drop(session);
        },
        renewToken: () => token !== undefined && tokens.refused(token),
        isKnown,
      },
      {...this.#options, waits: this.#waits},
    );
  }

  async #execute(session: Session, sql: string): Promise<readonly ResultRow[]> {
    const operation = await withinTime(
      session.executeStatement(sql, {
        useCloudFetch: false,
        useLZ4Compression: false,
        ...(statementKind(sql) === 'REMOVE' ? {stagingAllowedLocalPath: []} : {}),
      }),
      2 * SILENCE_MS,
    );
    try {
      await operation.finished({callback: this.#whileRunning(statementKind(sql))});
      return isStaging(sql) ? [] : ((await operation.fetchAll()) as ResultRow[]);
    } finally {
      // What came of it is known; an operation left open ends with its session.
      void operation.close().catch(() => undefined);
    }
  }

  /** Told at every question after a running statement; says so once a minute. */
  #whileRunning(kind: string): () => void {
    const {nowMs, log} = this.#options.surroundings;
    const sinceMs = nowMs();
    let nextLineMs = sinceMs + LINE_EVERY_MS;
    return () => {
      if (nowMs() < nextLineMs) return;
      nextLineMs += LINE_EVERY_MS;
      const seconds = Math.round((nowMs() - sinceMs) / 1000);
      log.info(`${kind} is still running at the warehouse, since ${seconds} s.`);
    };
  }
}

function isStaging(sql: string): boolean {
  return statementKind(sql) === 'REMOVE';
}

async function upload(session: Session, sql: string, localFile: string): Promise<void> {
  const folder = path.dirname(path.resolve(localFile));
  const operation = await withinTime(
    session.executeStatement(sql, {stagingAllowedLocalPath: folder}),
    UPLOAD_MS,
  );
  const {isStagingOperation} = await operation.getResultMetadata();
  void operation.close().catch(() => undefined);
  if (!isStagingOperation) throw uploadIgnored();
}

function uploadRefused(refusal: Refusal): ConnectorError {
  if (!/presigned/i.test(refusal.message)) return refusalFailure(refusal, 'PUT');
  return new ConfigError(
    'The workspace does not give out presigned URLs, which uploads by PUT need. Set the upload to files_api: then files go through the workspace.',
  );
}

/** Compute that takes PUT for a query has sent no file, and says nothing. */
function uploadIgnored(): ConfigError {
  return new ConfigError(
    'The compute under the HTTP path knows no uploads by PUT. Use a SQL warehouse, or set the upload to files_api.',
  );
}
