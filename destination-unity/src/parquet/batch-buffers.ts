import type {ColumnBatch} from '../rows/column-batch';
import {release} from '../rows/released';

/** The buffers a batch lies in, each once. */
export function buffersOf({columns}: ColumnBatch): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const {valid, values} of columns) {
    if (valid !== undefined) buffers.add(valid.buffer);
    if (values.kind === 'text') buffers.add(values.codes.buffer);
    else if (values.kind !== 'raw_id') buffers.add(values.values.buffer);
  }
  return [...buffers];
}

/** Gives a batch's memory back at once. */
export function freeBuffers(batch: ColumnBatch): void {
  release(buffersOf(batch));
}
