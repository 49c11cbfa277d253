import {lagBehind, type PointFailure} from './laggards';
import {piTimestamp} from './pi-timestamp';

const AT = piTimestamp('2026-03-02T06:00:00Z')!;
const CURSOR = piTimestamp('2026-03-01T00:00:00.1234567Z')!;

describe('lagBehind', () => {
  it('is tried again by the next sync where the failure may pass', () => {
    expect(lagBehind(undefined, failure({lasting: false}))).toEqual({
      cursor: CURSOR,
      delivered: 2,
      since: AT,
      failures: 1,
      retryAt: AT,
      reason: '500',
    });
  });

  it('waits longer after each lasting failure, a day at most', () => {
    const waits = [];
    let known = lagBehind(undefined, failure({lasting: true}));
    for (let sync = 0; sync < 9; sync += 1) {
      waits.push(known.retryAt);
      known = lagBehind(known, failure({lasting: true}));
    }

    expect(waits.slice(0, 2)).toEqual([
      '2026-03-02T06:15:00.0000000Z',
      '2026-03-02T06:30:00.0000000Z',
    ]);
    expect(waits.at(-1)).toBe('2026-03-03T06:00:00.0000000Z');
  });

  it('remembers since when the point fails', () => {
    const first = lagBehind(undefined, failure({}));
    const later = piTimestamp('2026-03-05T06:00:00Z')!;

    expect(lagBehind(first, failure({at: later}))).toMatchObject({
      since: AT,
      failures: 2,
    });
  });
});

function failure(known: Partial<PointFailure>): PointFailure {
  return {
    key: 'server/1',
    cursor: CURSOR,
    delivered: 2,
    reason: '500',
    lasting: false,
    at: AT,
    ...known,
  };
}
