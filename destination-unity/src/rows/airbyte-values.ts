import type {IncomingRecord, JsonObject} from 'airbyte-cdk-ts';

import {EXTRACTED_AT, GENERATION_ID, META, RAW_ID} from '../table/airbyte-columns';
import type {ColumnValues} from './column-batch';
import {capacityFor, type ByteMeter} from './columns/column-builder';
import {enlarged} from './columns/enlarged';
import {Int64Buffer} from './columns/int64-buffer';
import {TextDictionary} from './columns/text-dictionary';

/** What is equal for every row of a stream's sync. */
export interface RowConstants {
  readonly syncId: number | undefined;
  readonly generation: number;
  /** Upper half of every raw id: 60 random bits and the version 8 before the last 12. */
  readonly rawIdPrefix: bigint;
  /** Stands in for an `emitted_at` that is no time. */
  readonly nowMs: number;
}

/** Below it an `emitted_at` is taken for seconds: as milliseconds it is in early 1973. */
const LEAST_MILLISECONDS = 1e11;
/** Year 9999. */
const MOST_MILLISECONDS = 253_402_300_799_999;
const BYTES_A_ROW = 12;

/** The four columns of Airbyte, row by row. Every row has a value in each. */
export class AirbyteValues {
  readonly #constants: RowConstants;
  readonly #meter: ByteMeter;
  readonly #extractedAt = new Int64Buffer();
  readonly #metas = new TextDictionary();
  #metaCodes = new Uint32Array(0);
  #capacity = 0;
  #first = capacityFor(0);
  #rowsGiven = 0;

  constructor(constants: RowConstants, meter: ByteMeter) {
    this.#constants = constants;
    this.#meter = meter;
    this.#metas.codeOf(this.#metaText([]));
  }

  put(row: number, record: IncomingRecord): void {
    if (row >= this.#capacity) this.#grow();
    const ms = emittedMs(record.emitted_at) ?? this.#constants.nowMs;
    this.#extractedAt.setMicros(
      row,
      Math.floor(ms / 1000),
      Math.floor((ms % 1000) * 1000),
    );
    if (record.meta !== undefined) this.putChanges(row, record, []);
  }

  /** Makes room for this many rows. */
  reserve(rows: number): void {
    while (rows > this.#capacity) this.#grow();
  }

  /** Rows for which there is room. */
  get capacity(): number {
    return this.#capacity;
  }

  /**
   * Writes the time of a row of which nothing was changed; there is room.
   * @param ms Epoch milliseconds from 1973 to 9999, whole.
   */
  store(row: number, ms: number): void {
    const seconds = Math.floor(ms / 1000);
    this.#extractedAt.setMicros(row, seconds, (ms - seconds * 1000) * 1000);
  }

  /** Gives the rows behind this one its time, up to before `to`. */
  repeat(row: number, to: number): void {
    this.reserve(to);
    this.#extractedAt.repeat(row, to);
  }

  /** Writes what the source changed and what was changed here into the row's meta. */
  putChanges(row: number, {meta}: IncomingRecord, changes: readonly string[]): void {
    const earlier = sourceChanges(meta);
    if (earlier.length + changes.length === 0) return;
    const text = this.#metaText([...earlier, ...changes]);
    this.#metaCodes[row] = this.#metas.codeOf(text) ?? 0;
  }

  /** Values by column name; the buffers are given away. */
  take(rows: number): ReadonlyMap<string, ColumnValues> {
    if (this.#capacity === 0) this.#grow();
    const {generation, rawIdPrefix} = this.#constants;
    const first = this.#rowsGiven;
    const dictionary = this.#metas.take();
    const taken = new Map<string, ColumnValues>([
      [RAW_ID, {kind: 'raw_id', prefix: rawIdPrefix, first}],
      [EXTRACTED_AT, {kind: 'timestamp', values: this.#extractedAt.take()}],
      [META, {kind: 'text', codes: this.#metaCodes, dictionary}],
      [
        GENERATION_ID,
        {kind: 'bigint', values: new BigInt64Array(rows).fill(BigInt(generation))},
      ],
    ]);
    this.#rowsGiven += rows;
    this.#meter.bytes -= this.#capacity * BYTES_A_ROW;
    this.#capacity = 0;
    this.#first = capacityFor(rows);
    this.#metaCodes = new Uint32Array(0);
    this.#metas.codeOf(this.#metaText([]));
    return taken;
  }

  #metaText(changes: readonly string[]): string {
    const {syncId} = this.#constants;
    const sync = syncId === undefined ? '' : `"sync_id":${syncId},`;
    return `{${sync}"changes":[${changes.join(',')}]}`;
  }

  #grow(): void {
    const capacity = Math.max(this.#first, this.#capacity * 2);
    this.#extractedAt.resize(capacity);
    this.#metaCodes = enlarged(this.#metaCodes, capacity);
    this.#meter.bytes += (capacity - this.#capacity) * BYTES_A_ROW;
    this.#capacity = capacity;
  }
}

/** Undefined for what is no time; seconds, which some callers send, as milliseconds. */
function emittedMs(emittedAt: unknown): number | undefined {
  if (typeof emittedAt !== 'number' || !(emittedAt >= 0)) return undefined;
  const ms = emittedAt < LEAST_MILLISECONDS ? emittedAt * 1000 : emittedAt;
  return ms <= MOST_MILLISECONDS ? ms : undefined;
}

function sourceChanges(meta: JsonObject | undefined): readonly string[] {
  const changes = meta?.['changes'];
  if (!Array.isArray(changes)) return [];
  return changes.map((change) => JSON.stringify(change));
}
