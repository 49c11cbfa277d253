import type {Page, Span} from './page-turn';
import type {PiTimestamp} from './pi-timestamp';

/**
 * Holding back the snapshot.
 *
 * PI answers with the newest value of a point before compression has decided whether
 * to keep it. To hold it back, windows are asked with the boundary type `Outside`: an
 * event that is followed by another has been archived, one that nothing follows is the
 * snapshot and stays out. The next window finds it as the event before its start, if PI
 * archived it; if not, it finds the last archived event there once more, which is the
 * same record again.
 *
 * Of each point three facts are kept. `held`: its newest event was left out. `single`:
 * what stands before the window's start is known to be alone at its timestamp, so that
 * its `sequence` is 0; where that is not known, that instant is read by itself. `old`:
 * what was left out lies before all that a lookback will read again.
 */
export interface PointMarks {
  readonly held: boolean;
  readonly single: boolean;
  readonly old: boolean;
}

export const NO_MARKS: PointMarks = {held: false, single: false, old: false};

/** Which parts of a page besides the span are meant, or not meant. */
export interface PageParts {
  /** Also the one event before the span, as the first at its timestamp. */
  readonly withBefore: boolean;
  /** Not the newest event. */
  readonly withoutNewest: boolean;
}

export const WHOLE_PAGE: PageParts = {withBefore: false, withoutNewest: false};

/** What can be asked of a page about the events before an instant. */
export interface PageLook {
  /** The newest timestamp before the instant; undefined where there is none. */
  newestBefore(instant: PiTimestamp): PiTimestamp | undefined;
  /** How many events lie at it. */
  tiesBefore(instant: PiTimestamp): number;
}

/** A page of one point, and how its span is read. */
export interface HeldPage {
  readonly span: Span;
  readonly page: Page;
  /** What is known of the point at the span's start. */
  readonly marks: PointMarks;
  /** Whether the newest event is to be left out. */
  readonly holdsNewest: boolean;
  /** Where the next sync begins to read again, if this span is the last of the sync. */
  readonly oldBefore: PiTimestamp;
}

/** What of the page is to be written; and an instant that is to be read by itself. */
export function partsOf(
  held: HeldPage,
  look: PageLook,
): PageParts & {readonly alone: PiTimestamp | undefined} {
  const {span, marks} = held;
  if (!isBegun(held)) return {...WHOLE_PAGE, alone: undefined};
  const before = marks.held ? look.newestBefore(span.from) : undefined;
  return {
    withBefore: before !== undefined && marks.single,
    withoutNewest: isNewestLast(held),
    alone: marks.single ? undefined : before,
  };
}

/** What is known at the span's end, once its last page was written. */
export function marksAfter(held: HeldPage, look: PageLook): PointMarks {
  const {page, marks, oldBefore} = held;
  if (page.last === undefined) return marks;
  const old = page.last < oldBefore;
  if (!isBegun(held)) return {...marks, old};
  const isHeld = isNewestLast(held);
  const isAlone = isLastAlone(held, look);
  if (!isHeld) return {held: false, single: isAlone, old: false};
  return {held: true, single: isAlone && page.atLast === 1, old};
}

/** Whether the last event that was delivered is known to be alone at its timestamp. */
function isLastAlone(held: HeldPage, look: PageLook): boolean {
  const {span, page, marks} = held;
  const end = isNewestLast(held) ? (page.last ?? span.to) : span.to;
  const newest = look.newestBefore(end);
  const isInside = newest !== undefined && newest >= span.from;
  return isInside ? look.tiesBefore(end) === 1 : marks.single;
}

/** What is known at an earlier instant, from where is read again what is not `old`. */
export function marksBehind({held, single, old}: PointMarks): PointMarks {
  const isHeld = held && old;
  return {held: isHeld, single: isHeld && single, old: isHeld};
}

/** What is still known once another lookback holds: what is `old` cannot be told. */
export function marksUnsure({held}: PointMarks): PointMarks {
  return {held, single: false, old: held};
}

/** What is known where the next page begins: what stands before it was delivered. */
export function onTheWay(held: HeldPage, after: PointMarks): PointMarks {
  return isBegun(held) ? {...after, held: false} : after;
}

/** Whether anything follows the event before the span. */
function isBegun({span, page: {last}}: HeldPage): boolean {
  return last !== undefined && last >= span.from;
}

/** Whether the last event of the page is the newest that PI has, as far as it shows. */
function isNewestLast({span, page: {last}, holdsNewest}: HeldPage): boolean {
  return holdsNewest && last !== undefined && last < span.to;
}
