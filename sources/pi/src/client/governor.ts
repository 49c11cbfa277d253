import {LatencyWatch, type Work} from './latency-watch';
import {
  afterGood,
  afterRefusal,
  afterSlowness,
  afterTrial,
  afterVainTrial,
  belowSlowness,
  initialLoad,
  type LoadLimit,
} from './load-limit';

/** What an answer tells of the server's load. */
export interface AnswerSigns {
  /** 429, 5xx, a time-out or a broken connection. */
  readonly overloaded: boolean;
  /** Undefined where its time says nothing, as with a failure. */
  readonly work: Work | undefined;
  /** Both by one clock, in milliseconds. */
  readonly begunAtMs: number;
  readonly nowMs: number;
}

const SMOOTHING = 1 / 8;
/** How many times as long as at best is too long. */
const TOO_SLOW = 1.5;
/** Answers by which a trial of one more at once is judged. */
const TRIED = 40;
/** Answers at half the limit that show whether it helped. */
const ENOUGH = 12;
/** Of what one more at once can bring at most: less was in vain. */
const WORTH = 0.5;
/** Answers that say little. */
const FEW = 4;
/** So much more than at best is no matter. */
const FALSE_ALARM = 0.35;
/** Slowness that lost less than this share of itself at half the limit is not ours. */
const HELPED = 0.3;
/** One answer says no more than this, however late it was. */
const MOST_SLOWNESS = 8;

/** Whether half the limit made a slow server faster. */
interface Suspicion {
  readonly before: LoadLimit;
  /** Of requests begun at the old limit, and of those begun at the new one. */
  readonly slowBefore: Mean;
  readonly slowAfter: Mean;
}

/**
 * Decides how many requests may be under way: more while answers come as fast as they
 * did, half as many when they are refused, fail, or take longer for the same work.
 */
export class Governor {
  readonly #watch = new LatencyWatch();
  #load: LoadLimit;
  #slowness = 1;
  #loweredAtMs = Number.NEGATIVE_INFINITY;
  #suspicion: Suspicion | undefined;
  #refusals = 0;
  /** How slow answers are at the present limit. */
  #here = new Mean();
  /** At the limit before the last trial. */
  #former = 1;

  /** @param ceiling Never more at once. */
  constructor(ceiling: number) {
    this.#load = initialLoad(ceiling);
  }

  /** Requests that may be under way at the moment. */
  get limit(): number {
    return Math.floor(this.#load.limit);
  }

  /** How often it gave way to refusals and failures; it only grows. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Requests begun before the limit was lowered do not lower or raise it again. */
  answered({overloaded, work, begunAtMs, nowMs}: AnswerSigns): void {
    const isEarlier = begunAtMs < this.#loweredAtMs;
    if (overloaded) {
      if (!isEarlier) this.#refused(nowMs);
      return;
    }
    const slowness = work && this.#watch.compare(work, nowMs - begunAtMs);
    if (this.#suspicion !== undefined)
      this.#weigh(this.#suspicion, slowness, isEarlier);
    else if (!isEarlier) this.#good(slowness, nowMs);
  }

  #good(slowness: number | undefined, nowMs: number): void {
    this.#smooth(slowness);
    if (this.#slowness > TOO_SLOW) this.#slowed(nowMs);
    else this.#proceed(slowness);
  }

  /** Keeps to one more, or one less, if that was worth it. */
  #proceed(slowness: number | undefined): void {
    const {safe} = this.#load;
    this.#load = afterGood(this.#load);
    if (this.#load.safe !== safe) {
      this.#former = this.#here.value;
      this.#here = new Mean();
      return;
    }
    // The first round was begun at the limit before.
    if (slowness === undefined || this.#load.waited < safe) return;
    this.#here.add(slowness);
    if (this.#load.isTrial && this.#here.count === TRIED) this.#judge();
  }

  /** More at once are worth it if at least half of them are answered in addition. */
  #judge(): void {
    const {safe, direction} = this.#load;
    const [less, more] = inOrder(direction, this.#former, this.#here.value);
    const most = 1 + WORTH / (direction === 1 ? safe - 1 : safe);
    const isMoreWorthIt = more <= less * most;
    if (isMoreWorthIt === (direction === 1)) {
      this.#load = afterTrial(this.#load);
      return;
    }
    this.#load = afterVainTrial(this.#load);
    this.#here = new Mean();
  }

  #refused(nowMs: number): void {
    this.#lower(afterRefusal(this.#load), nowMs);
    this.#suspicion = undefined;
    this.#refusals++;
  }

  #slowed(nowMs: number): void {
    const before = this.#load;
    this.#lower(afterSlowness(before), nowMs);
    this.#suspicion = {before, slowBefore: new Mean(), slowAfter: new Mean()};
  }

  #lower(load: LoadLimit, nowMs: number): void {
    this.#load = load;
    this.#loweredAtMs = nowMs;
    this.#slowness = 1;
    this.#here = new Mean();
    this.#watch.turn();
  }

  /** One answer that took very long counts as no more than twice what is usual. */
  #smooth(slowness = this.#slowness): void {
    const bounded = Math.min(slowness, 2 * this.#slowness);
    this.#slowness += (bounded - this.#slowness) * SMOOTHING;
  }

  /** What half the limit does not mend is not of our making: then it is as it was. */
  #weigh(suspicion: Suspicion, slowness: number | undefined, isEarlier: boolean): void {
    if (slowness === undefined) return;
    const {before, slowBefore, slowAfter} = suspicion;
    (isEarlier ? slowBefore : slowAfter).add(Math.min(slowness, MOST_SLOWNESS));
    if (slowAfter.count < ENOUGH) return;
    this.#suspicion = undefined;
    const excess = (slowBefore.count < FEW ? TOO_SLOW : slowBefore.value) - 1;
    const hasHelped = slowAfter.value - 1 < excess * (1 - HELPED);
    if (excess > FALSE_ALARM && hasHelped) {
      this.#load = {...this.#load, safe: belowSlowness(before, excess + 1)};
      return;
    }
    if (!hasHelped) this.#watch.forget();
    this.#load = before;
  }
}

/** By the limit they were seen at, the lower one first. */
function inOrder(
  direction: 1 | -1,
  former: number,
  here: number,
): readonly [number, number] {
  return direction === 1 ? [former, here] : [here, former];
}

class Mean {
  count = 0;
  value = 0;

  add(value: number): void {
    this.count++;
    this.value += (value - this.value) / this.count;
  }
}
