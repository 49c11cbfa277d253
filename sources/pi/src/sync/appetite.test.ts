import fc from 'fast-check';

import {
  afterAnswer,
  afterLongUrl,
  afterTooMuch,
  type Appetite,
  FIRST_APPETITE,
} from './appetite';

const QUICK = {tookMs: 100, wasRefused: false};
const FULL_APPETITE = {...FIRST_APPETITE, share: 1};
const STEPS = [quick, slow, refused, afterTooMuch, afterLongUrl] as const;

describe('appetite', () => {
  it('begins small and soon asks for all that is allowed', () => {
    expect(FIRST_APPETITE.share).toBe(0.25);
    expect(repeat(6, quick, FIRST_APPETITE).share).toBe(1);
  });

  it('halves at once and comes back slowly', () => {
    const half = afterTooMuch(FULL_APPETITE);
    const later = repeat(31, quick, half);

    expect(half.share).toBe(0.5);
    expect(later.share).toBeLessThan(1);
    expect(quick(later).share).toBe(1);
  });

  it('stays while answers take long, and halves when they take very long', () => {
    const tookMs = 15_000;

    expect(afterAnswer(FIRST_APPETITE, {...QUICK, tookMs})).toBe(FIRST_APPETITE);
    expect(slow(FULL_APPETITE).share).toBe(0.5);
  });

  it('asks for less when PI has refused, but not for as little as can be', () => {
    expect(refused(FULL_APPETITE).share).toBe(0.5);
    expect(repeat(10, refused, FULL_APPETITE).share).toBe(0.125);
    expect(refused({...FULL_APPETITE, share: 0.05}).share).toBe(0.05);
  });

  it('asks for something, and never for more than is allowed, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STEPS)), (steps) => {
        const {share, urlBytes} = steps.reduce((all, step) => step(all), FULL_APPETITE);

        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(urlBytes).toBeGreaterThanOrEqual(400);
        expect(urlBytes).toBeLessThanOrEqual(FULL_APPETITE.urlBytes);
      }),
      {seed: 1},
    );
  });

  it('never lengthens a URL that was found too long', () => {
    const shorter = afterLongUrl(FULL_APPETITE);

    expect(shorter.urlBytes).toBe(3250);
    expect(repeat(500, quick, shorter).urlBytes).toBe(3250);
  });
});

function quick(appetite: Appetite): Appetite {
  return afterAnswer(appetite, QUICK);
}

function slow(appetite: Appetite): Appetite {
  return afterAnswer(appetite, {...QUICK, tookMs: 40_000});
}

function refused(appetite: Appetite): Appetite {
  return afterAnswer(appetite, {...QUICK, wasRefused: true});
}

function repeat(
  times: number,
  step: (appetite: Appetite) => Appetite,
  from: Appetite,
): Appetite {
  let appetite = from;
  for (let at = 0; at < times; at += 1) appetite = step(appetite);
  return appetite;
}
