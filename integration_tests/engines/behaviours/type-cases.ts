/** What becomes of a value: stored as this text, or also told as a change. */
export interface TypeCase {
  readonly member: string;
  /** The value as it stands in the line. */
  readonly json: string;
  readonly stored: string | null;
  readonly change?: 'NULLED' | 'TRUNCATED';
}

const TEXT = {type: ['null', 'string']};

/** A member for every type of Airbyte. */
export const EVERY_TYPE = {
  id: {type: 'integer'},
  flag: {type: ['null', 'boolean']},
  whole: {type: ['null', 'integer']},
  whole_too: {type: ['null', 'number'], airbyte_type: 'integer'},
  number: {type: ['null', 'number']},
  text: TEXT,
  binary: {...TEXT, contentEncoding: 'base64'},
  day: {...TEXT, format: 'date'},
  instant: {...TEXT, format: 'date-time', airbyte_type: 'timestamp_with_timezone'},
  plain_instant: {...TEXT, format: 'date-time'},
  local: {...TEXT, format: 'date-time', airbyte_type: 'timestamp_without_timezone'},
  clock: {...TEXT, format: 'time', airbyte_type: 'time_without_timezone'},
  clock_in_zone: {...TEXT, format: 'time', airbyte_type: 'time_with_timezone'},
  nested: {type: ['null', 'object'], properties: {a: {type: 'integer'}}},
  list: {type: ['null', 'array'], items: {type: 'number'}},
  either: {oneOf: [{type: 'string'}, {type: 'integer'}]},
  number_either: {type: ['null', 'integer', 'number']},
  unknown: {},
} as const;

/** The columns that these members get. */
export const EVERY_COLUMN = [
  'id bigint',
  'flag boolean',
  'whole bigint',
  'whole_too bigint',
  'number double',
  'text string',
  'binary string',
  'day date',
  'instant timestamp',
  'plain_instant timestamp',
  'local timestamp_ntz',
  'clock string',
  'clock_in_zone string',
  'nested string',
  'list string',
  'either string',
  'number_either double',
  'unknown string',
];

type Pairs = readonly (readonly [json: string, stored: string | null])[];

function fits(member: string, pairs: Pairs): TypeCase[] {
  return pairs.map(([json, stored]) => ({member, json, stored}));
}

function asSent(member: string, texts: readonly string[]): TypeCase[] {
  return fits(
    member,
    texts.map((text) => [text, text]),
  );
}

function sameText(texts: readonly string[]): TypeCase[] {
  return fits(
    'text',
    texts.map((text) => [JSON.stringify(text), text]),
  );
}

function nulled(member: string, texts: readonly string[]): TypeCase[] {
  return texts.map((json) => ({member, json, stored: null, change: 'NULLED'}));
}

const DIGITS_38 = '12345678901234567890123456789012345678';

const NUMBERS: readonly TypeCase[] = [
  ...fits('flag', [
    ['true', 'true'],
    ['false', 'false'],
    ['"true"', 'true'],
    ['null', null],
  ]),
  ...nulled('flag', ['1', '0', '"yes"', '[]']),
  ...fits('whole', [
    ['0', '0'],
    ['-0', '0'],
    ['5.0', '5'],
    ['"42"', '42'],
    ['9007199254740991', '9007199254740991'],
    ['9007199254740993', '9007199254740993'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
  ]),
  ...nulled('whole', [
    ...['9223372036854775808', '-9223372036854775809', DIGITS_38],
    ...['7.5', '"x"', '""', 'true', '{"n":1}'],
  ]),
  ...fits('whole_too', [['9223372036854775807', '9223372036854775807']]),
  ...fits('number', [
    ['1.5', '1.5'],
    ['0', '0'],
    ['-0.0', '-0'],
    ['1e-308', '1e-308'],
    ['5e-324', '5e-324'],
    ['1.7976931348623157e308', '1.7976931348623157e+308'],
    ['0.1', '0.1'],
    ['0.30000000000000004', '0.30000000000000004'],
    [DIGITS_38, '1.2345678901234568e+37'],
    ['"0.125"', '0.125'],
    ['"NaN"', 'NaN'],
    ['"Infinity"', 'Infinity'],
    ['"-Infinity"', '-Infinity'],
  ]),
  ...nulled('number', ['1e400', '"many"', '""', 'false', '[1]', '{"value":1}']),
  ...fits('number_either', [
    ['1', '1'],
    ['1.25', '1.25'],
  ]),
];

const TEXTS: readonly TypeCase[] = [
  ...sameText(['', ' ', 'null', 'NULL', '\\N', '\t\r\n', 'a\0b', '\0', '"', "'", '`']),
  ...sameText(['\\', '\\\\', '\\n', "\\'", '%_', '$1', '{{x}}', ':p', '?', '--', ';']),
  ...sameText([
    'é\u0301',
    'e\u0301',
    '\u202eabc',
    '\u2028',
    '\ufeffbom',
    '\ufffe',
    '\x7f',
  ]),
  ...sameText(['你', '🧪', '𠀋', '\u{10fffd}', '👩‍👩‍👧‍👦', 'x'.repeat(100_000)]),
  ...fits('text', [
    [DIGITS_38, DIGITS_38],
    ['1.10', '1.10'],
    ['true', 'true'],
    ['{"b":1, "a":2}', '{"b":1, "a":2}'],
    ['null', null],
  ]),
  {member: 'text', json: '"a\\ud83eb"', stored: 'a\ufffdb', change: 'TRUNCATED'},
  {member: 'text', json: '"\\udc00"', stored: '\ufffd', change: 'TRUNCATED'},
  ...fits('binary', [['"AP8="', 'AP8=']]),
  ...fits('clock', [['"23:59:59.123456"', '23:59:59.123456']]),
  ...fits('clock_in_zone', [['"23:59:60+02:00"', '23:59:60+02:00']]),
];

const TIMES: readonly TypeCase[] = [
  ...fits('day', [
    ['"2024-02-29"', '2024-02-29'],
    ['"0001-01-01"', '0001-01-01'],
    ['"1582-10-04"', '1582-10-04'],
    ['"1582-10-10"', '1582-10-10'],
    ['"1582-10-15"', '1582-10-15'],
    ['"9999-12-31"', '9999-12-31'],
    ['"2026-03-29T00:00:00Z"', '2026-03-29'],
  ]),
  ...nulled('day', [
    ...[
      '"2023-02-29"',
      '"10000-01-01"',
      '"0000-12-31"',
      '"-0044-03-15"',
      '"yesterday"',
    ],
    ...['20240229', '"2026-03-29T01:00:00Z"'],
  ]),
  ...fits('instant', [
    ['"2026-03-02T06:00:00.1234567Z"', '2026-03-02T06:00:00.123456Z'],
    ['"1969-12-31T23:59:59.9999999Z"', '1969-12-31T23:59:59.999999Z'],
    ['"0001-01-01T00:00:00Z"', '0001-01-01T00:00:00.000000Z'],
    ['"1500-03-01T00:00:00Z"', '1500-03-01T00:00:00.000000Z'],
    ['"1582-10-04T23:59:59Z"', '1582-10-04T23:59:59.000000Z'],
    ['"1582-10-10T12:00:00Z"', '1582-10-10T12:00:00.000000Z'],
    ['"1582-10-15T00:00:00Z"', '1582-10-15T00:00:00.000000Z'],
    ['"1883-11-18T12:03:58-04:56"', '1883-11-18T16:59:58.000000Z'],
    ['"9999-12-31T23:59:59.999999Z"', '9999-12-31T23:59:59.999999Z'],
    ['"9999-12-31T23:59:59.9999999Z"', '9999-12-31T23:59:59.999999Z'],
    ['"2026-03-29T02:30:00+01:00"', '2026-03-29T01:30:00.000000Z'],
    ['"2026-10-25T02:30:00+02:00"', '2026-10-25T00:30:00.000000Z'],
    ['"2026-10-25T02:30:00+01:00"', '2026-10-25T01:30:00.000000Z'],
    ['"2026-01-01T00:00:00+14:00"', '2025-12-31T10:00:00.000000Z'],
    ['"2026-01-01T00:00:00-0930"', '2026-01-01T09:30:00.000000Z'],
    ['"2026-03-02 06:00:00"', '2026-03-02T06:00:00.000000Z'],
    ['"2026-03-02T06:00"', '2026-03-02T06:00:00.000000Z'],
    ['"2026-03-02"', '2026-03-02T00:00:00.000000Z'],
  ]),
  ...nulled('instant', [
    ...['"10000-01-01T00:00:00Z"', '"0000-12-31T23:59:59Z"', '"-0001-01-01T00:00:00Z"'],
    ...['"0001-01-01T00:00:00+01:00"', '"9999-12-31T23:59:59-01:00"'],
    ...['"2016-12-31T23:59:60Z"', '"2026-01-01T24:00:00Z"', '"2026-02-30T00:00:00Z"'],
    ...['"soon"', '""', '1767225600'],
  ]),
  ...fits('plain_instant', [
    ['"2026-03-02T06:00:00-02:00"', '2026-03-02T08:00:00.000000Z'],
  ]),
  ...fits('local', [
    ['"2026-03-29T02:30:00"', '2026-03-29T02:30:00.000000'],
    ['"0001-01-01T00:00:00"', '0001-01-01T00:00:00.000000'],
    ['"1582-10-10T00:00:00.5"', '1582-10-10T00:00:00.500000'],
    ['"9999-12-31T23:59:59.999999"', '9999-12-31T23:59:59.999999'],
  ]),
  ...nulled('local', ['"2026-13-01T00:00:00"', '"0000-01-01T00:00:00"']),
];

const NESTED: readonly TypeCase[] = [
  ...asSent('nested', [
    '{"b": 1,"a":[null,{"c":""}]}',
    `{"n":${DIGITS_38},"m":0.10,"e":1E5}`,
    '{"a":1,"a":2}',
    '{}',
    '3',
    '"text"',
  ]),
  ...asSent('list', [
    '[]',
    '["🧪",1.50,null]',
    '[9007199254740993]',
    '{"not":"a list"}',
  ]),
  ...fits('list', [['null', null]]),
  ...asSent('either', ['"5"', '5', 'true']),
  ...asSent('unknown', ['-0.0', '"x"', '[1, 2]']),
];

/** Every case stands alone in a row of its own. */
export const TYPE_CASES: readonly TypeCase[] = [
  ...NUMBERS,
  ...TEXTS,
  ...TIMES,
  ...NESTED,
];

/** Numbers where columns for them keep decimals. */
export const DECIMAL_CASES: readonly TypeCase[] = [
  ...fits('number', [
    ['1.5', '1.500000000'],
    ['-0.0', '0.000000000'],
    ['0.000000001', '0.000000001'],
    ['1e-9', '0.000000001'],
    ['12345678901234567890123456789', '12345678901234567890123456789.000000000'],
    [
      '-99999999999999999999999999999.999999999',
      '-99999999999999999999999999999.999999999',
    ],
    ['"0.1"', '0.100000000'],
    ['9223372036854775808', '9223372036854775808.000000000'],
  ]),
  {member: 'number', json: '1e-308', stored: '0.000000000', change: 'TRUNCATED'},
  {member: 'number', json: '0.1234567894', stored: '0.123456789', change: 'TRUNCATED'},
  ...nulled('number', ['100000000000000000000000000000', '1e308', '"NaN"', DIGITS_38]),
];
