import {
  difference,
  merged,
  NONE,
  NOW,
  open,
  type Row,
  rowsOf,
  saidIn,
  START,
  statesOf,
  steady,
} from './defects.stand-in';

const FAST = steady('Fast', {every: 100, count: 3000});
const BRISK = steady('Brisk', {every: 30_000, count: 400});
const SLOW = steady('Slow', {every: 60_000, count: 300});
const SMALL_PAGES = {load: {max_values_per_response: 100}};

describe('Defects of earlier extractors: pages and windows', () => {
  it('S-1, L-4, F-1: a full page is never the end', async () => {
    await using site = await open({stored: [FAST, SLOW], settings: SMALL_PAGES});

    const reading = await site.read();

    const rows = rowsOf(reading, 'timeseries');
    expect(rows).toHaveLength(3300);
    expect(difference(rows, told(site))).toEqual(NONE);
  });

  it('S-2, P-1: a fast point never moves the cursor of a slow one, nor over a tick', async () => {
    const ties = Array.from({length: 7}, (_, code) => ({
      timestamp: '2026-03-02T01:00:00.1234567Z',
      value: {digital: code % 3},
    }));
    const ticks = Array.from({length: 250}, (_, tick) => ({
      timestamp: `2026-03-02T01:00:00.000${String(tick).padStart(4, '0')}Z`,
      value: tick,
    }));
    await using site = await open({
      stored: [
        ...[FAST, SLOW, {name: 'States', type: 'Digital' as const, events: ties}],
        {name: 'Ticks', type: 'Int32', events: ticks},
      ],
      settings: SMALL_PAGES,
    });

    const reading = await site.read();

    expect(difference(rowsOf(reading, 'timeseries'), told(site))).toEqual(NONE);
  });

  it('P-2: a timestamp that fills a page is read whole, or the point fails aloud', async () => {
    const burst = Array.from({length: 1500}, (_, value) => ({
      timestamp: '2026-03-02T03:00:00Z',
      value,
    }));
    const stored = [{name: 'Burst', type: 'Float64' as const, events: burst}, SLOW];
    await using site = await open({stored, settings: SMALL_PAGES});
    await using narrow = await open({stored, maxReturnedItems: 1000});

    const whole = await site.read();
    const refused = await narrow.read();

    expect(difference(rowsOf(whole, 'timeseries'), told(site))).toEqual(NONE);
    const [{tag_webid: slow}] = rowsOf(refused, 'tag_status').filter(
      ({tag_name}) => tag_name === 'Slow',
    ) as [Row];
    expect(
      rowsOf(refused, 'timeseries').filter(({tag_webid}) => tag_webid === slow),
    ).toHaveLength(300);
    expect(rowsOf(refused, 'tag_status')).toContainEqual(
      expect.objectContaining({tag_name: 'Burst', state: 'quarantined'}),
    );
  });

  it('P-3: the edges of what was asked for are exact to the tick', async () => {
    const events = [
      ...['2026-03-01T23:59:59.9999999Z', START, '2026-03-02T02:59:59.9999999Z'],
      ...['2026-03-02T03:00:00Z', '2026-03-02T03:00:00.0000001Z'],
    ].map((timestamp, value) => ({timestamp, value}));
    await using site = await open({
      historyStart: '2026-03-01T00:00:00Z',
      stored: [{name: 'Edge', type: 'Int32', events}],
      settings: {end_date: '2026-03-02T03:00:00Z'},
    });

    const reading = await site.read();

    expect(rowsOf(reading, 'timeseries').map(({value}) => value)).toEqual([1, 2]);
  });

  it('F-7: a window with more than the server hands out is split, not given up', async () => {
    await using site = await open({stored: [FAST, SLOW], maxReturnedItems: 60});

    const reading = await site.read();

    expect(difference(rowsOf(reading, 'timeseries'), told(site))).toEqual(NONE);
  });

  it('L-21: what PI refuses for a moment is asked for again', async () => {
    const match = 'POST /piwebapi/batch';
    await using site = await open({
      stored: [FAST, SLOW],
      settings: SMALL_PAGES,
      faults: [
        {match, after: 1, times: 2, status: 429, retryAfter: 1},
        {match, after: 4, times: 2, status: 503, body: 'html'},
        {match, after: 7, times: 1, reset: true},
        {match, after: 9, times: 1, truncateAfterBytes: 300},
        {match: 'streamsets/recorded', after: 12, times: 2, status: 502},
      ],
    });

    const reading = await site.read();

    expect(reading.isComplete).toBe(true);
    expect(difference(rowsOf(reading, 'timeseries'), told(site))).toEqual(NONE);
  });

  it('P-6: a reader that is slow makes PI wait, and loses no old event', async () => {
    await using site = await open({stored: [FAST, SLOW], settings: SMALL_PAGES});

    const reading = await site.read({
      onBlock: () => new Promise((resolve) => setImmediate(resolve)),
    });

    expect(difference(rowsOf(reading, 'timeseries'), told(site))).toEqual(NONE);
  });

  it('L-2: no state claims an event whose line has not left', async () => {
    const settings = {load: {max_values_per_response: 100, max_concurrency: 2}};
    await using site = await open({stored: [SLOW, BRISK], settings});
    const {messages} = await site.read({streams: ['timeseries']});
    const cuts = messages.flatMap(({type}, index) => (type === 'STATE' ? [index] : []));

    for (const cut of cuts) {
      const before = {messages: messages.slice(0, cut + 1)};
      const rest = await site.read({states: statesOf(before), streams: ['timeseries']});
      const rows = merged([
        ...rowsOf(before, 'timeseries'),
        ...rowsOf(rest, 'timeseries'),
      ]);
      expect(difference(rows, told(site))).toEqual(NONE);
    }
    expect(cuts.length).toBeGreaterThan(1);
  });

  it('L-17: history is read from the start that was set, however long ago', async () => {
    const from = '2026-01-20T00:00:00Z';
    await using site = await open({
      historyStart: from,
      stored: [steady('Old', {every: 3_600_000, count: 980, from})],
      settings: {start_date: from},
    });

    const reading = await site.read({streams: ['timeseries', 'event_frames']});

    const frames = rowsOf(reading, 'event_frames');
    expect(rowsOf(reading, 'timeseries')).toHaveLength(980);
    expect(difference(frames, site.truth('event_frames', from))).toEqual(NONE);
    expect(frames.some((row) => String(row['start_time']) < '2026-01-22')).toBe(true);
  });

  it('L-20: a time that is not understood is refused, and never means now', async () => {
    await using site = await open({stored: [SLOW]});

    for (const start_date of ['y', 't', '*-90s', '*-8w', '2026-02-30T00:00:00Z']) {
      const reading = await site.read({settings: {start_date}});
      expect(reading.isComplete).toBe(false);
      expect(saidIn(reading)).toContain('config_error');
    }
  });
});

function told(site: Awaited<ReturnType<typeof open>>): readonly Row[] {
  return site.truth('timeseries', START, NOW);
}
