import type {PageParts} from '../sync/held-back';
import type {Page, Span} from '../sync/page-turn';
import type {PiTimestamp} from '../sync/pi-timestamp';
import type {SubRequest} from '../sync/slice-reading';
import type {LineBuffer} from './line-buffer';

/** Reads the answer of `POST /batch` of `GET streamsets/recorded`. */
export interface ValueReader {
  /**
   * What the bytes of a 207 body hold for each of the requests, by id. Bytes that are
   * no whole document make every request a failed one: an answer that was cut off is
   * never an empty one.
   */
  open(body: Buffer, requests: readonly SubRequest[]): ReadonlyMap<string, SubAnswer>;

  /** Told that nothing of what `open` said of these bytes will be looked at any more. */
  release(body: Buffer): void;
}

/** What became of one sub-request of a batch. */
export type SubAnswer =
  | {
      readonly kind: 'streams';
      /** By WebID. A point that was asked and is not here was not answered. */
      readonly streams: ReadonlyMap<string, PointAnswer>;
    }
  | {
      readonly kind: 'failed';
      readonly status: number;
      readonly text: string;
      /** What the server asks to wait, where it says so. */
      readonly retryAfterMs: number | undefined;
    };

/** What an answer holds of one point. */
export type PointAnswer = PointEvents | PointDefect;

/** Events of one point, checked: ascending, every timestamp and value of a known shape. */
interface PointEvents {
  readonly kind: 'events';
  readonly page: Page;
  /** Whether PI calls the newest value of the page good, or does not say. */
  readonly isNewestGood: boolean;
  /** The newest timestamp before an instant; undefined where there is none. */
  newestBefore(instant: PiTimestamp): PiTimestamp | undefined;
  /**
   * Writes the events of the span, or those parts of the page, as RECORD lines. Stops
   * whenever `lines` is full, for the caller to empty it and call `next` again until
   * that is `done`.
   */
  write(
    lines: LineBuffer,
    span: Span,
    parts?: PageParts,
  ): Iterator<undefined, undefined>;
}

/**
 * A stream that cannot be trusted as a whole; nothing of it may be delivered.
 *
 * PI puts the failure of a whole stream into a single value with `Errors`. One among
 * readable values is a record of kind `error`; where there is nothing else
 * (`value_errors`), the events behind the failure are still to be had.
 */
interface PointDefect {
  readonly kind: 'defect';
  /** `unordered`, `bad_timestamp`, `bad_value`, `stream_failed` or `value_errors`. */
  readonly reason: string;
  /** Whether asking again is of no use. */
  readonly lasting: boolean;
}
