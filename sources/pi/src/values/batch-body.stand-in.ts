import fc from 'fast-check';

/*
 * Texts of answers as PI Web API may write them and as it never would, for holding
 * readers against each other.
 */

const USUAL_FLAGS = [
  ['Good', 'true'],
  ['Questionable', 'false'],
  ['Substituted', 'false'],
  ['Annotated', 'false'],
] as const;

const digits = fc.stringMatching(/^[0-9]{1,18}$/);
const fraction = fc.oneof(
  fc.constant(''),
  digits.map((text) => `.${text}`),
);
const sign = fc.constantFrom('', '', '-');
const exponent = fc.constantFrom('', '', '', '', 'e5', 'E-7', 'E+400');
const wholes = fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9][0-9]{0,17}$/));

/** Numbers of every shape, some of which JSON does not know. */
const number = fc.oneof(
  {weight: 4, arbitrary: fc.double({noNaN: true, min: -1e6, max: 1e6}).map(String)},
  {weight: 2, arbitrary: fc.float({noNaN: true, min: -1e6, max: 1e6}).map(String)},
  {weight: 2, arbitrary: fc.double({noNaN: true, noDefaultInfinity: true}).map(String)},
  {weight: 3, arbitrary: fc.integer({min: -9999, max: 9999}).map((n) => `${n / 100}`)},
  {weight: 2, arbitrary: fc.tuple(sign, wholes, fraction, exponent).map(joined)},
  fc.constantFrom(
    ...['0', '-0', '0.0', '-0.0', '1.0', '23.50', '1E5', '1e400', '-1e400', '0.1e-7'],
    ...['0.000001', '0.0000001', '-0.00000010', '0.00000012', '0.0000019', '1e21'],
    ...['9007199254740993', '123456789012345678901234567890', '0.30000000000000004'],
    ...['999999999999999', '1000000000000000.1', '100000000000000000000'],
    ...['9007199254740992.5', '1.0000000000000001', '12345678.9012345678'],
  ),
);

const states = fc.constantFrom(
  '{"Name":"On","Value":1,"IsSystem":false}',
  '{"Name":"Off","Value":0,"IsSystem":false}',
  '{"Name":"Bad Input","Value":255,"IsSystem":true}',
  '{"Name":"No Data","Value":248,"IsSystem":true}',
  '{"Name":"Läuft \\u00e9","Value":2}',
  '{"Errors":["No."]}',
);

/** What no reader can write, or what is no JSON. */
const broken = fc.constantFrom(
  ...['{"Colour":"red"}', '{}', 'nul', '01', '00.5', '1.', '.5', '+1', '-', '1e', '{'],
);

const text = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 12}).map((value) => JSON.stringify(value)),
  fc.constantFrom('"NaN"', '"-Infinity"', '"2026-03-02T06:00:00Z"', '"a\\"},{b"'),
);

const sound = fc.oneof(
  {weight: 9, arbitrary: number},
  {weight: 2, arbitrary: states},
  {weight: 2, arbitrary: text},
  fc.constantFrom('null', 'true', 'false', '[1,2,[3]]', '[]', '[300,"x"]', '[65]'),
);

const value = fc.oneof({weight: 150, arbitrary: sound}, broken);

const usualDecimals = fc.oneof(
  {weight: 4, arbitrary: fc.stringMatching(/^[0-9]{7}$/).map((all) => `.${all}`)},
  {weight: 2, arbitrary: fc.stringMatching(/^[0-9]{1,7}$/).map((all) => `.${all}`)},
  {weight: 2, arbitrary: fc.constant('')},
);

const decimals = fc.oneof(
  {weight: 150, arbitrary: usualDecimals},
  fc.constantFrom('.', '.12345678', '.5 ', '.1a', '\\u002e5'),
);

/** Seconds of a day, to be sorted, and how PI may write them. */
const instant = fc.record({
  second: fc.oneof(fc.nat(3), fc.nat(86_399)),
  decimals,
  zone: fc.constantFrom(...Array<string>(150).fill('Z'), '+01:00', '', 'z', '\\u005a'),
  date: fc.constantFrom(
    ...Array<string>(150).fill('2026-03-02'),
    '2026-02-30',
    '0000-00-00',
  ),
});

const unit = fc.constantFrom('""', '""', '"degC"', '"m³/h"', '"\\u00b0F"', 'null', '5');
const flag = fc.constantFrom('true', 'false', 'false', 'false', 'null');
const errors = fc.constantFrom(
  'null',
  '[]',
  '["No."]',
  '[{"Message":["a","b"]}]',
  '"x"',
);
const space = fc.constantFrom('', '', '', '', '', ' ', '\r\n\t');

const usual = fc.record({
  instant,
  value,
  unit,
  good: fc.constantFrom('true', 'true', 'false'),
});
const odd = fc.record({
  usual,
  flags: fc.array(fc.tuple(fc.constantFrom('Good', 'Annotated', 'Substituted'), flag)),
  errors: fc.option(errors),
  more: fc.constantFrom<readonly string[]>(
    [],
    [],
    ['Value', '1'],
    ['Timestamp', '"x"'],
    ['__proto__', '{"Good":false}'],
    ['Und\\u0065r', '{}'],
  ),
  order: fc.nat(5),
  space,
  isBare: fc.boolean(),
});

interface Timed {
  /** Sorts like the timestamp. */
  readonly time: string;
  readonly text: string;
}

const event: fc.Arbitrary<Timed> = fc.oneof(
  {
    weight: 8,
    arbitrary: usual.map((one) => ({
      time: timeOf(one.instant),
      text: objectOf(membersOf(one), ''),
    })),
  },
  {
    weight: 1,
    arbitrary: odd.map((one) => ({
      time: timeOf(one.usual.instant),
      text: objectOf(oddMembers(one), one.space),
    })),
  },
);

const rarely = fc.constantFrom(
  ...Array<string>(150).fill(''),
  'null',
  '5',
  '[]',
  '{',
  ',',
);

const items = fc
  .tuple(fc.array(event, {maxLength: 12}), fc.nat(9), rarely, space)
  .map(([events, luck, extra, gap]) => {
    const sorted = luck > 0 ? [...events].sort(inOrder) : events;
    const texts = sorted.map((one) => one.text);
    const all = extra === '' ? texts : [...texts, extra];
    return `[${gap}${all.join(`,${gap}`)}${gap}]`;
  });

const webException = fc.constantFrom(
  ...Array<string>(40).fill(''),
  '"WebException":{"StatusCode":502,"Errors":["x"]}',
  '"WebException":null',
  '"Errors":["No."]',
  '"Errors":[]',
);

const stream = fc
  .record({
    webId: fc.constantFrom('W1', 'W2', 'W3'),
    items,
    webException,
    isItemsFirst: fc.boolean(),
  })
  .map(({webId, items: list, webException: failure, isItemsFirst}) => {
    const members = [`"WebId":"${webId}"`, `"Items":${list}`];
    if (failure !== '') members.push(failure);
    return `{${(isItemsFirst ? members.reverse() : members).join(',')}}`;
  });

const contentName = fc.constantFrom(
  ...Array<string>(40).fill('Items'),
  'It\\u0065ms',
  'Other',
);

const content = fc
  .tuple(fc.array(stream, {maxLength: 3}), webException, contentName)
  .map(
    ([streams, failure, name]) =>
      `{${[`"${name}":[${streams.join(',')}]`, failure].filter((one) => one !== '').join(',')}}`,
  );

const part = fc.oneof(
  {
    weight: 8,
    arbitrary: content.map(
      (text) => `{"Status":200,"Headers":{"Content-Type":"x"},"Content":${text}}`,
    ),
  },
  fc.constantFrom(
    '{"Status":404,"Content":{"Errors":["a"]}}',
    '{"Status":429,"Headers":{"Retry-After":"7"},"Content":"Busy."}',
    'null',
    '{"Status":200,"Content":{"Items":{}}}',
    '{"Status":200,"Content":{"Items":[null]}}',
  ),
);

/** Whole answers to a batch of the requests `r0` and `r1`. */
export const wholeBody: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.array(part, {minLength: 1, maxLength: 2}),
    space,
    fc.constantFrom(...Array<string>(40).fill(''), 'x', '{}'),
  )
  .map(([parts, gap, end]) => {
    const members = parts.map((text, index) => `${gap}"r${index}"${gap}:${gap}${text}`);
    return Buffer.from(`{${members.join(',')}}${gap}${end}`);
  });

/** The same, some of them cut off or with a byte that is another one. */
export const anyBody: fc.Arbitrary<Buffer> = fc
  .tuple(wholeBody, fc.nat(9), fc.nat(1_000_000), fc.nat(255))
  .map(([body, kind, place, byte]) => {
    const at = place % body.length;
    if (kind === 0) return body.subarray(0, at);
    if (kind > 2) return body;
    const damaged = Buffer.from(body);
    damaged[at] = byte;
    return damaged;
  });

type Members = readonly (readonly [string, string])[];

interface Instant {
  readonly second: number;
  readonly decimals: string;
  readonly zone: string;
  readonly date: string;
}

interface Usual {
  readonly instant: Instant;
  readonly value: string;
  readonly unit: string;
  readonly good: string;
}

function timeOf({second, decimals: text}: Instant): string {
  return `${second}`.padStart(5, '0') + text.slice(1).padEnd(7, '0');
}

function inOrder(a: Timed, b: Timed): number {
  if (a.time === b.time) return 0;
  return a.time < b.time ? -1 : 1;
}

function membersOf({instant: time, value: ofEvent, unit: units, good}: Usual): Members {
  const clock = new Date(time.second * 1000).toISOString().slice(10, 19);
  return [
    ['Timestamp', `"${time.date}${clock}${time.decimals}${time.zone}"`],
    ['Value', ofEvent],
    ['UnitsAbbreviation', units],
    ['Good', good],
    ...USUAL_FLAGS.slice(1),
  ];
}

interface Odd {
  readonly usual: Usual;
  readonly flags: readonly (readonly [string, string])[];
  readonly errors: string | null;
  readonly more: readonly string[];
  readonly order: number;
  readonly isBare: boolean;
}

function oddMembers({
  usual: one,
  flags,
  errors: failed,
  more,
  order,
  isBare,
}: Odd): Members {
  const members = [...membersOf(one)].slice(0, isBare ? 2 : undefined);
  if (!isBare) members.push(...flags);
  if (failed !== null) members.push(['Errors', failed]);
  const [name, text] = more;
  if (name !== undefined && text !== undefined) members.push([name, text]);
  return [...members.slice(order), ...members.slice(0, order)];
}

function objectOf(members: Members, gap: string): string {
  const texts = members.map(([name, text]) => `${gap}"${name}"${gap}:${gap}${text}`);
  return `{${texts.join(',')}${gap}}`;
}

function joined(parts: readonly string[]): string {
  return parts.join('');
}
