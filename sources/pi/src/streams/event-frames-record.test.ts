import type {EventFrame} from '../client/event-frames';
import {piTimestamp} from '../sync/pi-timestamp';
import {eventFrameRecord} from './event-frames-record';

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
        {Name: 'Worse', Value: {Value: {Errors: ['x']}}},
        {Name: 'Nothing', Value: null},
      ],
    };

    expect(eventFrameRecord(frame({}), values, DATABASE)['event_attributes']).toEqual({
      Output: 12.5,
      Reason: state,
      Gone: null,
      Worse: null,
      Nothing: null,
    });
  });
});

function recordOf(members: Partial<EventFrame>): ReturnType<typeof eventFrameRecord> {
  return eventFrameRecord(frame(members), undefined, DATABASE);
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
