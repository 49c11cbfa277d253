import {RecordLine} from './record-line';

const LINE =
  '{"type":"RECORD","record":{"stream":"tags","emitted_at":1767225600000,"data":{"a":1}}}';

describe('RecordLine', () => {
  it('reads a record of its stream', () => {
    expect(new RecordLine({name: 'tags'}).read(LINE)).toMatchObject({
      data: {a: 1},
      emitted_at: 1767225600000,
    });
  });

  it('reads lines with spaces in them', () => {
    const line = JSON.stringify(JSON.parse(LINE), undefined, 1).replaceAll('\n', '');

    expect(new RecordLine({name: 'tags'}).read(line)).toMatchObject({data: {a: 1}});
  });

  it('takes null members for absent ones', () => {
    const line = LINE.replace('"record":{', '"state":null,"record":{"namespace":null,');

    expect(new RecordLine({name: 'tags'}).read(line)).toBeDefined();
  });

  it('tells streams of one name by their namespaces', () => {
    const line = LINE.replace('"record":{', '"record":{"namespace":"pi",');

    expect(new RecordLine({name: 'tags', namespace: 'pi'}).read(line)).toBeDefined();
    expect(new RecordLine({name: 'tags'}).read(line)).toBeUndefined();
    expect(new RecordLine({name: 'tags', namespace: 'pi'}).read(LINE)).toBeUndefined();
  });

  it.each([
    ['a record of another stream', LINE.replace('tags', 'tags2')],
    [
      'a record that only mentions its stream',
      LINE.replace('"tags"', '"x","s":{"stream":"tags"}'),
    ],
    ['another message', LINE.replace('RECORD', 'STATE')],
    ['a torn line', LINE.slice(0, -4)],
    ['a record without data', LINE.replace('{"a":1}', 'null')],
    ['a record whose data is a list', LINE.replace('{"a":1}', '[]')],
    ['a record without a time', LINE.replace('1767225600000', '"now"')],
    ['text', 'Traceback: "stream":"tags"'],
    ['null', 'null'],
    ['nothing', ''],
  ])('leaves %s to the shell', (_, line) => {
    expect(new RecordLine({name: 'tags'}).read(line)).toBeUndefined();
  });
});
