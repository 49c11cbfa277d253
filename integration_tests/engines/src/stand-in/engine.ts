import {type DuckDBConnection, DuckDBInstance} from '@duckdb/node-api';

/** A row, each value in its JSON form. */
export type EngineRow = readonly unknown[];

/**
 * What computes for the stand-in: DuckDB in memory. Work is done one piece after the
 * other, so that whoever looks sees a table before a statement or after it.
 */
export class Engine {
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(): Promise<Engine> {
    const instance = await DuckDBInstance.create(':memory:', {threads: '1'});
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return new Engine(instance, connection);
  }

  /** Does something while nobody else uses the engine. */
  inTurn<Result>(act: (query: Query) => Promise<Result>): Promise<Result> {
    const result = this.turn.then(() => act((sql) => this.query(sql)));
    this.turn = result.catch(() => undefined);
    return result;
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private async query(sql: string): Promise<readonly EngineRow[]> {
    const result = await this.connection.run(sql);
    return await result.getRowsJson();
  }
}

export type Query = (sql: string) => Promise<readonly EngineRow[]>;
