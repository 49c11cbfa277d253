import fc from 'fast-check';

import {fromEpochMs, type PiTimestamp} from './pi-timestamp';
import type {PointSpan} from './queued-request';
import {type ReadRules, SliceReading, type SubRequest} from './slice-reading';

const LIMITS: ReadRules = {
  maxValues: 1000,
  maxCountLimit: 150_000,
  maxConcurrency: 4,
  urlBytes: 6500,
  holdsNewest: false,
};
const LASTING = {retry: false, shrink: true, reason: '404', text: ''};
const PASSING = {retry: true, shrink: true, reason: '500', text: ''};

describe('SliceReading', () => {
  it('asks for every event of every point once, in pages of any size', () => {
    fc.assert(
      fc.property(archives(), fc.constantFrom(1, 3, 10, 1000), (archive, maxValues) => {
        const reading = new SliceReading(spansOf(archive), {...LIMITS, maxValues});
        const delivered = run(reading, archive);

        expect(delivered).toEqual(archive);
        expect(reading.failures).toEqual([]);
      }),
    );
  });

  it('finds the failing points and reads all others', () => {
    fc.assert(
      fc.property(
        archives(),
        fc.uniqueArray(fc.nat({max: 11}), {maxLength: 4}),
        fc.constantFrom(LASTING, PASSING),
        (archive, indexes, failure) => {
          const bad = new Set(indexes.filter((at) => at < archive.length));
          fc.pre(bad.size < archive.length);
          const reading = new SliceReading(spansOf(archive), LIMITS);
          const delivered = run(reading, archive, {bad, failure});

          expect(delivered).toEqual(
            archive.map((events, at) => (bad.has(at) ? [] : events)),
          );
          expect(reading.failures.map(({span}) => span.point.pointId).sort()).toEqual(
            [...bad].sort(),
          );
          expect(
            reading.failures.every(({lasting}) => lasting === !failure.retry),
          ).toBe(true);
        },
      ),
    );
  });

  it('gets through where only small batches and small pages are answered', () => {
    fc.assert(
      fc.property(archives(), fc.integer({min: 100, max: 200}), (archive, most) => {
        const reading = new SliceReading(spansOf(archive), LIMITS);

        expect(run(reading, archive, {most})).toEqual(archive);
      }),
    );
  });

  it('blames the server where many points fail and none is answered', () => {
    const archive = Array.from({length: 20}, () => [second(1)]);
    const reading = new SliceReading(spansOf(archive), LIMITS);
    const all = new Set(archive.keys());

    run(reading, archive, {bad: all, failure: PASSING});

    expect(reading.isServerAway).toBe(true);
  });

  it('blames points where others are answered, or where nobody can help', () => {
    const archive = Array.from({length: 20}, () => [second(1)]);
    const some = new Set([...archive.keys()].slice(1));
    const mixed = new SliceReading(spansOf(archive), LIMITS);
    run(mixed, archive, {bad: some, failure: PASSING});
    const refused = new SliceReading(spansOf(archive), LIMITS);
    run(refused, archive, {bad: new Set(archive.keys()), failure: LASTING});

    expect([mixed.isServerAway, mixed.failures.length]).toEqual([false, 19]);
    expect([refused.isServerAway, refused.failures.length]).toEqual([false, 20]);
  });

  it('keeps to a limit that the server names', () => {
    const reading = new SliceReading(spansOf([[second(1)]]), LIMITS);
    const [first] = reading.next();
    const text = "Parameter 'maxCount' is greater than the maximum allowed (200).";
    reading.failed(first!.id, {...LASTING, reason: '400', text});

    expect(first!.maxCount).toBe(1000);
    expect(reading.next()[0]?.maxCount).toBe(200);
  });

  it('cuts the spans of a slice that is far too large, all of them alike', () => {
    const spans = spansOf([[], []]);
    const reading = new SliceReading(spans, LIMITS);
    const [request] = reading.next();
    const {from, to} = spans[0]!;
    const last = second(0.5);
    reading.shorten([{from, to, returned: 500, isFull: true, last}]);
    const [a, b] = reading.spansOf(request!.id);

    expect(a!.to).toBe(b!.to);
    expect(a!.to > from && a!.to < to).toBe(true);
    expect(reading.shortened(spans)).toEqual([a, b]);
  });

  it('tells from where a point that failed half way has to go on', () => {
    const reading = new SliceReading(spansOf([[]]), {...LIMITS, maxValues: 3});
    const [first] = reading.next();
    const page = {returned: 3, last: second(7), atLast: 2};
    reading.delivered(first!.id, first!.spans[0]!, page);
    const [second_] = reading.next();
    reading.failed(second_!.id, LASTING);

    expect(reading.failures).toMatchObject([
      {span: {from: second(7), deliveredAtFrom: 2}, reason: '404', lasting: true},
    ]);
    expect(reading.next()).toEqual([]);
  });
});

interface Faults {
  readonly bad?: ReadonlySet<number>;
  readonly failure?: typeof LASTING;
  /** A batch that could bring more values is not answered. */
  readonly most?: number;
}

const NO_FAULTS = {bad: new Set<number>(), failure: LASTING, most: Infinity};

/** Answers what is asked until nothing is; gives per point what was delivered. */
function run(
  reading: SliceReading,
  archive: readonly PiTimestamp[][],
  faults: Faults = {},
): PiTimestamp[][] {
  const {bad, failure, most} = {...NO_FAULTS, ...faults};
  const delivered: PiTimestamp[][] = archive.map(() => []);
  const isBad = ({spans}: SubRequest) =>
    spans.some(({point}) => bad.has(point.pointId));
  for (let batch = reading.next(); batch.length > 0; batch = reading.next()) {
    if (valuesOf(batch) > most) {
      reading.batchFailed();
      continue;
    }
    for (const request of batch.filter((one) => !isBad(one))) {
      answer(reading, request, {archive, delivered});
    }
    for (const {id} of batch.filter(isBad)) reading.failed(id, failure);
  }
  return delivered;
}

function valuesOf(batch: readonly SubRequest[]): number {
  return batch.reduce((sum, {spans, maxCount}) => sum + spans.length * maxCount, 0);
}

function answer(
  reading: SliceReading,
  {id, maxCount}: SubRequest,
  {archive, delivered}: Record<'archive' | 'delivered', readonly PiTimestamp[][]>,
): void {
  for (const span of reading.spansOf(id)) {
    const {from, to, deliveredAtFrom, point} = span;
    const page = archive[point.pointId]!.filter((at) => at >= from).slice(0, maxCount);
    const last = page.at(-1);
    const atLast = page.filter((at) => at === last).length;
    const skip = page.slice(0, deliveredAtFrom).filter((at) => at === from).length;
    delivered[point.pointId]!.push(...page.slice(skip).filter((at) => at < to));
    reading.delivered(id, span, {returned: page.length, last, atLast});
  }
}

function archives(): fc.Arbitrary<PiTimestamp[][]> {
  const events = fc.array(fc.nat({max: 9}), {maxLength: 30});
  return fc
    .array(events, {minLength: 1, maxLength: 12})
    .map((all) => all.map((seconds) => seconds.map(second).sort()));
}

function spansOf(archive: readonly (readonly PiTimestamp[])[]): PointSpan[] {
  return archive.map((_, pointId) => ({
    point: {
      serverId: 's',
      pointId,
      webId: `W${pointId}`,
      name: 'n',
      pointType: 'Float32',
      units: undefined,
      future: false,
    },
    from: second(0),
    to: second(100),
    deliveredAtFrom: 0,
  }));
}

function second(at: number): PiTimestamp {
  return fromEpochMs(Date.UTC(2026, 2, 1) + at * 1000);
}
