import fc from 'fast-check';

import {
  afterAnswer,
  afterLongUrl,
  afterTooMuch,
  type Appetite,
  FULL_APPETITE,
} from './appetite';

const STEPS = [afterAnswer, afterTooMuch, afterLongUrl] as const;

describe('appetite', () => {
  it('halves at once and comes back slowly', () => {
    const half = afterTooMuch(FULL_APPETITE);
    const later = repeat(31, afterAnswer, half);

    expect(half.share).toBe(0.5);
    expect(later.share).toBeLessThan(1);
    expect(afterAnswer(later).share).toBe(1);
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
    expect(repeat(500, afterAnswer, shorter).urlBytes).toBe(3250);
  });
});

function repeat(
  times: number,
  step: (appetite: Appetite) => Appetite,
  from: Appetite,
): Appetite {
  let appetite = from;
  for (let at = 0; at < times; at += 1) appetite = step(appetite);
  return appetite;
}
