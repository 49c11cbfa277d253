import type {ReadSpan} from '../sync/sync-account';

/** Counts of a span that was read once more. */
export type Recount = Pick<ReadSpan, 'events' | 'notGood'>;

/** How an auditor has a span read once more. */
export interface Reread {
  /** Counts what PI returns now, without emitting it. */
  count(span: ReadSpan): Promise<Recount>;
  /** Emits what PI returns now. */
  emit(span: ReadSpan): Promise<Recount>;
}

/** Holds what was read against what PI itself counts. */
export interface SpanAudit {
  /**
   * Looks at the spans of a slice that was read, or at those that are its business.
   * Does not reject for what PI refuses to count: an audit that cannot be made is a
   * verdict, not a failure.
   */
  check(spans: readonly ReadSpan[], reread: Reread): Promise<void>;
}
