import type {ColumnBatch} from '../rows/column-batch';
import {guardBatch} from './batch-guard';
import {batchOrder} from './batch-order';
import {freeBuffers} from './batch-buffers';
import type {LoadOptions} from './batch-table';
import type {EncodeRequest, RowShape} from './encoder-protocol';
import {batchShape} from './row-groups';

/** A batch that was looked through, and how its rows are to stand in a file. */
export interface ArrangedBatch {
  readonly batch: ColumnBatch;
  readonly rows: LoadOptions;
  readonly shape: RowShape;
}

/** Looks a batch through and finds the order of its rows; frees a batch it refuses. */
export function arrangeBatch({batch, order}: EncodeRequest): ArrangedBatch {
  try {
    guardBatch(batch);
    const rows = {order: batchOrder(batch, order), narrow: order.key};
    return {batch, rows, shape: batchShape(batch)};
  } catch (cause) {
    freeBuffers(batch);
    throw cause;
  }
}
