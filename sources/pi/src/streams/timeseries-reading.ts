import type {LineSink} from 'airbyte-cdk-ts';

import type {HeldPoint} from '../sync/held-points';
import {pointKey} from '../sync/point-set';
import type {ReadSpan} from '../sync/sync-account';
import type {ReadLaggard} from '../sync/timeseries-state';
import type {SpanResult} from './slice-reader';

/** What was read of a span, for the account of the sync. */
export function readSpan(
  {span, events, notGood, last}: SpanResult,
  healed: boolean,
): ReadSpan {
  const {point, from, to} = span;
  return {point, from, to, events, notGood, last, healed};
}

/** A laggard that could be read, for the state. */
export function readLaggard({span, held}: SpanResult): ReadLaggard {
  return {key: pointKey(span.point), reached: span.to, held};
}

/** Nothing where nothing was held back and nothing is: the usual case costs nothing. */
export function heldPoint({span, held}: SpanResult): HeldPoint[] {
  const isNews = held !== undefined || span.held !== undefined;
  return isNews ? [{point: span.point, held}] : [];
}

/** Takes lines and lets nobody have them. */
export function unheard(lines: LineSink): LineSink {
  return {
    envelope: () => lines.envelope(),
    memory: () => lines.memory(),
    write: () => Promise.resolve(),
  };
}
