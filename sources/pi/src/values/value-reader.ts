import type {PiPoint} from '../sync/pi-point';
import type {PiTimestamp} from '../sync/pi-timestamp';

/** Half-open part `[from, to)` of a point's history, and what of `from` is known. */
export interface Span {
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
  /** How many events at exactly `from` were delivered before: they are left out. */
  readonly deliveredAtFrom: number;
}

/** What a reader found of one point in one answer. */
export interface PointPage {
  readonly point: PiPoint;
  /** Events PI returned, those left out included: `returned === maxCount` is no end. */
  readonly returned: number;
  readonly emitted: number;
  /** The newest event returned; undefined for an empty page. */
  readonly last: PiTimestamp | undefined;
  /** How many of the returned events lie at exactly `last`. */
  readonly atLast: number;
}

/** What became of one sub-request of a batch. */
export type SubAnswer =
  | {readonly kind: 'pages'; readonly pages: readonly PointPage[]}
  | {readonly kind: 'failed'; readonly status: number; readonly text: string};

/** What the reader must know of one sub-request to read its answer. */
export interface SubRequest {
  readonly id: string;
  readonly points: readonly PiPoint[];
  readonly spans: readonly Span[];
}
