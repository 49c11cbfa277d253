import fc from 'fast-check';

import type {Column} from '../table/table-definition';

/** Columns of every type, under names that need bytes of their own. */
export const COLUMNS_OF_LINES: readonly Column[] = [
  {name: 'tag', type: 'string', member: 'tag'},
  {name: 'at', type: 'timestamp', member: 'timestamp'},
  {name: 'value', type: 'double', member: 'value'},
  {name: 'whole', type: 'double', member: 'whole', holdsIntegers: true},
  {name: 'sequence', type: 'bigint', member: 'sequence'},
  {name: 'good', type: 'boolean', member: 'good'},
  {name: 'unit', type: 'string', member: 'Einheit µ'},
  {name: 'quoted', type: 'string', member: 'a "b"'},
  {name: 'day', type: 'date', member: 'day'},
  {name: 'local', type: 'timestamp_ntz', member: 'local'},
  {name: 'amount', type: 'decimal', member: 'amount'},
  {name: 'any', type: 'json', member: 'any'},
];

/** The lines of one stream. */
export type Lines = readonly Buffer[];

const TAGS = ['Unit1.TI-001', 'Unit1.TI-002', 'é.µ 😀', '', 'x'.repeat(70)];

/** A value as text, most often of the kind the source sends. */
const often = (
  usual: fc.Arbitrary<string>,
  odd: readonly string[],
): fc.Arbitrary<string> =>
  fc.oneof(
    {weight: 30, arbitrary: usual},
    {weight: 1, arbitrary: fc.constantFrom(...odd)},
  );

const quoted = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  text.map((value) => JSON.stringify(value));

const instant = fc
  .record({
    ms: fc.integer({min: -1e12, max: 4e12}),
    digits: fc.stringMatching(/^(\.\d{1,10})?$/),
  })
  .map(({ms, digits}) => `"${new Date(ms).toISOString().slice(0, 19)}${digits}Z"`);

const number = fc.oneof(
  fc.integer({min: -1_000_000, max: 1_000_000}).map((value) => String(value / 100)),
  fc.double({noNaN: true, noDefaultInfinity: true}).map((value) => String(value)),
  fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,24})?$/),
);

const ODD = [
  'null',
  '"text"',
  '7',
  '1e3',
  '{"a":[1,"}"]}',
  '[]',
  'true',
  '""',
  '"\\u0041"',
];
const NUMBERS = [
  ...ODD,
  '-0',
  '0.0',
  '01',
  '-',
  '1.',
  '.5',
  '1E400',
  '9007199254740993',
  '"1.5"',
];
const TEXTS = [...ODD, '"a\\"b"', '"\\ud800"', '"\ufffd"', '"\u007f"', '"a\tb"'];
const TIMES = [
  ...ODD,
  ...['"2026-02-30T00:00:00Z"', '"2026-03-01T24:00:00Z"', '"2026-03-01t00:00:00z"'],
  ...[
    '"2026-03-01 06:07"',
    '"2026-03-01T06:07:08+01:00"',
    '"2026-03-01"',
    '"9999-12-31T23:59:60Z"',
  ],
  ...['"0000-01-01T00:00:00Z"', '"2026-03-01T06:07:08.Z"', '"2026-03-01T06:07:08"'],
];

const MEMBERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  tag: often(quoted(fc.constantFrom(...TAGS)), TEXTS),
  timestamp: often(instant, TIMES),
  value: often(number, NUMBERS),
  whole: often(fc.integer().map(String), NUMBERS),
  sequence: often(fc.constantFrom('0', '1', '-12'), [...NUMBERS, '5.0']),
  good: often(fc.constantFrom('true', 'false'), [...ODD, 'tru', 'truex', '"true"']),
  'Einheit µ': often(quoted(fc.constantFrom('°C', 'kW')), TEXTS),
  'a "b"': often(fc.constant('"c"'), TEXTS),
  day: often(fc.constantFrom('"2026-03-01"', '"2026-03-02"'), TIMES),
  local: often(instant, TIMES),
  amount: often(fc.constant('null'), NUMBERS),
  any: often(quoted(fc.constantFrom('a', 'b')), [...TEXTS, ...NUMBERS]),
};

/** What a line says, before it is written. */
interface Sent {
  readonly emitted: string;
  readonly members: readonly (readonly [string, string])[];
}

const EMITTED = ['1772431200000', '1772431200001', '1772431200042'];
const ODD_EMITTED = [
  '1772431200',
  '1772431200000.5',
  '0',
  '-1',
  '1e12',
  '"x"',
  '999999999999999',
];

/** Members of a line: those of the stream, in its order. */
const sent = (names: readonly string[]): fc.Arbitrary<Sent> =>
  fc.record({
    emitted: often(fc.constantFrom(...EMITTED), ODD_EMITTED),
    members: fc.tuple(
      ...names.map((name) =>
        (MEMBERS[name] ?? fc.constant('null')).map((value) => [name, value] as const),
      ),
    ),
  });

/** How a writer of lines lays them out. */
const LAYOUTS: readonly ((emitted: string, data: string) => string)[] = [
  (emitted, data) =>
    `{"type":"RECORD","record":{"stream":"tags","emitted_at":${emitted},"data":${data}}}`,
  (emitted, data) =>
    `{"type": "RECORD", "record": {"stream": "tags", "data": ${data}, "emitted_at": ${emitted}}}`,
  (emitted, data) =>
    `{"record":{"namespace":null,"emitted_at":${emitted},"data":${data},"stream":"tags"},"type":"RECORD"}`,
];

const STRANGERS = [
  '{"type":"RECORD","record":{"stream":"other","emitted_at":1,"data":{}}}',
  '{"type":"STATE","state":{"type":"STREAM"}}',
  'a line of text',
  '',
  '{"type":"RECORD","record":{"stream":"tags","emitted_at":1772431200000,"data":{},"meta":{"changes":[{"field":"tag","change":"NULLED","reason":"SOURCE_RETRIEVAL_ERROR"}]}}}',
  '{"type":"RECORD","record":{"stream":"tags","namespace":"n","emitted_at":1,"data":{}}}',
  '{"type":"RECORD","type":"STATE","record":{"stream":"tags","emitted_at":1,"data":{}}}',
];

/** What may happen to the line of a writer, as bytes. */
type Mutation = (line: Buffer, at: number) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  (line, at) => line.subarray(0, at),
  (line, at) => Buffer.concat([line.subarray(0, at), line.subarray(at + 1)]),
  (line, at) => withByte(line, at, 0x20),
  (line, at) => withByte(line, at, 0xff),
  (line, at) => withByte(line, at, 0x00),
  (line, at) => withByte(line, at, 0x5c),
  (line, at) => withByte(line, at, 0x22),
  (line, at) => withByte(line, at, 0x30 + (at % 10)),
  (line, at) => withByte(line, at, 0x61 + (at % 26)),
  (line) => replaced(line, /"data": ?\{/, '$&"unknown":1,'),
  (line) => replaced(line, /"data": ?\{/, '$&"tag":"twice",'),
  (line) => replaced(line, /"data": ?\{/, '$&"_airbyte_raw_id":"x",'),
  (line) => replaced(line, /,/g, ' , '),
  (line) => replaced(line, /:/g, ':\t'),
  (line) => replaced(line, /$/, '  '),
  (line) => replaced(line, /$/, '\r'),
  (line) => replaced(line, /"tag"/, '"t\\u0061g"'),
  (line) => replaced(line, /"record"/, '"state":null,"record"'),
];

function withByte(line: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(line);
  if (at < changed.length && byte !== 0x0a) changed[at] = byte;
  return changed;
}

function replaced(line: Buffer, what: RegExp, by: string): Buffer {
  return Buffer.from(line.toString('utf8').replace(what, by));
}

const NAMES = Object.keys(MEMBERS);

const plainLine = (names: readonly string[], layout: number): fc.Arbitrary<Buffer> =>
  sent(names).map(({emitted, members}) => {
    const data = members.map(([name, value]) => `${JSON.stringify(name)}:${value}`);
    return Buffer.from(LAYOUTS[layout]?.(emitted, `{${data.join(',')}}`) ?? '');
  });

const line = (names: readonly string[], layout: number): fc.Arbitrary<Buffer> =>
  fc.oneof(
    {weight: 20, arbitrary: plainLine(names, layout)},
    {
      weight: 2,
      arbitrary: fc
        .tuple(plainLine(names, layout), fc.nat(400), fc.constantFrom(...MUTATIONS))
        .map(([whole, at, mutation]) => mutation(whole, at % (whole.length + 1))),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...STRANGERS).map((text) => Buffer.from(text)),
    },
    {
      weight: 1,
      arbitrary: fc
        .shuffledSubarray(NAMES)
        .chain((some) => plainLine(some, (layout + 1) % LAYOUTS.length)),
    },
  );

/** How often a line comes in a row: a long row of lines alike is a case of its own. */
const TIMES_IN_A_ROW = fc.oneof(
  {weight: 4, arbitrary: fc.integer({min: 1, max: 3})},
  {weight: 1, arbitrary: fc.constant(20)},
);

/**
 * Lines of one writer: mostly alike, some of them odd, torn or of somebody else. Some
 * repeat the one before, as constant values do, and some come again later, as flags do.
 */
export const LINES: fc.Arbitrary<Lines> = fc
  .tuple(fc.subarray(NAMES, {minLength: 1}), fc.nat(LAYOUTS.length - 1))
  .chain(([names, layout]) =>
    fc.tuple(
      fc.array(line(names, layout), {minLength: 1, maxLength: 12}),
      fc.array(fc.tuple(fc.nat(11), TIMES_IN_A_ROW), {minLength: 1, maxLength: 16}),
    ),
  )
  .map(([lines, turns]) =>
    turns.flatMap(([which, times]) =>
      Array.from({length: times}, () => lines[which % lines.length] ?? Buffer.alloc(0)),
    ),
  );
