import {afterFailure, type FailureTraits} from './bisect';
import {
  dueOf,
  heldAfter,
  type HeldBack,
  heldOnTheWay,
  type HeldPage,
  type PageParts,
  partsOf,
} from './held-back';
import {
  allowedMaximum,
  batchLength,
  pageSize,
  type ReadLimits,
  smallerPage,
  streamsets,
} from './groups';
import {type Page, turnPage} from './page-turn';
import {apart, type PointSpan, queued, type Queued, sameEnds} from './queued-request';
import {expectedEvents, fractionEnd, type Sounding} from './windows';

/** One streamset of a batch: points whose spans begin and end together. */
export interface SubRequest {
  readonly id: string;
  readonly spans: readonly PointSpan[];
  readonly maxCount: number;
  readonly boundary: 'Inside' | 'Outside';
}

/** How a slice is read. */
export interface ReadRules extends ReadLimits {
  /** Leave out the newest event of a point. */
  readonly holdsNewest: boolean;
}

/** A point whose reading ended early. */
export interface ReadFailure {
  readonly span: PointSpan;
  readonly reason: string;
  readonly lasting: boolean;
}

/** A sub-request that failed as a whole. */
export interface RequestFailure extends FailureTraits {
  readonly reason: string;
  /** What the server said. */
  readonly text: string;
}

interface Asked extends Queued {
  readonly maxCount: number;
}

/** So many points that fail tell of a server that is away, not of the points. */
const MOST_LONE_FAILURES = 8;

/** More than a slice of about 30 s can read, in answers of the largest size. */
const ANSWERS_PER_SLICE = 20;

/**
 * The course of one slice, without its input and output: what to ask next, given what
 * was answered. Per point it knows how far lines were made, and it never asks for an
 * event that was delivered.
 */
export class SliceReading {
  private readonly failureOf = new Map<string, ReadFailure>();
  private queue: Queued[] = [];
  /** Per point (WebID) read to its span's end, what is held back there. */
  readonly held = new Map<string, HeldBack | undefined>();
  private asides: PointSpan[] = [];
  private readonly inFlight = new Map<string, Asked>();
  private asked = 0;
  private countLimit: number;
  private fraction = 1;
  private hasDelivered = false;

  /** Points whose spans differ in `from` or `to` are asked apart. */
  constructor(
    spans: readonly PointSpan[],
    private readonly limits: ReadRules,
  ) {
    this.countLimit = limits.maxCountLimit;
    for (const together of sameEnds(spans)) {
      for (const set of streamsets(together, limits)) this.queue.push(queued(set));
    }
  }

  /** What is due of several points from one instant on is asked for together. */
  private queueAsides(): void {
    for (const together of sameEnds(this.asides.splice(0))) {
      const sets = streamsets(together, this.limits);
      this.queue.push(...sets.map((set) => queued(set)));
    }
  }

  /** The next batch; empty when the slice is read. Every one of it must be answered. */
  next(): SubRequest[] {
    this.inFlight.clear();
    this.queueAsides();
    const limits = {...this.limits, maxCountLimit: this.countLimit};
    const taken = this.queue.splice(0, batchLength(this.queue, limits));
    const points = taken.reduce((sum, queued) => sum + queued.points, 0);
    return taken.map((queued) => {
      const id = `r${this.asked}`;
      const maxCount = pageSize(queued, points, limits);
      this.asked += 1;
      this.inFlight.set(id, {...queued, maxCount});
      return {id, spans: queued.spans, maxCount, boundary: this.boundaryOf(queued)};
    });
  }

  /**
   * Shortens every span where the first answers show more than a slice can hold, so
   * that progress can be kept. To be called before lines are made of them.
   */
  shorten(soundings: Iterable<Sounding>): void {
    const most = this.limits.maxValues * ANSWERS_PER_SLICE;
    const expected = expectedEvents(soundings);
    if (expected <= most) return;
    this.fraction = most / 2 / expected;
    this.queue = this.queue.map((q) => ({...q, spans: this.shortened(q.spans)}));
    for (const [id, q] of this.inFlight) {
      this.inFlight.set(id, {...q, spans: this.shortened(q.spans)});
    }
  }

  /** Spans of this slice as asked for, with the ends they have by now. */
  shortened(asked: readonly PointSpan[]): readonly PointSpan[] {
    const {fraction} = this;
    if (fraction === 1) return asked;
    return asked.map((span) => ({
      ...span,
      to: fractionEnd(span.from, span.to, fraction),
    }));
  }

  /** The spans of a request in flight as they are now. */
  spansOf(id: string): readonly PointSpan[] {
    return this.inFlight.get(id)?.spans ?? [];
  }

  /** What of a page is to be written. What it shows to be due is asked for as well. */
  partsOf(span: PointSpan, page: Page): PageParts {
    const held = this.heldPage(span, page);
    const due = dueOf(held);
    if (due !== undefined) {
      const {from, holdsNewest} = due;
      const {point, from: to} = span;
      this.asides.push({point, from, to, deliveredAtFrom: 0, aside: {holdsNewest}});
    }
    return partsOf(held);
  }

  /**
   * A page was delivered up to its span's end.
   * @returns whether it was the last page of its span.
   */
  delivered(id: string, span: PointSpan, page: Page): boolean {
    const asked = this.inFlight.get(id);
    if (asked === undefined) return false;
    this.hasDelivered = true;
    const held = this.heldPage(span, page);
    const {holdsNewest} = held;
    const size = {maxCount: asked.maxCount, limit: this.countLimit, holdsNewest};
    const turn = turnPage(span, page, size);
    if (turn.kind === 'next') {
      const next = {...span, ...turn.span, held: heldOnTheWay(held)};
      this.goOn(asked, turn.atLeast, next);
      return false;
    }
    if (turn.kind === 'stuck') this.fail(span, 'tie_overflow', true);
    else if (span.aside === undefined) {
      this.held.set(span.point.webId, heldAfter(held));
    }
    return true;
  }

  private goOn({atMost, crowd}: Asked, atLeast: number, span: PointSpan): void {
    const bounds = {atLeast, atMost: Math.max(atLeast, atMost), crowd};
    this.queue.push(queued([span], bounds));
  }

  /** Outside, where what follows the window tells what was archived. */
  private boundaryOf({spans}: Queued): SubRequest['boundary'] {
    const isAside = spans.every(({aside}) => aside !== undefined);
    return this.limits.holdsNewest && !isAside ? 'Outside' : 'Inside';
  }

  private heldPage(span: PointSpan, page: Page): HeldPage {
    const {holdsNewest} = span.aside ?? this.limits;
    return {span, page, held: span.held, holdsNewest};
  }

  /** No more of this slice is asked for; its points that are not read have failed. */
  giveUp(reason: string): void {
    this.queueAsides();
    for (const {spans} of this.queue.splice(0)) {
      for (const span of spans) this.fail(span, reason, false);
    }
  }

  /** A point whose page cannot be used; nothing of it was delivered. */
  fail(span: PointSpan, reason: string, lasting: boolean): void {
    const {webId} = span.point;
    const known = this.failureOf.get(webId);
    if (known !== undefined && known.span.from <= span.from) return;
    this.failureOf.set(webId, {span, reason, lasting});
  }

  /** Points that were not read to their ends, each with the earliest gap it has. */
  get failures(): readonly ReadFailure[] {
    return [...this.failureOf.values()];
  }

  /**
   * A sub-request failed; nothing of it was delivered.
   * @returns the attempt to wait for, or that the server as a whole is at fault.
   */
  failed(id: string, failure: RequestFailure): 'everybody' | number {
    const request = this.inFlight.get(id);
    if (request === undefined) return 0;
    if (this.learnLimit(failure.text)) {
      this.queue.unshift({...request, atMost: this.countLimit});
      return 0;
    }
    const step = afterFailure(failure, request);
    if (step === 'everybody') return step;
    if (step === 'again') {
      this.queue.unshift({...request, attempt: request.attempt + 1});
      return request.attempt;
    }
    if (step === 'halve') {
      this.queue.unshift(...apart(request, {atMost: request.maxCount}));
      return 0;
    }
    for (const span of request.spans) this.fail(span, failure.reason, !failure.retry);
    return 0;
  }

  /**
   * Whether many points failed in a passing way and none was answered: no point is at
   * fault then.
   */
  get isServerAway(): boolean {
    if (this.hasDelivered) return false;
    const passing = this.failures.filter(({lasting}) => !lasting);
    return passing.length >= MOST_LONE_FAILURES;
  }

  /**
   * A whole batch failed in a way that less may cure. It is asked in two parts, a lone
   * point in smaller pages.
   * @returns the span of a point that cannot be asked for less.
   */
  batchFailed(): PointSpan | undefined {
    const asked = [...this.inFlight.values()];
    const points = asked.reduce((sum, request) => sum + request.points, 0);
    const crowd = Math.ceil(points / 2);
    if (points > 1) {
      const parts = asked.flatMap((request) =>
        request.points > crowd ? apart(request, {crowd}) : [{...request, crowd}],
      );
      this.queue.unshift(...parts);
      return undefined;
    }
    const [request] = asked;
    if (request === undefined) return undefined;
    const atMost = smallerPage(request.maxCount, request.atLeast);
    if (atMost === undefined) return request.spans[0];
    this.queue.unshift({...request, atMost});
    return undefined;
  }

  private learnLimit(text: string): boolean {
    const allowed = allowedMaximum(text);
    if (allowed === undefined || allowed >= this.countLimit) return false;
    this.countLimit = allowed;
    return true;
  }
}
