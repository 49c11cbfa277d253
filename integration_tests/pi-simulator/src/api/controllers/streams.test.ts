import {type Answered, type TestClient, withSimulator} from '../../test-client';

const LOG = '*Log #*';
const DAY = 'startTime=2026-03-01T00:00:00Z&endTime=2026-03-02T00:00:00Z';

describe('recorded values', () => {
  it('row 17: show states as objects, system ones as not good, Pt Created first', async () => {
    await withSimulator({}, async (client) => {
      const status = await client.point('*.XS-*');

      const {body} = await client.get(
        `/streams/${status.WebId}/recorded?startTime=*-3d&maxCount=500`,
      );

      expect(body.Items[0]).toMatchObject({
        Value: {Name: 'Pt Created', Value: 253, IsSystem: true},
        Good: false,
      });
      expect(body.Items.find((item) => !item.Value.IsSystem)).toMatchObject({
        Value: {Name: expect.any(String), Value: expect.any(Number), IsSystem: false},
        Good: true,
      });
    });
  });

  it('row 20: begin a day ago, end now, inside, 1000 at most, without links', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('*.VI-006');

      const {body} = await client.get(`/streams/${point.WebId}/recorded`);

      expect(body.Links).toEqual({});
      expect(body.UnitsAbbreviation).toBe('');
      // A sensor sampled every 10 s has 8640 events a day; the list ends without a word.
      expect(body.Items).toHaveLength(1000);
      expect(body.Items[0].Timestamp >= '2026-03-01T06:00:00').toBe(true);
      const tail = await client.get(`/streams/${point.WebId}/recorded?startTime=*-1m`);
      expect(
        tail.body.Items.every((item) => item.Timestamp <= '2026-03-02T06:00:00Z'),
      ).toBe(true);
    });
  });

  it('row 20: include both ends', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const path = `/streams/${point.WebId}/recorded`;
      const times: string[] = (await client.get(path)).body.Items.map(
        (item) => item.Timestamp,
      );

      const {body} = await client.get(
        `${path}?startTime=${times[3]}&endTime=${times[6]}`,
      );

      expect(body.Items.map((item) => item.Timestamp)).toEqual(times.slice(3, 7));
    });
  });

  it('row 20: run backwards when the end lies before the start', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const path = `/streams/${point.WebId}/recorded`;
      const forwards = await client.get(`${path}?startTime=*-1h&endTime=*`);
      const backwards = await client.get(`${path}?startTime=*&endTime=*-1h`);
      const newest = await client.get(`${path}?startTime=*&endTime=*-1h&maxCount=2`);

      expect(backwards.body.Items).toEqual(forwards.body.Items.toReversed());
      expect(newest.body.Items).toEqual(backwards.body.Items.slice(0, 2));
    });
  });

  it('are an empty list where there are none', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');

      const {status, body} = await client.get(
        `/streams/${point.WebId}/recorded?startTime=2020-01-01&endTime=2020-01-02`,
      );

      expect(status).toBe(200);
      expect(body.Items).toEqual([]);
    });
  });

  it('row 21: include the nearest events beyond the ends with Outside', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const path = `/streams/${point.WebId}/recorded`;
      const all: readonly Answered[] = (await client.get(`${path}?startTime=*-2h`)).body
        .Items;
      const between = `startTime=${all[5]!.Timestamp}&endTime=${all[9]!.Timestamp}`;

      const {body} = await client.get(`${path}?${between}&boundaryType=Outside`);
      const reversed = await client.get(
        `${path}?startTime=${all[9]!.Timestamp}&endTime=${all[5]!.Timestamp}&boundaryType=outside`,
      );

      expect(body.Items).toEqual(all.slice(4, 11));
      expect(reversed.body.Items).toEqual(all.slice(4, 11).toReversed());
    });
  });

  it('row 21: have a value exactly at each end with Interpolated', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.PI-*');
      const path = `/streams/${point.WebId}/recorded`;
      const query = 'startTime=2026-03-02T02:00:00Z&endTime=2026-03-02T03:00:00Z';
      const inside = (await client.get(`${path}?${query}`)).body.Items;
      const outside = (await client.get(`${path}?${query}&boundaryType=Outside`)).body
        .Items;

      const {body} = await client.get(`${path}?${query}&boundaryType=Interpolated`);

      const [first, last] = [body.Items[0], body.Items.at(-1)!];
      expect(body.Items.slice(1, -1)).toEqual(inside);
      expect(first.Timestamp).toBe('2026-03-02T02:00:00Z');
      expect(last.Timestamp).toBe('2026-03-02T03:00:00Z');
      const around = [numberOf(outside[0]), numberOf(outside[1])].toSorted(
        (a, b) => a - b,
      );
      expect(numberOf(first)).toBeGreaterThanOrEqual(around[0]!);
      expect(numberOf(first)).toBeLessThanOrEqual(around[1]!);
    });
  });

  it.each(['Outside', 'Interpolated'])(
    'row 21: are a No Data where %s finds nothing at all',
    async (boundary) => {
      await withSimulator(
        {
          points: 0,
          replay: [
            {name: 'x.csv', csv: 'tag,timestamp,value\nlate,2026-03-02T06:00:01Z,1\n'},
          ],
        },
        async (client) => {
          const point = await client.point('late');

          const {body} = await client.get(
            `/streams/${point.WebId}/recorded?startTime=*-1h&endTime=*-30m&boundaryType=${boundary}`,
          );

          expect(body.Items[0]).toMatchObject({
            Timestamp: '2026-03-02T05:00:00Z',
            Value: {Name: 'No Data', Value: 248, IsSystem: true},
            Good: false,
          });
        },
      );
    },
  );

  it('row 22: keep several events on one instant in the same order, page after page', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point(LOG);
      const path = `/streams/${point.WebId}/recorded`;
      const whole: readonly Answered[] = (await client.get(`${path}?${DAY}`)).body
        .Items;
      const burst = whole.filter(
        (item, _, all) =>
          all.filter((other) => other.Timestamp === item.Timestamp).length === 37,
      );

      const paged = await readPaged(client, path, 40);

      expect(burst).toHaveLength(37);
      expect(burst.map((item) => Number.parseInt(textOf(item), 10))).toEqual(
        Array.from({length: 37}, (_, index) => index + 1),
      );
      expect(paged).toEqual(whole);
    });
  });

  it('row 25: never lie beyond now for most points, but may for future ones', async () => {
    await withSimulator({}, async (client) => {
      const present = await client.point('Alder.U1.TI-*');
      const future = await client.point('*.JF-*');
      const ahead = 'startTime=*%2B1m&endTime=*%2B1y';

      const none = await client.get(`/streams/${present.WebId}/recorded?${ahead}`);
      const some = await client.get(`/streams/${future.WebId}/recorded?${ahead}`);
      const end = await client.get(`/streams/${future.WebId}/end`);
      const value = await client.get(`/streams/${future.WebId}/value`);

      expect(none.body.Items).toEqual([]);
      expect(some.body.Items.length).toBeGreaterThan(24);
      expect(end.body).toEqual(some.body.Items.at(-1));
      expect(value.body.Timestamp <= '2026-03-02T06:00:00Z').toBe(true);
    });
  });

  it('show new events only after the clock has moved on', async () => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const path = `/streams/${point.WebId}/recorded?startTime=2026-03-02T06:00:00Z&endTime=2026-03-02T07:00:00Z`;
      const before = await client.get(path);

      const moved = await client.post(
        client.simulator.url.replace('piwebapi', 'simulator/clock'),
        {
          now: '2026-03-02T07:00:00Z',
        },
      );

      expect(before.body.Items).toEqual([]);
      expect(moved.body).toEqual({now: '2026-03-02T07:00:00.0000000Z'});
      expect((await client.get(path)).body.Items.length).toBeGreaterThan(40);
      const back = await client.post(
        client.simulator.url.replace('piwebapi', 'simulator/clock'),
        {
          now: '2026-03-02T06:30:00Z',
        },
      );
      expect(back.status).toBe(409);
    });
  });

  it('row 29: are refused above the limit, with the phrase that clients look for', async () => {
    await withSimulator({maxReturnedItems: 5000}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');
      const phrase = /is greater than the maximum allowed \(5000\)/;

      for (const path of [
        `/streams/${point.WebId}/recorded?maxCount=5001`,
        `/streamsets/recorded?webId=${point.WebId}&maxCount=5001`,
        `/streams/${point.WebId}/interpolated?interval=1s`,
        `${point.Links.DataServer}/points?maxCount=5001`,
      ]) {
        const reply = await client.get(path);

        expect(reply.status).toBe(400);
        expect(reply.body.Errors[0]).toMatch(phrase);
      }
      expect(
        (await client.get(`/streams/${point.WebId}/recorded?maxCount=5000`)).status,
      ).toBe(200);
    });
  });

  it.each([
    'startTime=nonsense',
    'boundaryType=Beside',
    'maxCount=-1',
    'maxCount=0',
    'desiredUnits=m',
  ])('are refused for %s', async (query) => {
    await withSimulator({}, async (client) => {
      const point = await client.point('Alder.U1.TI-*');

      expect(
        (await client.get(`/streams/${point.WebId}/recorded?${query}`)).status,
      ).toBe(400);
    });
  });

  it('quote what JSON cannot write as a number', async () => {
    await withSimulator({historyDays: 60}, async (client) => {
      const values: unknown[] = [];
      for (const point of await client.points('*.EQ-*')) {
        const {body} = await client.get(
          `/streams/${point.WebId}/recorded?startTime=*-60d`,
        );
        values.push(...body.Items.map((item) => item.Value));
      }

      const texts = new Set(values.filter((value) => typeof value === 'string'));
      expect(texts.size).toBeGreaterThan(0);
      expect(
        [...texts].every((text) => ['NaN', 'Infinity', '-Infinity'].includes(text)),
      ).toBe(true);
    });
  });
});

function textOf(item: Answered): string {
  const value: unknown = item.Value;
  return typeof value === 'string' ? value : '';
}

function numberOf(item: Answered): number {
  return Number(item.Value);
}

/** Reads a day as a careful client does: on from the last instant, without what was seen there. */
async function readPaged(
  client: TestClient,
  path: string,
  maxCount: number,
): Promise<Answered[]> {
  const all: Answered[] = [];
  let start = '2026-03-01T00:00:00Z';
  for (;;) {
    const {body} = await client.get(
      `${path}?startTime=${start}&endTime=2026-03-02T00:00:00Z&maxCount=${maxCount}`,
    );
    const seen = all.filter((item) => item.Timestamp === start).length;
    all.push(...body.Items.slice(seen));
    if (body.Items.length < maxCount) return all;
    start = body.Items.at(-1)!.Timestamp;
  }
}
