import {LatencyWatch} from './latency-watch';

describe('LatencyWatch', () => {
  it('says nothing until it has seen enough', () => {
    const watch = new LatencyWatch();

    expect(eight(watch, 1000, 100)).toEqual(Array(8).fill(undefined));
    expect(watch.compare({kind: 'points', bytes: 1000}, 100)).toBe(1);
  });

  it('tells how many times as long as at best an answer took', () => {
    const watch = new LatencyWatch();
    eight(watch, 1000, 980);

    expect(watch.compare({kind: 'points', bytes: 1000}, 1980)).toBe(2);
  });

  it('takes no large answer for a slow one', () => {
    const watch = new LatencyWatch();
    eight(watch, 1 << 10, 100);

    expect(watch.compare({kind: 'points', bytes: 1 << 13}, 800)).toBe(1);
    expect(watch.compare({kind: 'points', bytes: 1 << 13}, 1660)).toBeGreaterThan(2);
  });

  it('expects of a small answer no more time than of a large one', () => {
    const watch = new LatencyWatch();
    eight(watch, 1 << 13, 80);

    expect(watch.compare({kind: 'points', bytes: 1 << 10}, 180)).toBe(2);
  });

  it('never compares operations of two kinds', () => {
    const watch = new LatencyWatch();
    eight(watch, 1000, 10);

    expect(watch.compare({kind: 'summary', bytes: 1000}, 900)).toBeUndefined();
  });

  it('learns anew when it is told to forget', () => {
    const watch = new LatencyWatch();
    eight(watch, 1000, 10);
    watch.forget();

    expect(watch.compare({kind: 'points', bytes: 1000}, 900)).toBeUndefined();
  });
});

/** Eight answers of so many bytes: what the watch says of each. */
function eight(
  watch: LatencyWatch,
  bytes: number,
  tookMs: number,
): (number | undefined)[] {
  const work = {kind: 'points', bytes};
  return Array.from({length: 8}, () => watch.compare(work, tookMs));
}
