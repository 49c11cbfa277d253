import {
  difference,
  merged,
  NONE,
  open,
  rowsOf,
  saidIn,
  type Site,
  statesOf,
} from './defects.stand-in';

const ELEMENTS = ['af_elements'];
const FRAMES = ['event_frames'];
const EARLIER = '2026-02-20T06:00:00Z';
const DATABASE = String.raw`\\AFSRV01\Production`;
const DEPTH = 14;

describe('Defects of earlier extractors: elements and event frames', () => {
  it('S-23, L-12: the whole tree is read, however deep, and parents are ids', async () => {
    await using site = await open({defaultPageSize: 10});
    let parent = DATABASE;
    for (let depth = 1; depth <= DEPTH; depth += 1) {
      site.simulator.change({action: 'add_element', parent, name: `Level ${depth}`});
      parent += `\\Level ${depth}`;
    }

    const rows = rowsOf(await site.read({streams: ELEMENTS}), 'af_elements');

    expect(difference(rows, site.truth('af_elements'))).toEqual(NONE);
    const ids = new Map(rows.map((row) => [row['element_id'], row['element_path']]));
    const deepest = rows.find(({element_name: name}) => name === `Level ${DEPTH}`);
    expect(ids.get(deepest?.['parent_id'])).toMatch(/Level 13$/);
  });

  it('L-23: what is read as a whole is read anew with every sync', async () => {
    await using site = await open();

    const first = await site.read({streams: ELEMENTS});
    site.simulator.change({action: 'add_element', parent: DATABASE, name: 'New'});
    const second = await site.read({streams: ELEMENTS, states: statesOf(first)});

    expect(
      difference(rowsOf(second, 'af_elements'), site.truth('af_elements')),
    ).toEqual(NONE);
  });

  it('L-14: what the server does not have is an error of that stream, never empty', async () => {
    const asked = {af_elements: '/elements', event_frames: '/eventframes'};
    for (const [stream, match] of Object.entries(asked)) {
      for (const status of [404, 403, 500]) {
        await using site = await open({faults: [{match, status, body: 'message'}]});

        const reading = await site.read({streams: [stream]});

        expect({stream, status, isComplete: reading.isComplete}).toEqual({
          ...{stream, status, isComplete: false},
        });
        expect(saidIn(reading)).toMatch(new RegExp(`"ERROR".*${stream}`));
      }
    }
  });

  it('S-24, P-4: event frames are read to the last page, beyond a hundred pages too', async () => {
    await using site = await longSite({maxReturnedItems: 5});

    const reading = await site.read({streams: FRAMES});

    const rows = rowsOf(reading, 'event_frames');
    expect(rows.length).toBeGreaterThan(500);
    expect(difference(rows, site.truth('event_frames', EARLIER))).toEqual(NONE);
  });

  it('S-25, L-15: a frame names its elements and carries its attributes', async () => {
    await using site = await longSite();

    const rows = rowsOf(await site.read({streams: FRAMES}), 'event_frames');

    expect(difference(rows, site.truth('event_frames', EARLIER))).toEqual(NONE);
    const linked = rows.filter((row) => typeof row['primary_element_id'] === 'string');
    expect(linked.length).toBe(rows.length);
    expect(rows.some(({event_attributes: all}) => JSON.stringify(all) !== '{}')).toBe(
      true,
    );
  });

  it('S-26: the values of a frame are those of its time, not those of today', async () => {
    await using site = await open({settings: {event_frames: {lookback_hours: 96}}});

    const first = await site.read({streams: FRAMES});
    site.simulator.advanceClock('2026-03-04T06:00:00Z');
    const second = await site.read({streams: FRAMES, states: statesOf(first)});

    const closed = rowsOf(first, 'event_frames').filter(
      (row) => row['is_open'] === false,
    );
    const again = new Map(
      rowsOf(second, 'event_frames').map((row) => [row['event_frame_id'], row]),
    );
    for (const {event_frame_id: id, event_attributes: values} of closed) {
      expect(again.get(id)?.['event_attributes']).toEqual(values);
    }
    expect(closed.length).toBeGreaterThan(0);
    expect(difference([...again.values()], site.truth('event_frames'))).toEqual(NONE);
  });

  it('S-28: a frame that closes later, or is made later for earlier, is brought up to date', async () => {
    await using site = await open();
    const {simulator} = site;
    const template = 'Downtime';
    const [{element_path: element}] = site.truth('af_elements').slice(-1) as [
      {element_path: string},
    ];
    const opened = simulator.change({
      ...{action: 'open_frame', name: 'Open', template, elements: [element]},
    });

    const first = await site.read({streams: FRAMES});
    simulator.advanceClock('2026-03-02T08:00:00Z');
    simulator.change({action: 'close_frame', frame: opened.event_frame_id ?? ''});
    simulator.change({
      ...{action: 'open_frame', name: 'Late', template, elements: [element]},
      start: '2026-03-02T03:00:00Z',
    });
    const second = await site.read({streams: FRAMES, states: statesOf(first)});

    const table = merged([first, second].flatMap((one) => rowsOf(one, 'event_frames')));
    expect(difference(table, site.truth('event_frames'))).toEqual(NONE);
    const names = rowsOf(second, 'event_frames').map(({event_name: name}) => name);
    expect(names).toEqual(expect.arrayContaining(['Open', 'Late']));
  });
});

function longSite(more: Parameters<typeof open>[0] = {}): Promise<Site> {
  return open({
    ...{historyStart: EARLIER, plants: 3},
    ...{settings: {start_date: EARLIER}, ...more},
  });
}
