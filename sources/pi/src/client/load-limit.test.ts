import fc from 'fast-check';

import {afterAnswer, initialLoad, type LoadLimit} from './load-limit';

describe('afterAnswer', () => {
  it('keeps the limit between one and the ceiling, whatever comes back', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 16}),
        fc.array(fc.record({overloaded: fc.boolean(), tookMs: fc.nat(5000)})),
        (ceiling, answers) => {
          let load = initialLoad(ceiling);
          for (const [index, {overloaded, tookMs}] of answers.entries()) {
            const nowMs = index * 100;
            load = afterAnswer(load, {overloaded, begunAtMs: nowMs - tookMs, nowMs});

            expect(load.limit).toBeGreaterThanOrEqual(1);
            expect(load.limit).toBeLessThanOrEqual(ceiling);
          }
        },
      ),
      {seed: 1},
    );
  });

  it('halves once for all requests that were under way together', () => {
    let load: LoadLimit = {...initialLoad(16), limit: 16};
    for (const nowMs of [1000, 1010, 1020]) {
      load = afterAnswer(load, {overloaded: true, begunAtMs: 900, nowMs});
    }

    expect(load.limit).toBe(8);
  });

  it('halves again when a later request fails too', () => {
    let load: LoadLimit = {...initialLoad(16), limit: 16};
    load = afterAnswer(load, {overloaded: true, begunAtMs: 900, nowMs: 1000});
    load = afterAnswer(load, {overloaded: true, begunAtMs: 1001, nowMs: 1100});

    expect(load.limit).toBe(4);
  });

  it('grows by about one for a round of good answers', () => {
    let load = initialLoad(16);
    for (let answer = 0; answer < 4; answer++) {
      load = afterAnswer(load, {overloaded: false, begunAtMs: 0, nowMs: 1});
    }

    expect(load.limit).toBeGreaterThan(4.8);
    expect(load.limit).toBeLessThanOrEqual(5);
  });
});
