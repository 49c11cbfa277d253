import fc from 'fast-check';

import {turnPage} from './page-turn';
import {fromEpochMs, type PiTimestamp} from './pi-timestamp';

describe('turnPage', () => {
  it('loses nothing and repeats nothing at any page size, with any ties', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({max: 12}), {maxLength: 60}),
        fc.integer({min: 1, max: 9}),
        (seconds, pageSize) => {
          const events = seconds.map(second).sort();
          const limit = 100;

          expect(read({events, pageSize, limit})).toEqual(
            events.filter((at) => at >= second(2) && at < second(11)),
          );
        },
      ),
    );
  });

  it('gives up a timestamp that fills the largest page', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 20}),
        fc.nat({max: 5}),
        fc.integer({min: 1, max: 9}),
        (limit, more, pageSize) => {
          const events = new Array<PiTimestamp>(limit + more).fill(second(5));

          expect(read({events, pageSize, limit})).toBe('stuck');
        },
      ),
    );
  });

  it('takes a full page whose last event lies behind the span as the end', () => {
    const span = {from: second(0), to: second(5), deliveredAtFrom: 0};
    const page = {returned: 10, last: second(5), atLast: 1};

    expect(turnPage(span, page, {maxCount: 10, limit: 100})).toEqual({kind: 'done'});
  });

  it('takes more than was asked for as a full page', () => {
    const span = {from: second(0), to: second(5), deliveredAtFrom: 0};
    const page = {returned: 12, last: second(3), atLast: 2};

    expect(turnPage(span, page, {maxCount: 10, limit: 100})).toMatchObject({
      kind: 'next',
      span: {from: second(3), deliveredAtFrom: 2},
    });
  });

  it('asks for a larger page where one brought nothing new', () => {
    const span = {from: second(3), to: second(5), deliveredAtFrom: 4};
    const stale = {returned: 4, last: second(3), atLast: 4};
    const early = {returned: 4, last: second(2), atLast: 4};

    for (const page of [stale, early]) {
      expect(turnPage(span, page, {maxCount: 4, limit: 100})).toEqual({
        kind: 'next',
        span,
        atLeast: 8,
      });
      expect(turnPage(span, page, {maxCount: 4, limit: 4})).toEqual({kind: 'stuck'});
    }
  });
});

interface Reading {
  readonly events: readonly PiTimestamp[];
  readonly pageSize: number;
  readonly limit: number;
}

/** Reads `[2 s, 11 s)` page by page; ends for every archive. */
function read({events, pageSize, limit}: Reading): PiTimestamp[] | 'stuck' {
  const delivered: PiTimestamp[] = [];
  let span = {from: second(2), to: second(11), deliveredAtFrom: 0};
  let maxCount = Math.min(limit, pageSize);
  for (;;) {
    const page = events.filter((at) => at >= span.from).slice(0, maxCount);
    const last = page.at(-1);
    const atLast = page.filter((at) => at === last).length;
    const skipped = page
      .filter((at) => at === span.from)
      .slice(0, span.deliveredAtFrom);
    delivered.push(...page.slice(skipped.length).filter((at) => at < span.to));
    const turn = turnPage(
      span,
      {returned: page.length, last, atLast},
      {maxCount, limit},
    );
    if (turn.kind === 'stuck') return 'stuck';
    if (turn.kind === 'done') return delivered;
    span = {...turn.span};
    maxCount = Math.min(limit, Math.max(pageSize, turn.atLeast));
  }
}

function second(at: number): PiTimestamp {
  return fromEpochMs(Date.UTC(2026, 2, 1) + at * 1000);
}
