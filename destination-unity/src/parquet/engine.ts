import {rm} from 'node:fs/promises';

import {DuckDBConnection} from '@duckdb/node-api';
import * as duckdb from '@duckdb/node-bindings';
import {SystemError} from 'airbyte-cdk-ts';

import {freeBuffers} from './batch-buffers';
import {guardBatch} from './batch-guard';
import {batchOrder} from './batch-order';
import {BatchTable} from './batch-table';
import {encodedFile, type EncodedFile, type EngineRow} from './encoded-file';
import type {CopyRequest, EncodeRequest, EngineOptions} from './encoder-protocol';
import {copyTo} from './engine-sql';

/** DuckDB with one thread and a bounded memory, writing Parquet files. */
export class Engine {
  private constructor(
    private readonly database: duckdb.Database,
    private readonly connection: DuckDBConnection,
    private readonly batches: BatchTable,
  ) {}

  static async open({memoryLimitBytes, tempFolder}: EngineOptions): Promise<Engine> {
    const config = duckdb.create_config();
    duckdb.set_config(config, 'threads', '1');
    duckdb.set_config(config, 'memory_limit', `${memoryLimitBytes}B`);
    duckdb.set_config(config, 'temp_directory', tempFolder);
    duckdb.set_config(config, 'preserve_insertion_order', 'true');
    const database = await duckdb.open(':memory:', config);
    const native = await duckdb.connect(database);
    const connection = new DuckDBConnection(native);
    await connection.run("SET TimeZone = 'UTC'");
    // What a file took is given back to the system; else the process keeps 60 MB of it.
    await connection.run("SET allocator_flush_threshold = '1MB'");
    await connection.run("SET allocator_bulk_deallocation_flush_threshold = '1MB'");
    return new Engine(database, connection, new BatchTable(native));
  }

  /** Writes the batch's rows to a file, in the order asked for, and frees the batch. */
  async encode({batch, path, order}: EncodeRequest): Promise<EncodedFile> {
    try {
      guardBatch(batch);
      const rows = batchOrder(batch, order);
      const select = this.batches.load(batch, {order: rows, narrow: order.key});
      const file = await this.copy({kind: 'copy', path, sql: copyTo(select, path)});
      const expected = rows?.length ?? batch.rows;
      if (file.rows === expected) return file;
      await rm(path, {force: true});
      throw new SystemError('A Parquet file has not the rows it was given.', {
        details: {expected, written: file.rows},
      });
    } finally {
      this.batches.unload();
      freeBuffers(batch);
    }
  }

  /** Runs a COPY; what a failed one has written is taken away again. */
  async copy({sql, path}: CopyRequest): Promise<EncodedFile> {
    try {
      const [row] = await this.query(sql);
      if (row !== undefined) return encodedFile(row);
    } catch (cause) {
      await rm(path, {force: true});
      throw cause;
    }
    throw new SystemError('The engine did not say what it had written.');
  }

  async query(sql: string): Promise<readonly EngineRow[]> {
    const result = await this.connection.run(sql);
    return await result.getRowsJson();
  }

  close(): void {
    this.connection.closeSync();
    duckdb.close_sync(this.database);
  }
}
