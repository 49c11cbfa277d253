import {floatPoint} from '../sync/float-point.stand-in';
import {latestEvents} from './latest-events';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';

const NO_DATA = {Name: 'No Data', Value: 248, IsSystem: true};

describe('latestEvents', () => {
  it.each([
    [
      'an event',
      {Value: {Timestamp: '2026-03-01T05:30:00.25Z', Value: 3}},
      {kind: 'event', at: '2026-03-01T05:30:00.2500000Z'},
    ],
    [
      'a state of the system',
      {Value: {Timestamp: '2026-03-01T05:30:00Z', Value: {Value: 246, IsSystem: true}}},
      {kind: 'event', at: '2026-03-01T05:30:00.0000000Z'},
    ],
    [
      'No Data',
      {Value: {Timestamp: '2026-03-01T05:30:00Z', Value: NO_DATA}},
      {kind: 'no_data'},
    ],
    [
      'an error',
      {Value: {Timestamp: '2026-03-01T05:30:00Z', Value: null, Errors: [{}]}},
      {kind: 'unknown'},
    ],
    ['a failed stream', {WebException: {StatusCode: 500}}, {kind: 'unknown'}],
    ['no time', {Value: {Timestamp: 'yesterday', Value: 3}}, {kind: 'unknown'}],
  ])('understands %s', async (_, stream, latest) => {
    const http = new ScriptedHttp(() =>
      jsonAnswer(
        {r0: {Status: 200, Content: {Items: [{WebId: 'W1', ...stream}]}}},
        207,
      ),
    );

    await expect(latestEvents(piHttpOver(http), [floatPoint(1)])).resolves.toEqual([
      latest,
    ]);
  });

  it('keeps the order of the points and knows nothing of one that is left out', async () => {
    const value = {Value: {Timestamp: '2026-03-01T05:30:00Z', Value: 3}};
    const http = new ScriptedHttp(({body = ''}) => {
      expect(body).toContain('/piwebapi/streamsets/end?webId=W1&webId=W2&webId=W3');
      const Items = [
        {WebId: 'W3', ...value},
        {WebId: 'W1', ...value},
      ];
      return jsonAnswer({r0: {Status: 200, Content: {Items}}}, 207);
    });

    const latest = await latestEvents(piHttpOver(http), [1, 2, 3].map(floatPoint));

    expect(latest.map(({kind}) => kind)).toEqual(['event', 'unknown', 'event']);
  });
});
