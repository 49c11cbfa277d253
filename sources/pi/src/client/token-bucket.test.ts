import fc from 'fast-check';

import {takeToken, type BucketRate, type TokenBucket} from './token-bucket';

describe('takeToken', () => {
  it('lets no more than burst plus rate through in any stretch of time', () => {
    fc.assert(
      fc.property(
        rates(),
        fc.array(fc.integer({min: 0, max: 2000})),
        (rate, pauses) => {
          const begunAtMs = instants(rate, pauses).sort((a, b) => a - b);

          for (const [first, fromMs] of begunAtMs.entries()) {
            for (const [last, toMs] of begunAtMs.entries()) {
              if (last < first) continue;
              const allowed = rate.burst + ((toMs - fromMs) * rate.perSecond) / 1000;
              expect(last - first + 1).toBeLessThanOrEqual(allowed + 1e-6);
            }
          }
        },
      ),
      {numRuns: 50, seed: 1},
    );
  });

  it('does not wait after a rest', () => {
    const rate = {perSecond: 1, burst: 2};
    const empty: TokenBucket = {tokens: -3, filledAtMs: 0};

    expect(takeToken(empty, rate, 10_000).waitMs).toBe(0);
  });

  it('keeps its pace when the clock is set back', () => {
    const {bucket, waitMs} = takeToken(
      {tokens: 0, filledAtMs: 5000},
      {perSecond: 2, burst: 2},
      1000,
    );

    expect(waitMs).toBe(500);
    expect(bucket.filledAtMs).toBe(5000);
  });
});

/** When requests begin that are asked for after these pauses. */
function instants(rate: BucketRate, pausesMs: readonly number[]): number[] {
  let bucket: TokenBucket = {tokens: rate.burst, filledAtMs: 0};
  let nowMs = 0;
  return pausesMs.map((pauseMs) => {
    nowMs += pauseMs;
    const taken = takeToken(bucket, rate, nowMs);
    bucket = taken.bucket;
    return nowMs + taken.waitMs;
  });
}

function rates(): fc.Arbitrary<BucketRate> {
  return fc.record({
    perSecond: fc.double({min: 0.1, max: 100, noNaN: true}),
    burst: fc.double({min: 1, max: 100, noNaN: true}),
  });
}
