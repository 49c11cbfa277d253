import type {PiPoint} from './pi-point';
import type {PiTimestamp} from './pi-timestamp';
import {pointKey} from './point-set';
import type {TimeseriesState} from './timeseries-state';

/** What was read of one point between two instants, the second exclusive. */
export interface ReadSpan {
  readonly point: PiPoint;
  readonly from: PiTimestamp;
  readonly to: PiTimestamp;
  /** Events PI returned inside the span, each counted once; held back ones included. */
  readonly events: number;
  /** Those among them that PI does not call good, system states and errors included. */
  readonly notGood: number;
  /** The newest of them. */
  readonly last: PiTimestamp | undefined;
  /** Whether the point stood apart before, because it could not be read. */
  readonly healed: boolean;
}

/** What this sync brought of one point so far. */
export interface PointAccount {
  events: number;
  last: PiTimestamp | undefined;
}

/** What is fixed when `timeseries` begins. */
export interface SyncBeginning {
  /** PI's clock. */
  readonly now: PiTimestamp;
  /** Exclusive end of the sync. */
  readonly end: PiTimestamp;
  readonly points: readonly PiPoint[];
  /** Before anything was read. */
  readonly state: TimeseriesState;
}

/**
 * The account of one sync of `timeseries`, kept for those who tell of it afterwards:
 * the streams `load_audit` and `tag_status`, and the summary at the end. Empty where
 * `timeseries` is not part of the sync. One small object per point that
 * brought events.
 */
export class SyncAccount {
  beginning: SyncBeginning | undefined;
  /** As it was planned from last: after the last round, the state of the end. */
  state: TimeseriesState | undefined;
  /** Of all points; one that was read twice counts twice. */
  events = 0;
  private readonly byPoint = new Map<string, PointAccount>();

  /** Adds what a slice brought. */
  add(spans: readonly ReadSpan[]): void {
    for (const {point, events, last} of spans) {
      // Most points of most syncs bring nothing, and there are very many of them.
      if (events === 0) continue;
      this.events += events;
      const key = pointKey(point);
      const known = this.byPoint.get(key);
      if (known === undefined) {
        this.byPoint.set(key, {events, last});
        continue;
      }
      known.events += events;
      if (last !== undefined && (known.last === undefined || last > known.last)) {
        known.last = last;
      }
    }
  }

  /** Undefined for a point of which this sync brought nothing. */
  of(key: string): Readonly<PointAccount> | undefined {
    return this.byPoint.get(key);
  }
}
