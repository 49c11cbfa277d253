import {afterFailure, type FailureTraits, halves} from './bisect';
import {
  allowedMaximum,
  batchLength,
  pageSize,
  type ReadLimits,
  smallerPage,
  streamsets,
  type Waiting,
} from './groups';
import {type Page, type Span, turnPage} from './page-turn';
import type {PiPoint} from './pi-point';
import type {PiTimestamp} from './pi-timestamp';
import {expectedEvents, fractionEnd, type Sounding} from './windows';

/** A point and the part of its history that is to be read. */
export interface PointSpan extends Span {
  readonly point: PiPoint;
}

/** One streamset of a batch: points whose spans begin and end together. */
export interface SubRequest {
  readonly id: string;
  readonly spans: readonly PointSpan[];
  readonly maxCount: number;
}

interface Queued extends Waiting {
  readonly spans: readonly PointSpan[];
  readonly attempt: number;
  readonly depth: number;
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
  readonly failures: ReadFailure[] = [];
  private queue: Queued[] = [];
  private readonly inFlight = new Map<string, Asked>();
  private asked = 0;
  private countLimit: number;
  private fraction = 1;
  private hasDelivered = false;

  /** Points whose spans differ in `from` or `to` are asked apart. */
  constructor(
    spans: readonly PointSpan[],
    private readonly limits: ReadLimits,
  ) {
    this.countLimit = limits.maxCountLimit;
    for (const together of sameEnds(spans)) {
      for (const set of streamsets(together, limits)) this.queue.push(queued(set));
    }
  }

  /** The next batch; empty when the slice is read. Every one of it must be answered. */
  next(): SubRequest[] {
    this.inFlight.clear();
    const limits = {...this.limits, maxCountLimit: this.countLimit};
    const taken = this.queue.splice(0, batchLength(this.queue, limits));
    const points = taken.reduce((sum, queued) => sum + queued.points, 0);
    return taken.map((queued) => {
      const id = `r${this.asked}`;
      const maxCount = pageSize(queued, points, limits);
      this.asked += 1;
      this.inFlight.set(id, {...queued, maxCount});
      return {id, spans: queued.spans, maxCount};
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

  /** A page was delivered up to its span's end. */
  delivered(id: string, span: PointSpan, page: Page): void {
    const asked = this.inFlight.get(id);
    if (asked === undefined) return;
    this.hasDelivered = true;
    const {maxCount, crowd} = asked;
    const turn = turnPage(span, page, {maxCount, limit: this.countLimit});
    if (turn.kind === 'stuck') this.fail(span, 'tie_overflow', true);
    if (turn.kind !== 'next') return;
    const {atLeast} = turn;
    const atMost = Math.max(atLeast, asked.atMost);
    this.queue.push(queued([{...span, ...turn.span}], {atLeast, atMost, crowd}));
  }

  /** A point whose page cannot be used; nothing of it was delivered. */
  fail(span: PointSpan, reason: string, lasting: boolean): void {
    this.failures.push({span, reason, lasting});
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

function queued(spans: readonly PointSpan[], more: Partial<Queued> = {}): Queued {
  const usual = {atLeast: 1, atMost: Infinity, crowd: Infinity, attempt: 1, depth: 0};
  return {...usual, ...more, spans, points: spans.length};
}

/** Both halves of a request, each with the bounds that it was asked with, or tighter. */
function apart(request: Queued, bounds: Partial<Queued>): Queued[] {
  const depth = request.depth + 1;
  return halves(request.spans).map((spans) =>
    queued(spans, {...request, ...bounds, attempt: 1, depth}),
  );
}

/** What to call a span's end in the eyes of PI. */
function endsKey({from, to}: PointSpan): `${PiTimestamp}/${PiTimestamp}` {
  return `${from}/${to}`;
}

function sameEnds(spans: readonly PointSpan[]): Iterable<PointSpan[]> {
  const together = new Map<string, PointSpan[]>();
  for (const span of spans) {
    const known = together.get(endsKey(span));
    if (known === undefined) together.set(endsKey(span), [span]);
    else known.push(span);
  }
  return together.values();
}
