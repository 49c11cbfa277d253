import fc from 'fast-check';

import {
  allowedMaximum,
  batchLength,
  groupSizeFor,
  pageSize,
  type ReadLimits,
  smallerPage,
  streamsets,
  targetEvents,
  type Waiting,
  windowShape,
} from './groups';

const LIMITS: ReadLimits = {
  maxValues: 50_000,
  maxCountLimit: 150_000,
  maxConcurrency: 4,
  urlBytes: 6500,
};

describe('groupSizeFor', () => {
  it('gives every reader several groups of a small plant', () => {
    expect(groupSizeFor(96, LIMITS)).toBe(6);
  });

  it('fills whole batches in a large plant', () => {
    expect(groupSizeFor(30_000, LIMITS)).toBe(400);
  });

  it('makes smaller groups where answers must be small', () => {
    expect(groupSizeFor(30_000, {...LIMITS, maxValues: 1000})).toBe(40);
  });
});

describe('targetEvents', () => {
  it('is half an answer for each group', () => {
    expect(targetEvents(30_000, LIMITS)).toBe(75 * 25_000);
    expect(targetEvents(0, LIMITS)).toBe(1);
  });
});

describe('windowShape', () => {
  const widthMs = 3_600_000;

  it('reads a long history some points at a time, and as much more of each', () => {
    const history = {widthMs, mostMs: 1000 * widthMs};
    expect(windowShape(30_000, history, LIMITS)).toEqual({
      widthMs: 8 * widthMs,
      groupSize: 50,
    });
  });

  it('reads what one window holds in as few requests as may be', () => {
    const history = {widthMs, mostMs: 1.9 * widthMs};
    expect(windowShape(30_000, history, LIMITS)).toEqual({widthMs, groupSize: 400});
  });

  it('never makes answers larger, nor windows that are wider than the history', () => {
    const histories = fc.record({
      widthMs: fc.integer({min: 1000, max: 1e9}),
      mostMs: fc.nat({max: 1e12}),
    });
    fc.assert(
      fc.property(fc.nat({max: 100_000}), histories, limits(), (...made) => {
        const [points, history] = made;
        const shape = windowShape(...made);

        const most = groupSizeFor(points, made[2]) * history.widthMs;
        const rounding = shape.widthMs;
        expect(shape.groupSize * shape.widthMs).toBeLessThanOrEqual(most + rounding);
        expect(shape.groupSize).toBeGreaterThanOrEqual(1);
        expect(shape.widthMs).toBeLessThanOrEqual(
          Math.max(history.widthMs, history.mostMs),
        );
      }),
    );
  });
});

describe('streamsets', () => {
  it('keeps all points in order and every URL short', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({min: 30, max: 300}), {maxLength: 300}),
        limits(),
        (lengths, bounds) => {
          const items = lengths.map((length) => ({point: pointOf('W'.repeat(length))}));
          const sets = streamsets(items, bounds);

          expect(sets.flat()).toEqual(items);
          for (const set of sets) {
            const bytes = set.reduce((sum, {point}) => sum + point.webId.length + 7, 0);

            expect(set.length).toBeLessThanOrEqual(100);
            expect(set.length).toBeGreaterThan(0);
            expect(bytes).toBeLessThanOrEqual(6500);
          }
        },
      ),
    );
  });
});

describe('batches', () => {
  it('hold no more values than one answer may, and no stream more than the server allows', () => {
    fc.assert(
      fc.property(
        fc.array(waiting(), {minLength: 1, maxLength: 50}),
        limits(),
        (all, bounds) => {
          const taken = all.slice(0, batchLength(all, bounds));
          const points = taken.reduce((sum, request) => sum + request.points, 0);
          const sizes = taken.map((request) => pageSize(request, points, bounds));
          const values = taken.reduce(
            (sum, {points: of}, at) => sum + of * sizes[at]!,
            0,
          );

          expect(taken.length).toBeGreaterThan(0);
          expect(taken.length).toBeLessThanOrEqual(32);
          taken.forEach((request, at) => {
            expect(sizes[at]).toBeGreaterThan(0);
            expect(sizes[at]).toBeLessThanOrEqual(request.atMost);
            expect(sizes[at]! * request.points).toBeLessThanOrEqual(
              Math.max(bounds.maxCountLimit, request.points),
            );
          });
          const isLone = points === 1;

          expect(isLone || values <= Math.max(bounds.maxValues, points)).toBe(true);
        },
      ),
    );
  });

  it('go on with the page that a tie needs', () => {
    const request = {points: 1, atLeast: 60_000, atMost: Infinity, crowd: Infinity};

    expect(batchLength([request, request], LIMITS)).toBe(1);
    expect(pageSize(request, 1, LIMITS)).toBe(60_000);
  });

  it('stay as small as a refused batch asks for', () => {
    const request = {points: 10, atLeast: 1, atMost: Infinity, crowd: 20};

    expect(batchLength([request, request, request], LIMITS)).toBe(2);
  });
});

describe('smallerPage', () => {
  it('comes to an end', () => {
    const pages = [];
    for (let page: number | undefined = 50_000; page !== undefined;) {
      pages.push(page);
      page = smallerPage(page, 1);
    }

    expect(pages).toEqual([50_000, 12_500, 3125, 781, 195, 100]);
  });
});

describe('allowedMaximum', () => {
  it('is the number that the server names', () => {
    const text = "Parameter 'maxCount' is greater than the maximum allowed (1000).";

    expect(allowedMaximum(text)).toBe(1000);
    expect(allowedMaximum('Something else (1000).')).toBeUndefined();
  });
});

function limits(): fc.Arbitrary<ReadLimits> {
  return fc
    .record({
      maxValues: fc.integer({min: 1, max: 150_000}),
      maxCountLimit: fc.integer({min: 1, max: 150_000}),
      maxConcurrency: fc.integer({min: 1, max: 16}),
      urlBytes: fc.integer({min: 400, max: 6500}),
    })
    .map((bounds) => ({
      ...bounds,
      maxValues: Math.min(bounds.maxValues, bounds.maxCountLimit),
    }));
}

/** Only a lone point waits for a page of a certain size. */
function waiting(): fc.Arbitrary<Waiting> {
  const many = fc.record({
    points: fc.integer({min: 1, max: 100}),
    atLeast: fc.constant(1),
    atMost: fc.constantFrom(Infinity, 100, 1000),
    crowd: fc.constantFrom(Infinity, 50),
  });
  const lone = fc.record({
    points: fc.constant(1),
    atLeast: fc.integer({min: 1, max: 1000}),
    atMost: fc.constant(Infinity),
    crowd: fc.constant(Infinity),
  });
  return fc.oneof(many, lone);
}

function pointOf(webId: string) {
  return {
    serverId: 's',
    pointId: 1,
    webId,
    name: 'n',
    pointType: 'Float32',
    units: undefined,
    future: false,
  };
}
