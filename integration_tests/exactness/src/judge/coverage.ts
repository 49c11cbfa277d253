import {after, fullInstant, type Instant, MINUTE} from '../instant';
import type {Attempt} from '../play/player';
import type {SourceSettings} from '../story/story';
import type {Claims} from './claims';

/** What of a point's history an attempt has certainly read; the end exclusive. */
export interface Covered {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * What an attempt read from its beginning to its end, by the states it wrote and by what
 * the settings ask of a sync that came to its end.
 */
export class Coverage {
  private readonly all: Claims[];

  constructor(
    private readonly settings: SourceSettings,
    before: Claims,
    private readonly attempt: Attempt,
  ) {
    this.all = [before];
  }

  /** The claims of one more state that was written. */
  add(claims: Claims): void {
    this.all.push(claims);
  }

  get last(): Claims {
    const last = this.all.at(-1);
    if (last === undefined) throw new RangeError('There is at least the first.');
    return last;
  }

  of(key: string): Covered | undefined {
    const start = fullInstant(this.settings.startDate);
    const to = this.last.cursor(key);
    if (to === undefined) return undefined;
    const cursors = this.all.map((claims) => claims.cursor(key) ?? start);
    const from = [...cursors, this.lookback(key) ?? to].reduce((a, b) =>
      a < b ? a : b,
    );
    return from < to ? {from: from < start ? start : from, to} : undefined;
  }

  /** Where a sync that came to its end must have begun to read again. */
  private lookback(key: string): Instant | undefined {
    const [before] = this.all;
    const {lookbackMinutes} = this.settings;
    const cursor = before?.cursor(key);
    const isAsked =
      this.attempt.exitCode === 0 &&
      before?.isAtRest === true &&
      !before.isLaggard(key) &&
      lookbackMinutes > 0;
    return isAsked && cursor !== undefined
      ? after(cursor, -lookbackMinutes * MINUTE)
      : undefined;
  }
}
