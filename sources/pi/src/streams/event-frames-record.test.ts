import type {EventFrame} from '../client/event-frames';
import {piTimestamp} from '../sync/pi-timestamp';
import {eventFrameRecord, type FrameParts} from './event-frames-record';

const DATABASE = {
  id: 'd',
  webId: 'I1RD',
  name: 'Plant',
  server: {id: 's', webId: 'I1RS', name: 'AFSRV', connected: true},
};

describe('eventFrameRecord', () => {
  it('has no end and no duration while the frame is open', () => {
    const record = recordOf({EndTime: '9999-12-31T23:59:59.9999999Z'});

    expect(record).toMatchObject({is_open: true});
    expect(record['end_time']).toBeUndefined();
    expect(record['duration_minutes']).toBeUndefined();
  });

  it('tells the duration in minutes to the last step of PI', () => {
    const record = recordOf({EndTime: '2026-03-02T06:01:30.0000001Z'});

    expect(record).toMatchObject({
      end_time: '2026-03-02T06:01:30.0000001Z',
      duration_minutes: 900_000_001 / 600_000_000,
    });
  });

  it.each([
    null,
    undefined,
    '',
    '1970-01-01T00:00:00Z',
    '9999-12-31T23:59:59.9999999Z',
  ])('takes %p for no acknowledgement at all', (date) => {
    const record = recordOf({AcknowledgedBy: '', AcknowledgedDate: date});

    expect(record['acknowledged_by']).toBeUndefined();
    expect(record['acknowledged_date']).toBeUndefined();
  });

  it('finds elements and parent by the ids inside WebIDs and links', () => {
    const element = 'I1EmMZxbDiSPF02zpmwtfhD5qAEIptLzxb7hGcTgAVXQobLA';
    const record = recordOf({
      RefElementWebIds: [element],
      Links: {
        Parent: `http://inside/piwebapi/eventframes/${element.replace('Em', 'Fm')}`,
      },
    });

    expect(record).toMatchObject({
      primary_element_id: '2f6d8a10-5b3c-11ee-9c4e-00155d0a1b2c',
      referenced_element_ids: ['2f6d8a10-5b3c-11ee-9c4e-00155d0a1b2c'],
      parent_event_frame_id: '2f6d8a10-5b3c-11ee-9c4e-00155d0a1b2c',
    });
  });

  it('keeps values as PI gives them, and errors apart from values', () => {
    const state = {Name: 'Mechanical', Value: 2, IsSystem: false};
    const values = {
      Items: [
        {Name: 'Output', Value: {Value: 12.5}},
        {Name: 'Reason', Value: {Value: state}},
        {
          Name: 'Gone',
          Value: {Value: 3, Errors: [{FieldName: 'Value', Message: ['x']}]},
        },
        {Name: 'Worse', Value: {Value: {Errors: ['y']}}},
        {Name: 'Nothing', Value: null},
      ],
    };

    const record = recordOf({}, {values: {ok: true, content: values}});

    expect(record['event_attributes']).toEqual({
      Output: 12.5,
      Reason: state,
      Gone: null,
      Worse: null,
      Nothing: null,
    });
    expect(record['attributes_error']).toBe('Gone: x; Worse: y');
  });

  it('tells child attributes of one name apart', () => {
    const frameAttribute = String.raw`\\AFSRV\Plant\EventFrames[Trip]|`;
    const items = ['Limit', 'Output', 'Output|Limit'].map((name, index) => ({
      Name: name.split('|').at(-1) ?? '',
      Path: `${frameAttribute}${name}`,
      Value: {Value: index},
    }));

    const record = recordOf({}, {values: {ok: true, content: {Items: items}}});

    expect(record['event_attributes']).toEqual({
      Limit: 0,
      Output: 1,
      'Output|Limit': 2,
    });
  });

  it('tells why there are no values', () => {
    const values = {ok: false, refusal: {status: 403, said: 'No.'}} as const;

    const record = recordOf({}, {values});

    expect(record['attributes_error']).toBe('PI answered with status 403: No.');
    expect(record).not.toHaveProperty('event_attributes');
  });

  it('takes annotations in the words of the record', () => {
    const noted = {
      Id: 'a1',
      Name: 'Cause',
      Description: '',
      Value: 'Valve',
      Creator: 'PLANT\\op',
      CreationDate: '2026-03-02T07:00:00Z',
      Modifier: '',
      ModifyDate: '1970-01-01T00:00:00Z',
    };

    const record = recordOf({}, {annotations: {ok: true, content: {Items: [noted]}}});

    expect(record['annotations']).toEqual([
      {
        id: 'a1',
        name: 'Cause',
        description: '',
        value: 'Valve',
        creator: 'PLANT\\op',
        creation_date: '2026-03-02T07:00:00.0000000Z',
        modifier: '',
      },
    ]);
  });

  it('tells why there are no annotations', () => {
    const annotations = {ok: false, refusal: {status: 501, said: ''}} as const;

    expect(recordOf({}, {annotations})).toMatchObject({
      annotations_error: 'PI answered with status 501.',
    });
  });
});

function recordOf(
  members: Partial<EventFrame>,
  parts: Partial<FrameParts> = {},
): ReturnType<typeof eventFrameRecord> {
  const values: FrameParts['values'] = {ok: true, content: {Items: []}};
  const all = {values, annotations: undefined, database: DATABASE, ...parts};
  return eventFrameRecord(frame(members), all);
}

function frame(members: Partial<EventFrame>): EventFrame {
  return {
    WebId: 'I1Fm',
    Id: '6A0E6F1E-7D0B-4D53-9F2F-0C6D2F6C1B77',
    Name: 'Trip',
    StartTime: piTimestamp('2026-03-02T06:00:00Z')!,
    ...members,
  };
}
