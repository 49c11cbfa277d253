import fc from 'fast-check';

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

const STEPS = [afterGood, afterRefusal, afterSlowness, slowest] as const;

describe('load limit', () => {
  it('stays between one and the ceiling, whatever comes back', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 16}),
        fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat(100))),
        (ceiling, answers) => {
          let load = initialLoad(ceiling);
          for (const [step, times] of answers) {
            load = repeat(times, step, load);

            expect(load.limit).toBeGreaterThanOrEqual(1);
            expect(load.limit).toBeLessThanOrEqual(ceiling);
          }
        },
      ),
      {seed: 1},
    );
  });

  it('climbs to the ceiling while nothing goes wrong', () => {
    expect(repeat(60, afterGood, initialLoad(16)).limit).toBe(16);
  });

  it('halves, comes back to what was safe, and rests there', () => {
    const refused = afterRefusal(steady(12));
    const later = repeat(100, afterGood, refused);

    expect(refused.limit).toBe(6);
    expect(later.limit).toBe(9);
  });

  it('holds nothing against a limit that is refused again at once', () => {
    const refused = afterRefusal(afterRefusal(steady(12)));

    expect(refused).toMatchObject({limit: 3, safe: 9});
  });

  it('tries one more in time, and one less after that was in vain', () => {
    const trial = repeat(64, afterGood, steady(8));
    const back = afterVainTrial(trial);
    const next = repeat(128, afterGood, back);

    expect(trial).toMatchObject({limit: 9, isTrial: true});
    expect(back).toMatchObject({limit: 8, isTrial: false});
    expect(next).toMatchObject({limit: 7, isTrial: true});
  });

  it('goes on in the direction that was worth it', () => {
    const trial = repeat(64, afterGood, steady(8));

    expect(repeat(64, afterGood, afterTrial(trial)).limit).toBe(10);
  });

  it('goes back by one where the one more that was tried is refused', () => {
    const trial = repeat(64, afterGood, steady(8));

    expect(afterRefusal(trial).safe).toBe(8);
  });
});

/** At rest below its ceiling. */
function steady(limit: number): LoadLimit {
  return {...initialLoad(16), limit, safe: limit, calm: 1000};
}

function slowest(load: LoadLimit): LoadLimit {
  return {...afterSlowness(load), safe: belowSlowness(load, 8)};
}

function repeat(
  times: number,
  step: (load: LoadLimit) => LoadLimit,
  from: LoadLimit,
): LoadLimit {
  let load = from;
  for (let at = 0; at < times; at += 1) load = step(load);
  return load;
}
