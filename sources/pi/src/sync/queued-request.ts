import {halves} from './bisect';
import type {Waiting} from './groups';
import type {HeldBack} from './held-back';
import type {Span} from './page-turn';
import type {PiPoint} from './pi-point';
import type {PiTimestamp} from './pi-timestamp';

/** A point and the part of its history that is to be read. */
export interface PointSpan extends Span {
  readonly point: PiPoint;
  /** What before its start was held back. */
  readonly held?: HeldBack | undefined;
  /** The same, of a span that tells nothing of it, for a point that fails. */
  readonly heldIfFailed?: HeldBack | undefined;
  /** Read for what was held back, beside the span that was asked for. */
  readonly aside?: {readonly holdsNewest: boolean};
}

/** A sub-request that waits to be asked. */
export interface Queued extends Waiting {
  readonly spans: readonly PointSpan[];
  readonly attempt: number;
  readonly depth: number;
}

/** A request that was not asked yet. */
export function queued(
  spans: readonly PointSpan[],
  more: Partial<Queued> = {},
): Queued {
  const usual = {atLeast: 1, atMost: Infinity, crowd: Infinity, attempt: 1, depth: 0};
  return {...usual, ...more, spans, points: spans.length};
}

/** Both halves of a request, each with the bounds that it was asked with, or tighter. */
export function apart(request: Queued, bounds: Partial<Queued>): Queued[] {
  const depth = request.depth + 1;
  return halves(request.spans).map((spans) =>
    queued(spans, {...request, ...bounds, attempt: 1, depth}),
  );
}

/** What to call a span's end in the eyes of PI. */
function endsKey({from, to}: PointSpan): `${PiTimestamp}/${PiTimestamp}` {
  return `${from}/${to}`;
}

/** Spans that one streamset can hold, together. */
export function sameEnds(spans: readonly PointSpan[]): Iterable<PointSpan[]> {
  const together = new Map<string, PointSpan[]>();
  for (const span of spans) {
    const known = together.get(endsKey(span));
    if (known === undefined) together.set(endsKey(span), [span]);
    else known.push(span);
  }
  return together.values();
}
