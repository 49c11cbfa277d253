import {recordSchema} from './record-schema';

const nullable = (type: string, more = {}) => ({type: ['null', type], ...more});

const judge = recordSchema(
  {
    type: 'object',
    properties: {
      id: nullable('integer'),
      value: nullable('number'),
      at: nullable('string', {format: 'date-time'}),
      local: nullable('string', {
        format: 'date-time',
        airbyte_type: 'timestamp_without_timezone',
      }),
      day: nullable('string', {format: 'date'}),
      list: nullable('array', {items: {type: 'integer'}}),
    },
  },
  {isClosed: true},
);

function found(data: string): readonly string[] {
  const text = `{"type":"RECORD","record":{"stream":"s","emitted_at":1,"data":${data}}}`;
  const {record} = JSON.parse(text) as {record: {data: unknown}};
  return judge(record.data, text).map(({message}) => message);
}

describe('recordSchema', () => {
  it('finds nothing in a record that fits', () => {
    expect(
      found(
        '{"id":1,"value":1.0,"at":"2026-01-01T00:00:00.1234567Z","local":"2026-01-01T00:00:00","day":"2024-02-29","list":[1]}',
      ),
    ).toEqual([]);
  });

  it.each([
    ['{"id":1.0}', '/id is written as a fraction'],
    ['{"list":[1,2e0]}', '/list/1 is written as a fraction'],
    ['{"id":1.5}', '/id must be null,integer'],
    ['{"at":"2026-02-30T00:00:00Z"}', '/at is no date-time that exists'],
    ['{"at":"2026-01-01T00:00:00"}', '/at is no date-time that exists'],
    ['{"local":"2026-01-01T00:00:00Z"}', '/local is no date-time that exists'],
    ['{"day":"2026-13-01"}', '/day is no date that exists'],
    ['{"more":1}', 'the column "more" is not declared'],
  ])('finds the fault in %s', (data, message) => {
    expect(found(data)).toEqual([message]);
  });

  it('takes further columns where the schema is open', () => {
    const open = recordSchema({properties: {}}, {isClosed: false});

    expect(open({more: 1}, '{"record":{"data":{"more":1}}}')).toEqual([]);
  });
});
