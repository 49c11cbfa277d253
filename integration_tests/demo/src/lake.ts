import path from 'node:path';

import {DuckDBInstance, type DuckDBConnection} from '@duckdb/node-api';

import {deltaFiles} from './delta-files';

/** The lake's tables as views in DuckDB, one for each table, over its present files. */
export class LakeReader {
  private constructor(
    readonly connection: DuckDBConnection,
    private readonly folder: string,
  ) {}

  /** @param folder The schema's folder: `<lake>/<catalog>/<schema>`. */
  static async open(folder: string): Promise<LakeReader> {
    const instance = await DuckDBInstance.create(':memory:', {threads: '2'});
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return new LakeReader(connection, folder);
  }

  tableFolder(table: string): string {
    return path.join(this.folder, table);
  }

  /** (Re)defines the view of a table from what its log says now. */
  async refresh(table: string): Promise<void> {
    const files = deltaFiles(this.tableFolder(table)).map(quoted).join(', ');
    if (files === '') throw new Error(`The table ${table} has no files.`);
    await this.connection.run(
      `CREATE OR REPLACE VIEW ${table} AS
       SELECT * FROM read_parquet([${files}], union_by_name = true)`,
    );
  }

  /** The rows of a query as text, for printing and comparing. */
  async rows(sql: string): Promise<readonly Readonly<Record<string, string>>[]> {
    const result = await this.connection.runAndReadAll(sql);
    return result
      .getRowObjects()
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, String(value ?? '')]),
        ),
      );
  }

  async number(sql: string): Promise<number> {
    const [row] = await this.rows(`SELECT (${sql}) AS number`);
    return Number(row?.['number']);
  }
}

/** A text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
