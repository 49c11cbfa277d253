import type {PiPoint} from './pi-point';

/** What one batch may ask for. */
export interface ReadLimits {
  /** Values one answer may hold, all its points together. */
  readonly maxValues: number;
  /** The server's limit for one sub-request (`MaxReturnedItemsPerCall`). */
  readonly maxCountLimit: number;
  /** Requests that may be under way at once. */
  readonly maxConcurrency: number;
  /** Bytes of WebIDs that a URL may hold. */
  readonly urlBytes: number;
}

/** Sub-requests of one batch that are asked at first: the server runs them at once. */
const STREAMSETS_PER_BATCH = 4;
const POINTS_PER_STREAMSET = 100;
const PARAMETER_BYTES = '&webId='.length;
/** A page per point smaller than this is mostly overhead. */
const SMALLEST_PAGE = 100;
/** Groups per request at once: enough that the last ones leave none of them idle. */
const GROUPS_PER_READER = 4;
/** Values of a point in one answer beside which all that a point costs by itself is small. */
const LONG_PAGE = 500;

/** How many points one streamset may hold if every one is to get a page worth asking. */
function pointsPerStreamset({maxValues}: ReadLimits): number {
  return Math.max(
    1,
    Math.min(POINTS_PER_STREAMSET, Math.floor(maxValues / SMALLEST_PAGE)),
  );
}

/**
 * How many points make a group: as many as fill a batch, but few enough that there is
 * a group for every reader.
 */
export function groupSizeFor(points: number, limits: ReadLimits): number {
  const wanted = limits.maxConcurrency * GROUPS_PER_READER;
  const most = STREAMSETS_PER_BATCH * pointsPerStreamset(limits);
  return Math.min(most, Math.max(1, Math.ceil(points / wanted)));
}

/** How many events a window over so many points shall hold. */
export function targetEvents(points: number, limits: ReadLimits): number {
  const groups = Math.ceil(points / groupSizeFor(points, limits));
  return Math.max(1, Math.floor(groups * (limits.maxValues / 2)));
}

/** How a window is read: how wide it is, and how many points are read together. */
export interface WindowShape {
  readonly widthMs: number;
  readonly groupSize: number;
}

/** How wide a window may be. */
export interface WindowWidths {
  /** At which a window of `groupSizeFor` groups holds `targetEvents`. */
  readonly widthMs: number;
  /** Up to which it may be widened. */
  readonly mostMs: number;
}

/**
 * Of a long history fewer points are read together, and as much more of each: answers
 * hold as many values, but PI looks up fewer points for them. Otherwise as many points
 * as a batch may hold.
 */
export function windowShape(
  points: number,
  {widthMs, mostMs}: WindowWidths,
  limits: ReadLimits,
): WindowShape {
  const size = groupSizeFor(points, limits);
  const fewest = Math.max(1, Math.floor(limits.maxValues / 2 / LONG_PAGE));
  const most = Math.min(size / fewest, mostMs / widthMs);
  const times = Math.max(1, Math.floor(most));
  return {widthMs: widthMs * times, groupSize: Math.ceil(size / times)};
}

/** Cuts points into runs that fit a streamset: number of points and length of URL. */
export function streamsets<Item extends {readonly point: PiPoint}>(
  items: readonly Item[],
  limits: ReadLimits,
): Item[][] {
  const most = pointsPerStreamset(limits);
  const sets: Item[][] = [];
  let set: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const more = item.point.webId.length + PARAMETER_BYTES;
    const isFull = set.length >= most || bytes + more > limits.urlBytes;
    if (set.length > 0 && isFull) {
      sets.push(set);
      set = [];
      bytes = 0;
    }
    set.push(item);
    bytes += more;
  }
  return set.length === 0 ? sets : [...sets, set];
}

/** A sub-request that waits for its turn. */
export interface Waiting {
  readonly points: number;
  /** A smaller page would lead nowhere. */
  readonly atLeast: number;
  /** A larger page was refused. */
  readonly atMost: number;
  /** A batch of more points was refused. */
  readonly crowd: number;
}

const REQUESTS_PER_BATCH = 32;

/**
 * How many of the waiting sub-requests, from the first, make the next batch; at least
 * one. Together they may not be cut so small that pages are mostly overhead.
 */
export function batchLength(waiting: readonly Waiting[], limits: ReadLimits): number {
  let points = 0;
  let crowd = Infinity;
  let atLeast = SMALLEST_PAGE;
  let taken = 0;
  for (const request of waiting) {
    points += request.points;
    crowd = Math.min(crowd, request.crowd);
    atLeast = Math.max(atLeast, request.atLeast);
    const isTooMuch = points > crowd || limits.maxValues / points < atLeast;
    if (taken === REQUESTS_PER_BATCH || (taken > 0 && isTooMuch)) break;
    taken += 1;
  }
  return taken;
}

/** The next smaller page to try; undefined where a page is as small as is useful. */
export function smallerPage(maxCount: number, atLeast: number): number | undefined {
  const smallest = Math.max(atLeast, SMALLEST_PAGE);
  return maxCount > smallest ? Math.max(smallest, Math.floor(maxCount / 4)) : undefined;
}

/**
 * `maxCount` of a sub-request in a batch of `pointsInBatch`. All pages of a batch
 * together stay within `maxValues`, but for a lone point that needs a larger page.
 */
export function pageSize(
  request: Waiting,
  pointsInBatch: number,
  {maxValues, maxCountLimit}: ReadLimits,
): number {
  const share = Math.floor(maxValues / pointsInBatch);
  const wanted = Math.max(1, share, request.atLeast);
  const most = Math.floor(maxCountLimit / request.points);
  return Math.max(1, Math.min(wanted, most, request.atMost));
}

const TOO_LARGE = /greater than the maximum allowed \((\d+)\)/;

/** The limit a server names when it refuses a page as too large. */
export function allowedMaximum(text: string): number | undefined {
  const named = TOO_LARGE.exec(text)?.[1];
  return named === undefined ? undefined : Math.max(1, Number(named));
}
