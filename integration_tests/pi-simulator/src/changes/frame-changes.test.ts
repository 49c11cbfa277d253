import {UsageError} from '../plant/usage-error';
import {buildScene, type Scene} from '../scene';
import {type Change, type ChangeRecord} from './change';
import {truthRecords} from '../truth/records';
import {withSimulator} from '../test-client';

const NOW = '2026-03-02T06:00:00Z';
const LATER = '2026-03-02T07:00:00Z';
const PUMP = '\\\\AFSRV01\\Production\\Alder\\Process\\U1\\Pump 2';

type Frame = Record<string, unknown>;

function frames(scene: Parameters<typeof truthRecords>[0]): readonly Frame[] {
  const window = {from: '2026-02-01', to: '2026-04-01'};
  return [...truthRecords(scene, 'event_frames', window)];
}

function scene(): Scene {
  return buildScene({now: NOW, historyDays: 4});
}

function byId(all: readonly Frame[], id: unknown): Frame | undefined {
  return all.find((frame) => frame['event_frame_id'] === id);
}

function openOne(make: (change: Change) => ChangeRecord): string {
  const {event_frame_id: id = ''} = make({
    action: 'open_frame',
    name: 'Trip',
    template: 'Alarm',
    elements: [PUMP],
    severity: 'Minor',
  });
  return id;
}

describe('changes of event frames', () => {
  it('row 39: opens one by hand, with one below it, and closes both', () => {
    const own = scene();
    const {clock, changeBook, archive} = own;
    const make = (change: Change): ChangeRecord => changeBook.make(change);
    const id = openOne(make);
    const {event_frame_id: child} = make({
      action: 'open_frame',
      name: 'Step',
      template: 'Phase',
      elements: [PUMP],
      parent: id,
    });
    const open = frames(own);
    clock.advance(archive.now() + 36_000_000_000);
    make({action: 'close_frame', frame: id});

    const closed = frames(own);

    expect(byId(open, id)).toMatchObject({is_open: true, event_name: 'Trip'});
    expect(byId(open, child)).toMatchObject({parent_event_frame_id: id, is_open: true});
    for (const guid of [id, child]) {
      expect(byId(closed, guid)).toMatchObject({
        is_open: false,
        end_time: '2026-03-02T07:00:00.0000000Z',
        duration_minutes: 60,
      });
    }
  });

  it('row 39: acknowledges, annotates, re-rates and captures again, also planned ones', () => {
    const own = scene();
    const {changeBook} = own;
    const before = frames(own).find(
      (frame) =>
        frame['template_name'] === 'Downtime' &&
        frame['is_open'] === false &&
        frame['is_acknowledged'] === false,
    );
    const frame = String(before?.['event_frame_id']);

    changeBook.make({action: 'acknowledge_frame', frame, by: 'PLANT\\me'});
    changeBook.make({action: 'annotate_frame', frame, value: 'why'});
    changeBook.make({action: 'set_frame_severity', frame, severity: 'Critical'});
    changeBook.make({action: 'recapture_frame', frame});

    const after = byId(frames(own), frame);
    expect(after).toMatchObject({
      is_acknowledged: true,
      acknowledged_by: 'PLANT\\me',
      acknowledged_date: '2026-03-02T06:00:00.0000000Z',
      severity: 'Critical',
      is_annotated: true,
      annotations: [{value: 'why', creation_date: '2026-03-02T06:00:00.0000000Z'}],
    });
    expect(after?.['event_attributes']).not.toEqual(before?.['event_attributes']);
  });

  it('row 39: recalculates a frame: another GUID, and nothing of what people did', () => {
    const own = scene();
    const {changeBook} = own;
    const batch = frames(own).find(
      (frame) => frame['template_name'] === 'Batch' && frame['is_open'] === false,
    );
    const old = String(batch?.['event_frame_id']);
    changeBook.make({action: 'annotate_frame', frame: old, value: 'x'});

    const {recreated} = changeBook.make({action: 'recalculate_frame', frame: old});

    const list = recreated as readonly Record<string, string>[];
    const after = frames(own);
    expect(list).toHaveLength(5);
    expect(byId(after, old)).toBeUndefined();
    const anew = byId(after, list[0]?.['new_event_frame_id']);
    expect(anew).toMatchObject({
      event_name: batch?.['event_name'],
      start_time: batch?.['start_time'],
      is_annotated: false,
    });
    expect(
      list
        .slice(1)
        .map((pair) => [
          byId(after, pair['event_frame_id']),
          byId(after, pair['new_event_frame_id']) !== undefined,
        ]),
    ).toEqual(Array.from({length: 4}, () => [undefined, true]));
  });

  it('row 39: deletes a frame and all below it, and the API has none of them', async () => {
    await withSimulator({historyDays: 4}, async (client) => {
      const {simulator} = client;
      const batch = frames(simulator).find(
        (frame) => frame['template_name'] === 'Batch' && frame['is_open'] === false,
      );
      const frame = String(batch?.['event_frame_id']);
      const before = frames(simulator).length;

      simulator.change({action: 'delete_frame', frame});

      const reply = await client.get(`/eventframes/${String(batch?.['web_id'])}`);
      expect([reply.status, before - frames(simulator).length]).toEqual([404, 5]);
      simulator.advanceClock(LATER);
      expect(() => simulator.change({action: 'delete_frame', frame})).toThrow(
        'There is no event frame',
      );
      expect(simulator.changes()).toMatchObject([
        {at: '2026-03-02T06:00:00.0000000Z', event_name: batch?.['event_name']},
      ]);
    });
  });

  it.each([
    [{action: 'open_frame', name: 'x', template: 'Pump', elements: [PUMP]}, 'template'],
    [{action: 'open_frame', name: 'x', template: 'Alarm', elements: []}, 'an element'],
    [
      {
        ...{action: 'open_frame', name: 'x', template: 'Alarm'},
        ...{elements: [PUMP], start: LATER},
      },
      'after now',
    ],
    [{action: 'close_frame', frame: 'x'}, 'no event frame'],
    [{action: 'set_frame_severity', severity: 'Bad'}, 'A severity is one of'],
    [{action: 'close_frame', end: LATER}, 'by now'],
  ])('refuse %j', (change, message) => {
    const {changeBook} = scene();
    const frame = openOne((opening) => changeBook.make(opening));
    const named = change.action === 'open_frame' ? change : {frame, ...change};
    const make = (): unknown => changeBook.make(named as unknown as Change);

    expect(make).toThrow(UsageError);
    expect(make).toThrow(message);
  });
});
