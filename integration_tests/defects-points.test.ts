import {
  difference,
  merged,
  NONE,
  open,
  type Row,
  rowsOf,
  saidIn,
  type Site,
  START,
  statesOf,
  steady,
} from './defects.stand-in';

const A = steady('A', {every: 60_000, count: 300});
const B = steady('B', {every: 45_000, count: 400});
const C = steady('C', {every: 30_000, count: 500});
const LATER = '2026-03-02T09:00:00Z';

describe('Defects of earlier extractors: points and cursors', () => {
  it('S-5: an event belongs to the point of its WebID, wherever it stands', async () => {
    await using turned = await open({stored: [A, B, C]}, backwards);
    await using lacking = await open({stored: [A, B, C]}, withoutFirstItem);

    const complete = await turned.read();
    const partial = await lacking.read();

    expect(difference(series(complete), told(turned))).toEqual(NONE);
    expect(difference(series(partial), told(lacking)).surplus).toEqual([]);
    expect(rowsOf(partial, 'tag_status').map(({state}) => state)).toContain(
      'quarantined',
    );
  });

  it('S-6, L-3, L-5, F-3: a failing point stops at its gap, is seen, and is made good', async () => {
    for (const status of [403, 404, 502]) {
      await using site = await open({stored: [A, B, C]});
      site.simulator.addFault({match: ' B ', on: 'stream', status, scope: 'whole'});

      const first = await site.read();
      site.simulator.clearFaults();
      site.simulator.advanceClock('2026-03-04T06:00:00Z');
      const second = await site.read({states: statesOf(first)});

      expect(countOf(first, 'B')).toBe(0);
      expect([countOf(first, 'A'), countOf(first, 'C')]).toEqual([300, 500]);
      expect(rowsOf(first, 'tag_status')).toContainEqual(
        expect.objectContaining({tag_name: 'B', state: 'quarantined'}),
      );
      expect(difference(series(first, second), told(site))).toEqual(NONE);
    }
  });

  it('S-16: a point that lags does not make the others be read again', async () => {
    await using site = await open({stored: [A, B, C]});
    site.simulator.addFault({match: ' B ', on: 'stream', status: 403, scope: 'whole'});

    const first = await site.read();
    site.simulator.advanceClock(LATER);
    const second = await site.read({states: statesOf(first)});

    expect(rowsOf(second, 'timeseries')).toHaveLength(0);
    expect(rowsOf(second, 'tag_status')).toContainEqual(
      expect.objectContaining({
        tag_name: 'A',
        complete_until: expect.stringMatching(/T09/),
      }),
    );
  });

  it('S-14, F-2: a point that comes later gets its history, beside points far ahead', async () => {
    await using site = await open({
      stored: [C, steady('Rare', {every: 7e6, count: 3})],
    });

    const first = await site.read();
    site.simulator.advanceClock(LATER);
    site.simulator.change({
      action: 'add_point',
      stored: steady('Added', {every: 9e5, count: 30}),
    });
    const second = await site.read({states: statesOf(first)});

    expect(difference(series(first, second), told(site))).toEqual(NONE);
    expect(countOf(second, 'Added')).toBe(30);
  });

  it('S-15, P-5: what reaches the archive late is found behind the end of the last sync', async () => {
    await using site = await open({stored: [A, C], settings: {lookback_minutes: 120}});

    const first = await site.read();
    site.simulator.change({
      action: 'insert_events',
      point: 'A',
      events: [
        {timestamp: '2026-03-02T04:30:00.5Z', value: -1},
        {timestamp: '2026-03-02T05:59:59.9999999Z', value: -2},
      ],
    });
    const second = await site.read({states: statesOf(first)});

    expect(difference(series(first, second), told(site))).toEqual(NONE);
  });

  it('S-18: a state that cannot be read is an error, never a first sync', async () => {
    await using site = await open({stored: [A]});
    const good = statesOf(await site.read());

    for (const wrong of [
      {version: 99},
      {version: 2, watermark: START},
      {watermark: 'soon'},
      {cursor: 5},
    ]) {
      const stream = {stream_descriptor: {name: 'timeseries'}, stream_state: wrong};
      const reading = await site.read({states: [{type: 'STREAM', stream}]});
      const rows = rowsOf(reading, 'timeseries').length;
      expect({wrong, rows}).toEqual({wrong, rows: 0});
      expect(saidIn(reading)).toContain('config_error');
    }
    expect(rowsOf(await site.read({states: good}), 'timeseries')).toEqual([]);
  });

  it('S-21, L-8, L-10: every point of every server is read, and a name nobody has is told', async () => {
    await using site = await open({points: 60, plants: 3, defaultPageSize: 7});

    const all = await site.read();
    const named = await site.read({
      settings: {selection: {points: ['*TI-*', 'No.Such']}},
    });

    const servers = rowsOf(all, 'tag_status').map(({data_server: server}) => server);
    expect(servers).toHaveLength(60);
    expect(new Set(servers).size).toBe(2);
    expect(difference(series(all), told(site))).toEqual(NONE);
    expect(rowsOf(named, 'tag_status')).toContainEqual(
      expect.objectContaining({tag_webid: 'name:No.Such', state: 'missing'}),
    );
  });

  it('P-7: a newest value that PI may discard is delivered once PI has kept it', async () => {
    const ghost = {timestamp: '2026-03-02T05:59:00Z', value: 99, ghost: true};
    const next = steady('', {
      every: 9e5,
      count: 4,
      from: '2026-03-02T07:00:00Z',
    }).events;
    const events = [...A.events, ghost, ...next];
    const point = {...A, compressed: true, events};
    await using site = await open({stored: [point]});

    const settings = {snapshot: 'hold_back'};
    const held = await site.read({settings});
    const included = await site.read();
    site.simulator.advanceClock(LATER);
    const later = await site.read({settings, states: statesOf(held)});

    expect(rowsOf(included, 'timeseries').map(valueOf)).toContain(99);
    const table = merged([held, later].flatMap((one) => rowsOf(one, 'timeseries')));
    expect(table.map(valueOf)).toEqual([...A.events.keys(), 0, 1, 2]);
  });
});

type Reading = Awaited<ReturnType<Site['read']>>;

const valueOf = ({value}: Row): unknown => value;

function told(site: Site): readonly Row[] {
  return site.truth('timeseries');
}

/** What a table holds after these readings. */
function series(...readings: readonly Reading[]): readonly Row[] {
  return merged(readings.flatMap((reading) => rowsOf(reading, 'timeseries')));
}

function countOf(reading: Reading, name: string): number {
  return rowsOf(reading, 'timeseries').filter(({tag_name: tag}) => tag === name).length;
}

interface BatchPart {
  readonly Content?: {readonly Items?: readonly unknown[]};
}
type BatchAnswer = Readonly<Record<string, BatchPart>>;

/** The members of the batch and the streams of each set, last first. */
function backwards(text: string): string {
  const answer = JSON.parse(text) as BatchAnswer;
  const turned = Object.entries(answer).reverse();
  return JSON.stringify(
    Object.fromEntries(
      turned.map(([id, part]) => [id, withItems(part, (all) => [...all].reverse())]),
    ),
  );
}

function withoutFirstItem(text: string): string {
  const answer = JSON.parse(text) as BatchAnswer;
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(answer).map(([id, part]) => [
        id,
        withItems(part, (all) => all.slice(1)),
      ]),
    ),
  );
}

/** Of answers about sets of streams alone: their items have items themselves. */
function withItems(
  part: BatchPart,
  change: (items: readonly unknown[]) => readonly unknown[],
): BatchPart {
  const {Content: content} = part;
  const items = content?.Items ?? [];
  if (!JSON.stringify(items[0] ?? '').includes('"Items"')) return part;
  return {...part, Content: {...content, Items: change(items)}};
}
