import fc from 'fast-check';

import {envelopeOf, EnvelopeReader} from './record-envelope';
import {RecordLine} from './record-line';

interface Sent {
  readonly emitted_at: number;
  readonly data: object;
}

/** RECORD lines as several kinds of writers make them. */
const WRITERS: Readonly<Record<string, (sent: Sent) => string>> = {
  'the time first': ({emitted_at, data}) =>
    JSON.stringify({type: 'RECORD', record: {stream: 'tags', emitted_at, data}}),
  'the data first': ({emitted_at, data}) =>
    JSON.stringify({type: 'RECORD', record: {stream: 'tags', data, emitted_at}}),
  'an empty namespace first': ({emitted_at, data}) =>
    JSON.stringify({
      type: 'RECORD',
      record: {namespace: null, stream: 'tags', data, emitted_at},
    }),
  'the stream last': ({emitted_at, data}) =>
    JSON.stringify({record: {data, emitted_at, stream: 'tags'}, type: 'RECORD'}),
  'meta behind the data': ({emitted_at, data}) =>
    JSON.stringify({
      type: 'RECORD',
      record: {stream: 'tags', emitted_at, data, meta: {changes: []}},
    }),
  spaces: ({emitted_at, data}) =>
    `{"type": "RECORD", "record": {"stream": "tags", "data": ${JSON.stringify(data)}, "emitted_at": ${emitted_at}}}`,
};

const sent = fc.record({
  data: fc.dictionary(fc.string(), fc.jsonValue({maxDepth: 2}), {maxKeys: 4}),
  emitted_at: fc.oneof(
    fc.integer({min: 1e11, max: 1e14}),
    fc.constantFrom(0, 1, 1767225600, 1767225600.5, -1, 1e15, 1e21),
  ),
});
const writers = fc.constantFrom(...Object.values(WRITERS));

describe('An envelope', () => {
  it.each(Object.keys(WRITERS).filter((name) => !name.startsWith('meta')))(
    'is found where a writer puts %s',
    (name) => {
      const line = WRITERS[name]!({emitted_at: 1767225600000, data: {a: {data: 1}}});

      const envelope = envelopeOf(line, () => true)!;

      const next = line
        .replace('{"a":{"data":1}}', '{"b":"}}"}')
        .replace('00000', '00123');
      expect(new EnvelopeReader(envelope).read(next)).toEqual({
        data: {b: '}}'},
        emitted_at: 1767225600123,
      });
    },
  );

  it('is not made of a line that says more of the record', () => {
    const line = WRITERS['the data first']!({emitted_at: 1767225600000, data: {}});

    const more = line.replace('"data"', '"meta":{},"data"');

    expect(envelopeOf(more, () => true)).toBeUndefined();
  });

  it.each([
    [
      'its type',
      '{"record":{"namespace":"pi","stream":"tags","emitted_at":1767225600000,"data":{"a":1}',
      '},"type":"RECORD","x":{"y":{}}}',
    ],
    [
      'its namespace',
      '{"type":"RECORD","record":{"stream":"tags","emitted_at":1767225600000,"data":{"a":1}',
      ',"namespace":"pi","x":{}}}',
    ],
  ])('does not take %s for granted where it stood behind the data', (_, line, more) => {
    const reader = new RecordLine({name: 'tags', namespace: 'pi'});

    expect(reader.read(line + more)).toBeDefined();
    expect(reader.read(`${line}}}`)).toBeUndefined();
  });

  it('changes nothing of what lines are read as, whoever wrote them', () => {
    const turns = fc.array(fc.tuple(writers, sent), {maxLength: 40});
    fc.assert(
      fc.property(turns, (all) => {
        const reader = new RecordLine({name: 'tags'});
        for (const [write, content] of all) {
          expect(readBy(reader, write(content))).toEqual(parsedAlone(write(content)));
        }
      }),
    );
  });

  it('changes nothing of it where the same writer goes on', () => {
    const series = fc.array(sent, {minLength: 2, maxLength: 6});
    fc.assert(
      fc.property(writers, series, (write, all) => {
        const reader = new RecordLine({name: 'tags'});
        for (const content of all) {
          expect(readBy(reader, write(content))).toEqual(parsedAlone(write(content)));
        }
      }),
    );
  });

  it('changes nothing of it where a line is damaged', () => {
    const damage = fc.record({
      at: fc.nat(),
      cut: fc.nat({max: 3}),
      put: fc.oneof(
        fc.string({maxLength: 2}),
        fc.constantFrom('{', '}', '"', ',', '0', '1', '-', '.', 'e', ' ', '{}', '}}'),
      ),
    });
    fc.assert(
      fc.property(writers, sent, damage, (write, content, {at, cut, put}) => {
        const reader = new RecordLine({name: 'tags'});
        reader.read(write({...content, emitted_at: 1767225600000}));
        const whole = write(content);
        const where = at % whole.length;
        const damaged = whole.slice(0, where) + put + whole.slice(where + cut);

        expect(readBy(reader, damaged)).toEqual(parsedAlone(damaged));
      }),
      {numRuns: 3000},
    );
  });
});

/** What the reader makes of a line; its own object is written anew by the next. */
function readBy(reader: RecordLine, line: string): Partial<Sent> | undefined {
  const {data, emitted_at} = reader.read(line) ?? {};
  return data && emitted_at !== undefined ? {data, emitted_at} : undefined;
}

/** The same by a reader that has seen no line before, and so has no envelope. */
function parsedAlone(line: string): Partial<Sent> | undefined {
  return readBy(new RecordLine({name: 'tags'}), line);
}
