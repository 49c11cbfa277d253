import {
  type Answer,
  answerLocally,
  answerVolumeStatement,
  type FaultSchedule,
  Operations,
  Sessions,
  SqlError,
  startWarehouseServer,
  Storage,
  type Tokens,
  type WarehouseServer,
} from '../wire';
import {Engine, type Query} from './engine';
import {runStatement} from './shapes';
import type {Commit, StandInParts} from './statement';
import {Tables} from './tables';

export interface StandInOptions {
  /** Holds the volumes. */
  readonly folder: string;
  /** How long a statement may delay its first reply; later ones are polled for. */
  readonly directResultsMs: number;
  /** Catalog and schema of statements that name none. */
  readonly namespace: {readonly catalog: string; readonly schema: string};
  /** See `StandInParts`. */
  readonly beforeCommit?: StandInParts['beforeCommit'];
  readonly onCommit?: StandInParts['onCommit'];
}

/** One door to a stand-in: closing it cuts off whoever came through it. */
export interface StandInDoor {
  readonly tokens: Tokens;
  readonly faults?: FaultSchedule;
}

/**
 * A stand-in of a SQL warehouse: the wire is a warehouse's, as the driver meets it; behind
 * it DuckDB runs a list of statements and refuses every other with
 * `[UNSUPPORTED_BY_STAND_IN]`. What it shows is how its client behaves, never what a
 * warehouse's SQL does.
 */
export class StandInWarehouse {
  readonly storage: Storage;
  readonly tables = new Tables();
  readonly #sessions = new Sessions<string>();
  readonly #operations: Operations;
  readonly #unsupported: string[] = [];

  private constructor(
    private readonly engine: Engine,
    private readonly options: StandInOptions,
  ) {
    this.storage = new Storage(options.folder);
    this.#operations = new Operations(options.directResultsMs);
  }

  static async open(options: StandInOptions): Promise<StandInWarehouse> {
    return new StandInWarehouse(await Engine.open(), options);
  }

  /** Statements that came and are on no list: nothing of a run is proved by them. */
  get unsupportedStatements(): readonly string[] {
    return this.#unsupported;
  }

  /** Serves on a port of its own. */
  serve({tokens, faults}: StandInDoor): Promise<WarehouseServer> {
    const books = {
      sessions: this.#sessions,
      operations: this.#operations,
      newSession: () => '',
      execute: (sql: string) => this.#execute(sql),
    };
    return startWarehouseServer({
      storage: this.storage,
      tokens,
      ...(faults === undefined ? {} : {faults}),
      answer: ({name, call}) => {
        if (call === undefined) throw new SqlError('UNSUPPORTED_CALL', name, '0A000');
        return answerLocally(call, books);
      },
    });
  }

  /** Sessions end, as they do when nobody has used them for long. */
  endSessions(): void {
    this.#sessions.forgetAll();
  }

  /** Sessions and operations are gone; what statements had begun goes on unseen. */
  restart(): void {
    this.#sessions.forgetAll();
    this.#operations.forgetAll();
  }

  /** Asks the tables themselves, by the words of the engine. */
  look<Result>(act: (query: Query) => Promise<Result>): Promise<Result> {
    return this.engine.inTurn(act);
  }

  close(): void {
    this.engine.close();
  }

  async #execute(sql: string): Promise<Answer> {
    const {namespace, beforeCommit, onCommit} = this.options;
    try {
      const onVolume = answerVolumeStatement(sql, namespace, this.storage);
      if (onVolume !== undefined) return onVolume;
      return await runStatement(sql, {
        engine: this.engine,
        tables: this.tables,
        volumes: this.storage.volumes,
        beforeCommit: beforeCommit ?? nothing,
        onCommit: onCommit ?? nothing,
      });
    } catch (error) {
      if (!(error instanceof SqlError) || error.message.includes('UNSUPPORTED_BY')) {
        this.#unsupported.push(`${String(error)}\n${sql}`);
      }
      throw error;
    }
  }
}

export type {Commit, Query};

function nothing(): Promise<void> {
  return Promise.resolve();
}
