import {truthRecords} from '../truth/records';
import {buildScene} from '../scene';
import {readReplay} from './replay';
import {UsageError} from './usage-error';

const CSV = `tag,timestamp,value,quality
Flow A,2024-05-01T00:00:02Z,3.5,good
Flow A,2024-05-01T00:00:01,1.25,questionable
Flow A,2024-05-01T00:00:02Z,-4e2,substituted
Flow A,2024-05-01T02:00:03.1234567+02:00,7,bad
Flow A,2024-05-01T00:00:04Z,I/O Timeout,bad
"Note, ""B""",2024-05-01T00:00:01Z,"first
second",
"Note, ""B""",2024-05-01T00:00:09Z,,
`;

describe('replay', () => {
  it('makes points with exactly the events of the file, ties in file order', () => {
    const scene = buildScene({
      points: 0,
      now: '2025-01-01T00:00:00Z',
      replay: [{name: 'a.csv', csv: CSV}],
    });

    const records = [
      ...truthRecords(scene, 'timeseries', {from: '2000-01-01', to: '2025-01-01'}),
    ];

    expect(
      records.map((record) => [
        record['tag_name'],
        record['timestamp'],
        record['sequence'],
        record['value'] ?? record['value_string'] ?? record['digital_code'],
        record['value_kind'],
        record['quality_good'],
      ]),
    ).toEqual([
      ['Flow A', '2024-05-01T00:00:01.0000000Z', 0, 1.25, 'number', true],
      ['Flow A', '2024-05-01T00:00:02.0000000Z', 0, 3.5, 'number', true],
      ['Flow A', '2024-05-01T00:00:02.0000000Z', 1, -400, 'number', true],
      ['Flow A', '2024-05-01T00:00:03.1234567Z', 0, 7, 'number', false],
      ['Flow A', '2024-05-01T00:00:04.0000000Z', 0, 246, 'system_state', false],
      ['Note, "B"', '2024-05-01T00:00:01.0000000Z', 0, 'first\nsecond', 'string', true],
      ['Note, "B"', '2024-05-01T00:00:09.0000000Z', 0, 255, 'system_state', false],
    ]);
    expect(records[0]).toMatchObject({
      quality_questionable: true,
      quality_substituted: false,
    });
    expect(records[2]).toMatchObject({quality_substituted: true});
  });

  it('takes numbers for a numeric tag and anything else for a text', () => {
    const tags = readReplay(
      'timestamp,tag,value\n2024-05-01,a,1\n2024-05-01,b,1\n2024-05-02,b,x\n',
      'x',
    );

    expect(tags.map(({name, isNumeric}) => [name, isNumeric])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('keeps every digit of a number', () => {
    const [tag] = readReplay(
      'tag,timestamp,value\na,2024-05-01,0.30000000000000004',
      'x',
    );

    expect(tag?.series.events.at(0).number).toBe(0.30000000000000004);
  });

  it.each([
    ['time,value\n', 'the first line must be tag,timestamp,value'],
    [
      'tag,timestamp,value\na,yesterday,1\n',
      'record 2: "yesterday" is not an ISO 8601',
    ],
    ['tag,timestamp,value,quality\na,2024-05-01,1,so-so\n', 'quality is good, bad'],
    ['tag,timestamp,value\n,2024-05-01,1\n', 'the tag is empty'],
    ['tag,timestamp,value\n"a,2024-05-01,1\n', 'is not CSV'],
  ])('refuses %j', (csv, message) => {
    expect(() => readReplay(csv, 'f.csv')).toThrow(UsageError);
    expect(() => readReplay(csv, 'f.csv')).toThrow(message);
  });
});
