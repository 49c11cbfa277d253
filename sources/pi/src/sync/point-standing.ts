import type {Laggard} from './laggards';
import type {PiTimestamp} from './pi-timestamp';
import {type PointId, pointKey, type PointSet} from './point-set';
import {knownPoints} from './reconcile';
import type {SyncAccount} from './sync-account';
import type {TimeseriesState} from './timeseries-state';

/** How far a sync has come with a point. */
export interface PointStanding {
  /**
   * - `healthy`: delivered to the end of the sync.
   * - `late`: delivered to `completeUntil`, where the next sync goes on.
   * - `new`: not known to an earlier sync.
   * - `quarantined`: stands apart, as it could not be read.
   * - `not_read`: not read by this sync.
   */
  readonly state: 'healthy' | 'late' | 'new' | 'quarantined' | 'not_read';
  /** Everything before is delivered; undefined where nothing is. */
  readonly completeUntil: PiTimestamp | undefined;
  readonly laggard: Laggard | undefined;
}

/** How each point stands at the end of a sync, by its account. */
export class PointStandings {
  private readonly known: PointSet | undefined;

  constructor(private readonly account: Pick<SyncAccount, 'beginning' | 'state'>) {
    const {beginning} = account;
    const isFirst = beginning?.state.main === undefined;
    this.known = isFirst ? undefined : knownPoints(beginning.state);
  }

  of(point: PointId): PointStanding {
    const {beginning, state = beginning?.state} = this.account;
    if (beginning === undefined || state === undefined) return NOT_READ;
    const laggard = state.laggards.get(pointKey(point));
    if (laggard !== undefined) {
      return {state: 'quarantined', completeUntil: laggard.cursor, laggard};
    }
    const completeUntil = completeUntilOf(point, state);
    if (this.isNew(point)) return {state: 'new', completeUntil, laggard};
    const isDone = isAtOrBehind(completeUntil, beginning.end);
    return {state: isDone ? 'healthy' : 'late', completeUntil, laggard};
  }

  private isNew(point: PointId): boolean {
    return this.known?.has(point) === false;
  }
}

function isAtOrBehind(instant: PiTimestamp | undefined, end: PiTimestamp): boolean {
  return instant !== undefined && instant >= end;
}

const NOT_READ: PointStanding = {
  state: 'not_read',
  completeUntil: undefined,
  laggard: undefined,
};

function completeUntilOf(
  point: PointId,
  {main, joining, rereadUntil}: TimeseriesState,
): PiTimestamp | undefined {
  // What is read again was delivered before.
  if (main?.points.has(point) === true) return rereadUntil ?? main.watermark;
  return joining?.points.has(point) === true ? joining.watermark : undefined;
}
