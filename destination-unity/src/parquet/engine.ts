import {rm} from 'node:fs/promises';

import * as duckdb from '@duckdb/node-bindings';

import type {ArrangedBatch} from './arranged-batch';
import {freeBuffers} from './batch-buffers';
import {BatchTable} from './batch-table';
import {encodedFile, type EncodedFile, type EngineRow} from './encoded-file';
import {answerRows, type AnswerValue} from './engine-answer';
import {EngineFault} from './engine-fault';
import type {CopyRequest, EngineOptions} from './encoder-protocol';
import {asTexts, copyTo, type FileOptions} from './engine-sql';
import {rowGroupRows, smallerRowGroup} from './row-groups';

type Layout = Pick<FileOptions, 'compression'> & Pick<CopyRequest, 'shape'>;

/** DuckDB with one thread and a bounded memory, writing Parquet files. */
export class Engine {
  private readonly batches: BatchTable;

  private constructor(
    private readonly database: duckdb.Database,
    private readonly connection: duckdb.Connection,
    private readonly memoryLimitBytes: number,
  ) {
    this.batches = new BatchTable(connection);
  }

  static async open({memoryLimitBytes, tempFolder}: EngineOptions): Promise<Engine> {
    const config = duckdb.create_config();
    duckdb.set_config(config, 'threads', '1');
    duckdb.set_config(config, 'memory_limit', `${memoryLimitBytes}B`);
    duckdb.set_config(config, 'temp_directory', tempFolder);
    duckdb.set_config(config, 'preserve_insertion_order', 'true');
    const database = await duckdb.open(':memory:', config);
    const connection = await duckdb.connect(database);
    const engine = new Engine(database, connection, memoryLimitBytes);
    await engine.run("SET TimeZone = 'UTC'");
    // What a file took is given back to the system; else the process keeps 60 MB of it.
    await engine.run("SET allocator_flush_threshold = '1MB'");
    // Within a file most of it is soon asked for again, and new pages are dear.
    await engine.run("SET allocator_bulk_deallocation_flush_threshold = '16MB'");
    return engine;
  }

  /** Writes a batch's rows to a file and frees the batch. */
  async encode(
    {batch, rows, shape}: ArrangedBatch,
    path: string,
  ): Promise<EncodedFile> {
    try {
      const select = this.batches.load(batch, rows);
      const file = await this.write(
        select,
        path,
        this.layout({shape, compression: 'quick'}),
      );
      const expected = rows.order?.length ?? batch.rows;
      if (file.rows === expected) return file;
      await rm(path, {force: true});
      throw new EngineFault(
        `A Parquet file has ${file.rows} rows instead of the ${expected} it was given.`,
      );
    } finally {
      this.batches.unload();
      freeBuffers(batch);
    }
  }

  /** Writes the rows of a query to a file. */
  async copy({select, path, shape}: CopyRequest): Promise<EncodedFile> {
    return await this.write(select, path, this.layout({shape, compression: 'small'}));
  }

  /** Runs a statement whose answer nobody needs. */
  async run(sql: string): Promise<void> {
    await duckdb.query(this.connection, sql);
  }

  /** The rows of a query, every value as the engine writes it. */
  async query(select: string): Promise<readonly EngineRow[]> {
    return (await this.answer(asTexts(select))) as readonly EngineRow[];
  }

  private async answer(sql: string): Promise<readonly (readonly AnswerValue[])[]> {
    return await answerRows(await duckdb.query(this.connection, sql));
  }

  /**
   * Row groups are held in memory while they are written. Nobody knows before how large
   * those of a query get, so where memory does not suffice they are made smaller.
   */
  private async write(
    select: string,
    path: string,
    layout: FileOptions,
  ): Promise<EncodedFile> {
    try {
      const [row] = await this.answer(copyTo(select, path, layout));
      if (row !== undefined) return encodedFile(row);
    } catch (cause) {
      await rm(path, {force: true});
      const smaller = smallerRowGroup(layout.rowGroupRows);
      if (smaller === undefined || !isOutOfMemory(cause)) throw cause;
      return await this.write(select, path, {...layout, rowGroupRows: smaller});
    }
    throw new EngineFault('The engine did not say what it had written.');
  }

  private layout({shape, compression}: Layout): FileOptions {
    return {
      compression,
      rowGroupRows: rowGroupRows(shape, this.memoryLimitBytes),
      hasDictionaries: shape.hasNegativeZeros !== true,
    };
  }

  close(): void {
    duckdb.disconnect_sync(this.connection);
    duckdb.close_sync(this.database);
  }
}

function isOutOfMemory(thrown: unknown): boolean {
  return String(thrown).includes('Out of Memory Error');
}
