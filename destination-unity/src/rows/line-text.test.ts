import fc from 'fast-check';

import {LineText} from './line-text';

describe('LineText', () => {
  it('gives members of the data as they were written', () => {
    const line = textOf(
      '{"type":"RECORD", "record" : {"stream":"s","data":{ "id" :12345678901234567890,' +
        '"o": {"a" : 1.0, "b":"}\\"]"} ,"last":1e400}}}',
    );

    expect(line.of('id')).toBe('12345678901234567890');
    expect(line.of('o')).toBe('{"a" : 1.0, "b":"}\\"]"}');
    expect(line.of('last')).toBe('1e400');
    expect(line.of('stream')).toBeUndefined();
  });

  it('understands escapes in names', () => {
    expect(textOf('{"record":{"data":{"\\u0061\\"b":1}}}').of('a"b')).toBe('1');
  });

  it('takes the last of members with one name, as JSON.parse does', () => {
    expect(textOf('{"record":{"data":{"a":1,"a":2}}}').of('a')).toBe('2');
  });

  it('knows nothing without a line', () => {
    expect(textOf(undefined).of('a')).toBeUndefined();
  });

  it('forgets the line before', () => {
    const line = textOf('{"record":{"data":{"a":1}}}');
    line.of('a');

    line.hold('{"record":{"data":{"a":2}}}');

    expect(line.of('a')).toBe('2');
  });

  it('finds the text of every member of every record', () => {
    const space = fc.constantFrom(undefined, 1, '\t');
    const data = fc.dictionary(fc.string({unit: 'binary'}), fc.jsonValue());
    fc.assert(
      fc.property(data, fc.jsonValue(), space, (members, other, indent) => {
        const message = {other, record: {stream: 'data', data: members, meta: other}};
        const parsed = JSON.parse(JSON.stringify(message)) as typeof message;

        const line = textOf(JSON.stringify(message, undefined, indent));

        for (const [name, value] of Object.entries(parsed.record.data)) {
          expect(JSON.parse(line.of(name) ?? '"missing"')).toEqual(value);
        }
      }),
      {seed: 1},
    );
  });
});

function textOf(line: string | undefined): LineText {
  const text = new LineText();
  text.hold(line);
  return text;
}
