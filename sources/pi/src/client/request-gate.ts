import type {Clock} from './clock';
import {Governor} from './governor';
import type {Work} from './latency-watch';
import {takeToken, type TokenBucket} from './token-bucket';
import type {Traffic} from './traffic';

export interface GateOptions {
  /** Never more requests than these at once. */
  readonly maxConcurrency: number;
  readonly maxRequestsPerSecond: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Where waits are written down. */
  readonly traffic: Traffic;
}

/** What an answer, or the lack of one, says of the server's load. */
export interface Judgement {
  readonly overloaded: boolean;
  /** Undefined where the time it took says nothing. */
  readonly work?: Work | undefined;
}

/**
 * The one gate before PI, shared by every request of a process: it bounds how many are
 * under way and how many begin each second, and lets fewer through while PI struggles.
 */
export class RequestGate {
  readonly #options: GateOptions;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #heldUntilMs = 0;
  readonly #governor: Governor;
  #bucket: TokenBucket;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#governor = new Governor(options.maxConcurrency);
    this.#bucket = {tokens: this.#burst, filledAtMs: options.clock.nowMs()};
  }

  /** Requests that may be under way at the moment. */
  get limit(): number {
    return this.#governor.limit;
  }

  /** How often PI's refusals and failures have lowered the limit. */
  get refusals(): number {
    return this.#governor.refusals;
  }

  /** Runs one request when its turn has come. `judge` sees its result or its failure. */
  async run<T>(
    request: () => Promise<T>,
    judge: (result: T | undefined) => Judgement,
  ): Promise<T> {
    await this.#enter();
    let result: T | undefined;
    let begunAtMs = this.#options.clock.nowMs();
    try {
      await this.#pace();
      begunAtMs = this.#options.clock.nowMs();
      result = await request();
      return result;
    } finally {
      this.#leave(begunAtMs, judge(result));
    }
  }

  /** Lets nobody begin for a while: the server asked for it, and asked all of us. */
  hold(forMs: number): void {
    const {clock, traffic} = this.#options;
    const nowMs = clock.nowMs();
    const untilMs = nowMs + forMs;
    traffic.serverWait.add(nowMs, untilMs);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, untilMs);
  }

  /** A part of an answer told of overload: fewer requests from now on. */
  strained(): void {
    const nowMs = this.#options.clock.nowMs();
    this.#governor.answered({
      overloaded: true,
      work: undefined,
      begunAtMs: nowMs,
      nowMs,
    });
  }

  get #burst(): number {
    return Math.max(1, this.#options.maxRequestsPerSecond);
  }

  async #enter(): Promise<void> {
    this.#options.signal.throwIfAborted();
    if (this.#underWay < this.limit) {
      this.#underWay++;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async #pace(): Promise<void> {
    const {clock, maxRequestsPerSecond, signal, traffic} = this.#options;
    const rate = {perSecond: maxRequestsPerSecond, burst: this.#burst};
    const nowMs = clock.nowMs();
    const taken = takeToken(this.#bucket, rate, nowMs);
    this.#bucket = taken.bucket;
    signal.throwIfAborted();
    traffic.ownWait.add(nowMs, nowMs + taken.waitMs);
    const waitMs = Math.max(taken.waitMs, this.#heldUntilMs - clock.nowMs());
    if (waitMs > 0) await clock.sleep(waitMs, signal);
  }

  #leave(begunAtMs: number, {overloaded, work}: Judgement): void {
    const nowMs = this.#options.clock.nowMs();
    this.#governor.answered({overloaded, work, begunAtMs, nowMs});
    this.#underWay--;
    while (this.#underWay < this.limit) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#underWay++;
      next();
    }
  }
}
