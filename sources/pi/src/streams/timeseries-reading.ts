import type {LineSink} from 'airbyte-cdk-ts';

import type {MarkedPoint} from '../sync/front-marks';
import type {PointMarks} from '../sync/held-back';
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
export function readLaggard({span, marks}: SpanResult): ReadLaggard {
  const {point, to} = span;
  const known = isKnown(marks) ? {marks} : {};
  return {key: pointKey(point), reached: to, ...known};
}

/** Nothing where nothing was known and nothing is: the usual case costs nothing. */
export function markedPoint({span, marks}: SpanResult): MarkedPoint[] {
  const isNews = isKnown(marks) || (span.marks !== undefined && isKnown(span.marks));
  return isNews ? [{point: span.point, marks}] : [];
}

function isKnown({held, single}: PointMarks): boolean {
  return held || single;
}

/** Takes lines and lets nobody have them. */
export function unheard(lines: LineSink): LineSink {
  return {envelope: () => lines.envelope(), write: () => Promise.resolve()};
}
