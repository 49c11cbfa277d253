import * as duckdb from '@duckdb/node-bindings';

import type {ColumnBatch} from '../rows/column-batch';
import {columnFeed} from './column-feed';
import {identifier} from './engine-sql';
import {RowRuns, VECTOR_ROWS} from './row-runs';
import type {ColumnFeed} from './vector-feed';

const FUNCTION = 'batch_rows';

interface LoadedBatch {
  readonly rows: number;
  readonly order: Uint32Array | undefined;
  readonly feeds: readonly {readonly name: string; readonly feed: ColumnFeed}[];
  /** Rows already handed over. */
  position: number;
}

export interface LoadOptions {
  readonly order: Uint32Array | undefined;
  /** Columns whose row groups get bounds of their own. */
  readonly narrow: readonly string[];
}

/**
 * The table function through which the engine pulls a batch, vector by vector. It is
 * made once and shows whatever batch is loaded, as the engine never forgets a function
 * and would keep every batch's buffers with it.
 */
export class BatchTable {
  private loaded: LoadedBatch | undefined;
  private readonly runs = new RowRuns();
  private readonly nothing = duckdb.create_logical_type(duckdb.Type.BOOLEAN);

  constructor(connection: duckdb.Connection) {
    const table = duckdb.create_table_function();
    duckdb.table_function_set_name(table, FUNCTION);
    duckdb.table_function_set_bind(table, (info) => this.bind(info));
    duckdb.table_function_set_init(table, (info) => {
      duckdb.init_set_max_threads(info, 1);
    });
    duckdb.table_function_set_function(table, (_info, chunk) => this.fill(chunk));
    duckdb.register_table_function(connection, table);
  }

  /** Makes the batch readable by the query it returns, until `unload`. */
  load({rows, columns}: ColumnBatch, {order, narrow}: LoadOptions): string {
    const made = columns.map((data, i) => {
      const {name} = data.column;
      return {
        column: name,
        name: `c${i}`,
        feed: columnFeed(data, narrow.includes(name)),
      };
    });
    const feeds = made.flatMap(({name, feed}) =>
      feed.type === undefined ? [] : [{name, feed}],
    );
    this.loaded = {rows: order?.length ?? rows, order, feeds, position: 0};
    const selected = made.map(
      ({column, name, feed}) =>
        `${feed.expression.replace('$', name)} AS ${identifier(column)}`,
    );
    return `SELECT ${selected.join(', ')} FROM ${FUNCTION}()`;
  }

  unload(): void {
    this.loaded = undefined;
  }

  private bind(info: duckdb.TableFunctionBindInfo): void {
    const batch = this.present();
    const {feeds, rows} = batch;
    batch.position = 0;
    for (const {name, feed} of feeds) {
      duckdb.bind_add_result_column(info, name, feed.type);
    }
    // A table must have a column, even where no column of the batch has a value.
    if (feeds.length === 0) duckdb.bind_add_result_column(info, 'none', this.nothing);
    duckdb.bind_set_cardinality(info, rows, true);
  }

  private fill(chunk: duckdb.DataChunk): void {
    const batch = this.present();
    const from = batch.position;
    const count = Math.min(VECTOR_ROWS, batch.rows - from);
    batch.position += count;
    duckdb.data_chunk_set_size(chunk, count);
    if (count === 0) return;
    this.runs.show(batch.order, from, from + count);
    for (const [i, {feed}] of batch.feeds.entries()) {
      feed.fill(duckdb.data_chunk_get_vector(chunk, i), this.runs, count);
    }
  }

  private present(): LoadedBatch {
    if (this.loaded !== undefined) return this.loaded;
    throw new TypeError('no batch is loaded');
  }
}
