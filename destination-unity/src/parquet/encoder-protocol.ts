import type {ColumnBatch} from '../rows/column-batch';
import type {KeyOrder} from './batch-order';
import type {EncodedFile, EngineRow} from './encoded-file';

/** How the engine is held on a short rein. */
export interface EngineOptions {
  /** What the engine may use before it spills to `tempFolder`. */
  readonly memoryLimitBytes: number;
  readonly tempFolder: string;
}

export interface EncodeRequest {
  readonly kind: 'encode';
  readonly batch: ColumnBatch;
  readonly path: string;
  readonly order: KeyOrder;
}

/** A statement without an answer of its own. */
interface RunRequest {
  readonly kind: 'run';
  readonly sql: string;
}

/** A query, which is answered with its rows. */
interface QueryRequest {
  readonly kind: 'query';
  readonly sql: string;
}

/** What is known beforehand of rows to be written, so that a row group fits into memory. */
export interface RowShape {
  /** About how long a row is, uncompressed. */
  readonly rowBytes: number;
  /** Row groups need not be larger than this. */
  readonly maxGroupRows?: number;
  /** Some number is -0.0, which the engine tells from 0.0 only without dictionaries. */
  readonly hasNegativeZeros?: boolean;
}

/** The rows of a query into a file. */
export interface CopyRequest {
  readonly kind: 'copy';
  readonly select: string;
  readonly shape: RowShape;
  readonly path: string;
}

interface CloseRequest {
  readonly kind: 'close';
}

export type EngineRequest =
  EncodeRequest | CopyRequest | QueryRequest | RunRequest | CloseRequest;

export type EngineAnswer =
  | {readonly kind: 'file'; readonly file: EncodedFile}
  | {readonly kind: 'rows'; readonly rows: readonly EngineRow[]}
  | {readonly kind: 'done'}
  | {readonly kind: 'failed'; readonly message: string};
