import type {PiTimestamp} from './pi-timestamp';

/** Half-open part `[from, to)` of a point's history, and what of `from` is known. */
export interface Span {
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
  /** How many events at exactly `from` were delivered before: they are left out. */
  readonly deliveredAtFrom: number;
}

/** What one answer holds of one point, whether wanted or not. */
export interface Page {
  /** Events PI returned, those left out included. */
  readonly returned: number;
  /** The newest of them; undefined for an empty page. */
  readonly last: PiTimestamp | undefined;
  /** How many of them lie at exactly `last`. */
  readonly atLast: number;
}

/** How much was asked for, and the most that may be asked for. */
export interface PageSize {
  readonly maxCount: number;
  readonly limit: number;
  /** The newest event of a page that nothing follows is left out of what is delivered. */
  readonly holdsNewest?: boolean;
}

/** What follows a page. */
export type PageTurn =
  | {readonly kind: 'done'}
  | {
      readonly kind: 'next';
      readonly span: Span;
      /** The following page must be at least this large to get anywhere. */
      readonly atLeast: number;
    }
  | {readonly kind: 'stuck'};

/**
 * Whether and where a point goes on after a page.
 *
 * PI cuts a page at `maxCount` without a word, also between events of one timestamp.
 * So a full page is never the end: the next one begins *at* its newest timestamp and
 * leaves out as many events there as were delivered. Where one timestamp fills a page,
 * only a larger page leads on; where it fills the largest, nothing does.
 */
export function turnPage(span: Span, page: Page, size: PageSize): PageTurn {
  const {returned, last, atLast} = page;
  const {maxCount, limit, holdsNewest = false} = size;
  if (returned < maxCount || last === undefined || last >= span.to) {
    return {kind: 'done'};
  }
  const deliveredAtFrom = holdsNewest ? atLast - 1 : atLast;
  const next = {from: last, to: span.to, deliveredAtFrom};
  if (!isProgress(span, next)) return larger(span, 2 * maxCount, size);
  if (atLast >= limit) return {kind: 'stuck'};
  return {kind: 'next', span: next, atLeast: Math.min(limit, 2 * atLast)};
}

function isProgress(before: Span, after: Span): boolean {
  if (after.from !== before.from) return after.from > before.from;
  return after.deliveredAtFrom > before.deliveredAtFrom;
}

function larger(
  {from, to, deliveredAtFrom}: Span,
  atLeast: number,
  {maxCount, limit}: PageSize,
): PageTurn {
  if (maxCount >= limit) return {kind: 'stuck'};
  const span = {from, to, deliveredAtFrom};
  return {kind: 'next', span, atLeast: Math.min(limit, atLeast)};
}
