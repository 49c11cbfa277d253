import type {PiTimestamp} from '../sync/pi-timestamp';
import type {PassingFailure} from './passing-failure';

/** One `GET streamsets/recorded`: the events of several points in one window. */
export interface RecordedRequest {
  /** Key of the sub-request in the batch: letters, digits and `_`. */
  readonly id: string;
  readonly webIds: readonly string[];
  /** Both ends are inclusive, as PI has it. */
  readonly start: PiTimestamp;
  readonly end: PiTimestamp;
  /** Per stream, not per request. */
  readonly maxCount: number;
  readonly boundaryType: 'Inside' | 'Outside';
}

/**
 * How recorded values are fetched. It knows HTTP, retries and load, and nothing of
 * pages, points or state.
 */
export interface Archive {
  /**
   * `POST /batch` of `GET streamsets/recorded`, one sub-request each.
   *
   * Resolves with the bytes of the 207 body, `{"<id>":{"Status":200,"Content":…},…}`.
   * They are lent: `release` them as soon as they are read.
   * A failure of the whole batch has been retried as its treatment says and rejects in
   * the end with a `ConnectorError`; a failed sub-request is in the body, for the caller
   * to judge by `treatmentOf`.
   * @param onTime Told how many milliseconds each attempt was under way.
   */
  recorded(
    requests: readonly RecordedRequest[],
    onTime?: (elapsedMs: number) => void,
  ): Promise<Buffer>;

  /** Takes back the bytes of an answer. Another answer may stand there at once. */
  release(body: Buffer): void;

  /**
   * Waits after attempt `attempt` of a sub-request that failed, and lowers the load on
   * PI where the status tells of too much of it.
   */
  backoff(attempt: number, why: PassingFailure): Promise<void>;

  /** How often refusals and failures of PI have lowered the load; it only grows. */
  readonly refusals: number;

  /** The server's `MaxReturnedItemsPerCall` as far as it is known. */
  readonly maxCountLimit: number;
}
