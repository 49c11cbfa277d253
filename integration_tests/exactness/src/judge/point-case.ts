import {after, fullInstant, type Instant, MINUTE} from '../instant';
import type {KnownPoint} from '../play/chronicle';
import type {Attempt} from '../play/player';
import {isSameRest, type Row} from '../play/row';
import type {SourceSettings} from '../story/story';
import type {Bounds} from './bounds';
import type {Claims} from './claims';
import type {Covered} from './coverage';
import {Delivered} from './delivered';
import {PointTruth} from './point-truth';
import type {Problems} from './problems';

/** One point before the judge: what PI held of it, and what was delivered of it. */
export class PointCase {
  readonly truth: PointTruth;
  private readonly delivered = new Delivered();
  /** Rows of the attempt under way, by key. */
  private readonly ofAttempt = new Map<string, string>();
  /** Nothing before is to be read again by the attempt under way. */
  private done: Instant = '';
  /** Up to here every promise was found true. */
  private proven: Instant;
  /** The farthest that any state claimed. */
  private claimed: Instant;

  constructor(
    known: KnownPoint,
    private readonly settings: SourceSettings,
    private readonly problems: Problems,
  ) {
    this.truth = new PointTruth(known);
    this.proven = this.claimed = fullInstant(settings.startDate);
  }

  /** A row was delivered: it must be one that PI holds, inside the bounds, and new. */
  take(row: Row, attempt: Attempt, bounds: Bounds): void {
    const {future} = this.truth.known;
    const end = future ? bounds.mostFutureEnd : bounds.mostEnd;
    const at = this.place(row, attempt);
    if (row.timestamp < bounds.start || row.timestamp >= end) {
      this.problems.add('outside', `${at}: not inside ${bounds.start} to ${end}.`);
    }
    const refutation = this.truth.refutes(row, attempt.number);
    if (refutation !== undefined) {
      this.problems.add('invented', `${at}: delivered ${row.rest}, but ${refutation}.`);
    }
    this.refuseTwice(row, attempt, at);
    this.refuseAgain(row, attempt, at);
    this.refuseSnapshot(row, attempt, at);
    this.delivered.add(row, attempt.number);
  }

  /** @param before What the state promises that the attempt begins from. */
  beginAttempt(before: Claims): void {
    this.ofAttempt.clear();
    const floor = before.floor(this.truth.known.key);
    const {lookbackMinutes} = this.settings;
    this.done = floor === undefined ? '' : after(floor, -lookbackMinutes * MINUTE);
  }

  /** A sync came to its end: of future data all that is wanted must be there. */
  judgeFuture(attempt: Attempt, bounds: Bounds, claims: Claims): void {
    const {future, key} = this.truth.known;
    const {leastEnd, leastFutureEnd} = bounds;
    const isWanted = future && leastFutureEnd > leastEnd && !claims.isLaggard(key);
    if (!isWanted || !this.truth.isVisibleThroughout(attempt.number)) return;
    for (const [instant, events] of this.truth.steadyBetween(
      leastEnd,
      leastFutureEnd,
    )) {
      const count = this.delivered.count(instant);
      if (count >= events) continue;
      const at = `attempt ${attempt.number}, ${this.name}, ${instant}`;
      this.problems.add(
        'lost',
        `${at}: ${count} of ${events} events to come were delivered.`,
      );
    }
  }

  /** A state was written: what it promises must have been delivered before it. */
  judgeClaim(claims: Claims, attempt: Attempt): void {
    const claim = claims.cursor(this.truth.known.key);
    // What was held back is due with the next step forward, and not before.
    if (claim === undefined || claim <= this.claimed) return;
    this.claimed = claim;
    const held = this.heldBack(attempt);
    for (const [instant, events] of this.truth.steadyBetween(this.proven, claim)) {
      const count = this.delivered.count(instant);
      if (count >= events || held.has(instant)) continue;
      this.problems.add(
        'lost',
        `attempt ${attempt.number}, ${this.name}, ${instant}: ${count} of ${events} events were delivered when a state claimed all up to ${claim}.`,
      );
    }
    this.proven = this.earliest(held, claim);
  }

  /** An attempt ended: of instants that were changed it must have brought what was there. */
  judgeCoverage(attempt: Attempt, covered: Covered | undefined): void {
    if (covered === undefined) return;
    const held = this.heldBack(attempt);
    for (const instant of this.truth.changedBetween(covered.from, covered.to)) {
      if (held.has(instant)) continue;
      const versions = this.truth.possible(instant, attempt.number);
      if (versions.some(({rests}) => this.has(instant, rests))) continue;
      this.problems.add(
        'stale',
        `attempt ${attempt.number}, ${this.name}, ${instant}: read from ${covered.from} to ${covered.to}, but of ${JSON.stringify(versions.at(-1)?.rests)} there is ${JSON.stringify(this.delivered.at(instant))}.`,
      );
    }
  }

  private get name(): string {
    return `"${this.truth.known.names.at(-1)?.name ?? ''}"`;
  }

  private place({timestamp, sequence}: Row, {number}: Attempt): string {
    return `attempt ${number}, ${this.name}, ${timestamp} (${sequence})`;
  }

  private has(instant: Instant, rests: readonly string[]): boolean {
    const rows = this.delivered.at(instant);
    return rests.every((rest, sequence) =>
      isSameRest(rest, rows[sequence]?.rest ?? '"":0'),
    );
  }

  private refuseTwice(
    {timestamp, sequence, rest}: Row,
    {number}: Attempt,
    at: string,
  ): void {
    const key = `${timestamp} ${sequence}`;
    const before = this.ofAttempt.get(key);
    this.ofAttempt.set(key, rest);
    // Where the newest event is held back, the one before it may be told once more.
    const mayRepeat = this.settings.snapshot === 'hold_back' && before === rest;
    if (before === undefined || mayRepeat || this.truth.isChanged(timestamp)) return;
    // What is audited and found to have changed under the reading is read once more.
    if (this.truth.isMovedDuring(number)) return;
    this.problems.add('doubled', `${at}: delivered twice in one attempt.`);
  }

  /** What an earlier state promised is read again only as far as a lookback asks. */
  private refuseAgain({timestamp}: Row, {number}: Attempt, at: string): void {
    const mayRepeat = this.settings.snapshot === 'hold_back';
    if (timestamp >= this.done || mayRepeat || this.truth.isMovedDuring(number)) return;
    this.problems.add(
      'doubled',
      `${at}: delivered again, though a state had it up to ${this.done}.`,
    );
  }

  private refuseSnapshot(row: Row, attempt: Attempt, at: string): void {
    if (!this.isSnapshot(row, attempt)) return;
    this.problems.add(
      'held back',
      `${at}: delivered although it is the point's newest.`,
    );
  }

  /** Whether a row is certainly the newest of its point, which is to be held back. */
  private isSnapshot({timestamp, sequence}: Row, {from, to, number}: Attempt): boolean {
    if (this.settings.snapshot !== 'hold_back' || this.truth.known.future) return false;
    // While the clock moves or the archive changes, nobody can say which is the newest.
    if (from !== to || this.truth.isChanged(timestamp)) return false;
    const newest = this.truth.newest(to, number);
    const [version] = this.truth.possible(timestamp, number);
    return (
      newest.size === 1 &&
      newest.has(timestamp) &&
      sequence + 1 === version?.rests.length
    );
  }

  /** Instants that may be left out for now. */
  private heldBack(attempt: Attempt): ReadonlySet<Instant> {
    if (this.settings.snapshot !== 'hold_back') return NONE;
    const {from, to, number} = attempt;
    return new Set([
      ...this.truth.newest(from, number),
      ...this.truth.newest(to, number),
    ]);
  }

  /** What was held back is to be looked at again with the next claim. */
  private earliest(held: ReadonlySet<Instant>, claim: Instant): Instant {
    return [...held].reduce((a, b) => (b >= this.proven && b < a ? b : a), claim);
  }
}

const NONE: ReadonlySet<Instant> = new Set();
