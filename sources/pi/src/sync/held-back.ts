import type {Page, Span} from './page-turn';
import type {PiTimestamp} from './pi-timestamp';

/*
 * Holding back the snapshot.
 *
 * PI answers with the newest value of a point before compression has decided whether
 * to keep it. To hold it back, windows are asked with the boundary type `Outside`: an
 * event that is followed by another has been archived, one that nothing follows is the
 * snapshot and stays out. Of the point is kept when that event was. As soon as a window
 * shows that something follows it, all from that instant up to the window is read by
 * itself: what was held back, if PI archived it, and whatever came late beside it.
 */

/** Between which instants an event lies that was held back: the same, where known. */
export interface HeldBack {
  readonly since: PiTimestamp;
  readonly until: PiTimestamp;
}

/** Which part of a page is not meant. */
export interface PageParts {
  /** The newest event. */
  readonly withoutNewest: boolean;
}

export const WHOLE_PAGE: PageParts = {withoutNewest: false};

/** A page of one point, and how its span is read. */
export interface HeldPage {
  readonly span: Span;
  readonly page: Page;
  /** What before the span was held back. */
  readonly held: HeldBack | undefined;
  /** Whether the newest event is to be left out. */
  readonly holdsNewest: boolean;
}

/** What of a page is to be written. */
export function partsOf(page: HeldPage): PageParts {
  return {withoutNewest: isFollowed(page) && isNewestLast(page)};
}

/** What was held back and is due now. */
export interface Due {
  readonly from: PiTimestamp;
  /** Nothing but late events follows: the newest of them stays out in its turn. */
  readonly holdsNewest: boolean;
}

/** What of the events before the span is due; undefined where nothing is. */
export function dueOf(page: HeldPage): Due | undefined {
  const {held, span, holdsNewest} = page;
  if (held === undefined || held.since >= span.from) return undefined;
  if (isFollowed(page) || !holdsNewest) return {from: held.since, holdsNewest: false};
  return isOvertaken(page) ? {from: held.since, holdsNewest: true} : undefined;
}

/** What is held back at the span's end, once its last page was written. */
export function heldAfter(page: HeldPage): HeldBack | undefined {
  const {last} = page.page;
  if (!page.holdsNewest) return undefined;
  if (!isFollowed(page)) return isOvertaken(page) ? exactly(last) : page.held;
  return isNewestLast(page) ? exactly(last) : undefined;
}

/** What is held back where the next page begins. */
export function heldOnTheWay(page: HeldPage): HeldBack | undefined {
  const isSettled = dueOf(page) !== undefined || isFollowed(page);
  return isSettled ? undefined : page.held;
}

function exactly(instant: PiTimestamp | undefined): HeldBack | undefined {
  return instant === undefined ? undefined : {since: instant, until: instant};
}

/** Whether anything follows the events before the span. */
function isFollowed({span, page: {last}}: HeldPage): boolean {
  return last !== undefined && last >= span.from;
}

/** Whether a late event, before the span, has come behind the one that was held back. */
function isOvertaken({held, page: {last}}: HeldPage): boolean {
  return held !== undefined && last !== undefined && last > held.until;
}

/** Whether the last event of the page is the newest that PI has, as far as it shows. */
function isNewestLast({span, page: {last}, holdsNewest}: HeldPage): boolean {
  return holdsNewest && last !== undefined && last < span.to;
}
