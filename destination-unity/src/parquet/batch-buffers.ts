import type {ColumnBatch} from '../rows/column-batch';

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

/**
 * Gives a batch's memory back at once. Left to the collector, which sees only the small
 * objects in front of them, buffers of many batches pile up in the worker.
 */
export function freeBuffers(batch: ColumnBatch): void {
  structuredClone(undefined, {transfer: buffersOf(batch)});
}
