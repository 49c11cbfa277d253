import {buildScene} from '../scene';
import {withSimulator} from '../test-client';
import {truthRecords} from '../truth/records';
import {readStoredPoints, type StoredPoint} from './stored-point';
import {UsageError} from './usage-error';

const AT = '2026-03-01T00:00:00';
const ALONE = {plants: 0, points: 0};
const WINDOW = {from: '2026-03-01', to: '2026-03-02'};

/** A point of each type with its first values. */
const NINE: readonly StoredPoint[] = [
  {name: 'a', type: 'Int16', events: [{timestamp: AT, value: 32_767}]},
  {name: 'b', type: 'Int32', events: [{timestamp: AT, value: -2_147_450_880}]},
  {name: 'c', type: 'Float16', events: [{timestamp: AT, value: 0.5}]},
  {name: 'd', type: 'Float32', events: [{timestamp: AT, value: {number: '-Infinity'}}]},
  {name: 'e', type: 'Float64', events: [{timestamp: AT, value: 1.7e308}]},
  {name: 'f', type: 'Digital', events: [{timestamp: AT, value: {digital: 2}}]},
  {name: 'g', type: 'String', events: [{timestamp: AT, value: '𝛥 "x"\n\u0000'}]},
  {
    name: 'h',
    type: 'Timestamp',
    events: [{timestamp: AT, value: {timestamp: '2027-01-01T00:00:00.1234567Z'}}],
  },
  {name: 'i', type: 'Blob', events: [{timestamp: AT, value: {base64: 'AAEC/w=='}}]},
];

describe('stored points', () => {
  it('row 16: hold and serve the values of all nine types', async () => {
    await withSimulator({...ALONE, stored: NINE}, async (client) => {
      const served = (await client.points()).map(async (point) => {
        const {body} = await client.get(
          `${point.Links.RecordedData}?startTime=2026-03-01&endTime=2026-03-02`,
        );
        return [point.PointType, body.Items[0].Value] as const;
      });

      expect(await Promise.all(served)).toEqual([
        ['Int16', 32_767],
        ['Int32', -2_147_450_880],
        ['Float16', 0.5],
        ['Float32', '-Infinity'],
        ['Float64', 1.7e308],
        ['Digital', {Name: 'Running', Value: 2, IsSystem: false}],
        ['String', '𝛥 "x"\n\u0000'],
        ['Timestamp', '2027-01-01T00:00:00.1234567Z'],
        ['Blob', 'AAEC/w=='],
      ]);
    });
  });

  it('keep ties in the order given, every decimal of a time, and every flag', () => {
    const scene = buildScene({
      ...ALONE,
      now: '2026-03-02',
      stored: [
        {
          name: 'p',
          type: 'Int32',
          server: 'PISRV02',
          events: [
            {timestamp: `${AT}.0000003Z`, value: 3, substituted: true},
            {timestamp: `${AT}.0000001Z`, value: 1, bad: true, annotated: true},
            {timestamp: `${AT}.0000003Z`, value: 2, questionable: true},
            {timestamp: `${AT}.0000003Z`, value: {system: 246}},
          ],
        },
      ],
    });

    const records = [...truthRecords(scene, 'timeseries', WINDOW)];

    expect(
      records.map((record) => [
        String(record['timestamp']).slice(-9),
        record['sequence'],
        record['value'] ?? record['digital_name'],
        ...['good', 'questionable', 'substituted', 'annotated'].map(
          (flag) => record[`quality_${flag}`],
        ),
      ]),
    ).toEqual([
      ['.0000001Z', 0, 1, false, false, false, true],
      ['.0000003Z', 0, 3, true, false, true, false],
      ['.0000003Z', 1, 2, true, true, false, false],
      ['.0000003Z', 2, 'I/O Timeout', false, false, false, false],
    ]);
  });

  it('are found by their text in a file', () => {
    const [point] = readStoredPoints(JSON.stringify(NINE), 'f.json');

    expect(point?.events[0]?.value).toBe(32_767);
  });

  it.each([
    [{}, 'needs a name'],
    [{name: 'x', type: 'Float128'}, 'a type is one of'],
    [{name: 'x', type: 'Digital', digitalSet: 'No'}, 'no digital set "No"'],
    [{name: 'x', type: 'Int32', server: 'S'}, 'no data server "S"'],
    [{name: 'x', type: 'Int32', events: [{timestamp: 'now', value: 1}]}, 'event 1'],
    [{name: 'x', type: 'Int32', events: [{timestamp: AT, value: 'a'}]}, 'cannot hold'],
    [{name: 'x', type: 'Int32', events: [{timestamp: AT, value: null}]}, 'not a value'],
    [{name: 'x', type: 'Int32', events: [{timestamp: AT, value: {}}]}, 'not a value'],
  ])('refuse %j', (point, message) => {
    const stored = [{events: [], ...point} as unknown as StoredPoint];

    expect(() => buildScene({...ALONE, stored})).toThrow(UsageError);
    expect(() => buildScene({...ALONE, stored})).toThrow(message);
  });

  it.each(['{', '{}', '[1]', '[{"name":"a"}]'])('refuse a file of %j', (text) => {
    expect(() => readStoredPoints(text, 'f.json')).toThrow(/^f\.json/);
  });
});
