import fc from 'fast-check';

import {afterFailure, type FailedRequest, halves} from './bisect';

const LASTING = {retry: false, shrink: true};
const PASSING = {retry: true, shrink: true};
const BUSY = {retry: true, shrink: false};
const REFUSED = {retry: false, shrink: false};

describe('afterFailure', () => {
  it('asks again first where time may help', () => {
    expect(afterFailure(PASSING, request({attempt: 1}))).toBe('again');
    expect(afterFailure(BUSY, request({attempt: 3}))).toBe('again');
  });

  it('halves at once where time does not help', () => {
    expect(afterFailure(LASTING, request({points: 2}))).toBe('halve');
    expect(afterFailure(LASTING, request({points: 1}))).toBe('alone');
  });

  it('blames no point for a server that is busy or refuses the sign-in', () => {
    expect(afterFailure(BUSY, request({attempt: 4}))).toBe('everybody');
    expect(afterFailure(REFUSED, request({attempt: 1}))).toBe('everybody');
  });

  it('finds exactly the bad points, in a number of requests that grows with them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat({max: 99}), {maxLength: 6}),
        fc.constantFrom(LASTING, PASSING),
        (bad, traits) => {
          const {found, asked} = isolate(new Set(bad), traits);

          expect(found.sort()).toEqual([...bad].sort());
          expect(asked).toBeLessThanOrEqual(4 + bad.length * 2 * 2 * 7);
        },
      ),
    );
  });
});

describe('halves', () => {
  it('keeps all items in order', () => {
    expect(halves([1, 2, 3])).toEqual([[1], [2, 3]]);
  });
});

function request(known: Partial<FailedRequest>): FailedRequest {
  return {points: 10, attempt: 1, depth: 0, ...known};
}

/** A hundred points in one request, of which the bad ones fail whatever holds them. */
function isolate(
  bad: ReadonlySet<number>,
  traits: typeof PASSING,
): {found: number[]; asked: number} {
  const found: number[] = [];
  const waiting = [
    {points: Array.from({length: 100}, (_, at) => at), attempt: 1, depth: 0},
  ];
  let asked = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    asked += 1;
    if (!next.points.some((point) => bad.has(point))) continue;
    const step = afterFailure(traits, {...next, points: next.points.length});
    if (step === 'again') waiting.push({...next, attempt: next.attempt + 1});
    if (step === 'alone') found.push(...next.points);
    if (step !== 'halve') continue;
    for (const points of halves(next.points)) {
      waiting.push({points, attempt: 1, depth: next.depth + 1});
    }
  }
  return {found, asked};
}
