import {after, type Instant, SECOND, DAY, wholeSecond, fullInstant} from '../instant';
import type {Attempt} from '../play/player';
import type {SourceSettings} from '../story/story';

/** Between which instants a sync is to deliver; ends exclusive. */
export interface Bounds {
  readonly start: Instant;
  /** The clock may have moved while the attempt began: the earliest end it may have. */
  readonly leastEnd: Instant;
  readonly mostEnd: Instant;
  /** The same for points with future data. */
  readonly leastFutureEnd: Instant;
  readonly mostFutureEnd: Instant;
}

export function boundsOf(
  {from, to}: Pick<Attempt, 'from' | 'to'>,
  settings: SourceSettings,
): Bounds {
  const {startDate, endDate, settleSeconds, futureDays} = settings;
  const last = endDate === undefined ? undefined : fullInstant(endDate);
  const settled = (now: Instant): Instant =>
    fullInstant(wholeSecond(after(now, -settleSeconds * SECOND)));
  // Where the history ends by the settings, nothing to come is wanted.
  const ahead = last === undefined ? futureDays * DAY : 0;
  const within = (end: Instant): Instant =>
    last !== undefined && last < end ? last : end;
  return {
    start: fullInstant(startDate),
    leastEnd: within(settled(from)),
    mostEnd: within(settled(to)),
    leastFutureEnd: after(within(settled(from)), ahead),
    mostFutureEnd: after(within(settled(to)), ahead),
  };
}
