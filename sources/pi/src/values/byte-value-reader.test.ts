import fc from 'fast-check';

import type {Span} from '../sync/page-turn';
import {piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import type {SubRequest} from '../sync/slice-reading';
import {anyBody, wholeBody} from './batch-body.stand-in';
import {ByteValueReader} from './byte-value-reader';
import {LineBuffer} from './line-buffer';
import {plainValueReader} from './plain-value-reader';
import type {PointAnswer, SubAnswer, ValueReader} from './value-reader';

/** How many bodies the long properties hold both readers against each other with. */
const BODIES = Number(process.env['READER_BODIES'] ?? 2000);
const SEED = 20260302;
const LONG_MS = 3_600_000;
/** All about digits and signs, and some that no timestamp has. */
const OTHER_BYTES = [
  0,
  9,
  10,
  ...Buffer.from(' !"+,-./0123456789:;@TZaz|'),
  128,
  176,
  185,
  255,
];

const SPANS: readonly Span[] = [
  {
    from: at('0000-00-00T00:00:00Z'),
    to: at('9999-01-01T00:00:00Z'),
    deliveredAtFrom: 0,
  },
  {
    from: at('2026-03-02T00:00:05Z'),
    to: at('2026-03-02T12:00:00Z'),
    deliveredAtFrom: 1,
  },
];

describe('ByteValueReader', () => {
  it(
    'gives what the plain reader gives of any body, in memory of bodies before',
    () => {
      const reader = new ByteValueReader();
      fc.assert(
        fc.property(anyBody, (body) => {
          expect(told(reader, body)).toEqual(told(plainValueReader, body));
        }),
        {numRuns: BODIES, seed: SEED},
      );
    },
    LONG_MS,
  );

  it('gives what the plain reader gives of bodies that are in use at once', () => {
    const reader = new ByteValueReader();
    const some = fc.array(wholeBody, {minLength: 2, maxLength: 4});
    fc.assert(
      fc.property(some, some, (first, second) => {
        const early = first.map((body) => reader.open(body, REQUESTS));
        // Its memory is used again while that of the others is in use.
        reader.release(first[0]!);
        const late = second.map((body) => reader.open(body, REQUESTS));

        const bodies = [...first.slice(1), ...second];
        expect([...early.slice(1), ...late].map(toldOfAll)).toEqual(
          bodies.map((body) => told(plainValueReader, body)),
        );
        for (const body of bodies) reader.release(body);
      }),
      {numRuns: 100, seed: SEED},
    );
  });

  it('gives what the plain reader gives of a body that is cut off anywhere', () => {
    fc.assert(
      fc.property(wholeBody, (body) => {
        for (let length = 0; length < body.length; length += 1) {
          const part = body.subarray(0, length);
          expect(told(new ByteValueReader(), part)).toEqual(
            told(plainValueReader, part),
          );
        }
      }),
      {numRuns: 5, seed: SEED},
    );
  });

  it('gives what the plain reader gives of bodies whose lines fill many buffers', () => {
    const number = fc.double({noNaN: true, noDefaultInfinity: true});
    const values = fc.array(number, {minLength: 600, maxLength: 600});
    fc.assert(
      fc.property(values, (numbers) => {
        const body = bodyOf(
          numbers.map((value, second) => eventText(second, `${value}`)),
        );

        expect(told(new ByteValueReader(), body)).toEqual(told(plainValueReader, body));
      }),
      {numRuns: 5, seed: SEED},
    );
  });

  it('gives what the plain reader gives where any byte of an event is another one', () => {
    const events = ['1.5', '22.25', '3'].map((value, second) =>
      eventText(second, value).replace('Z', '4567Z'),
    );
    const body = bodyOf(events);
    const start = body.indexOf(events[1] ?? '');
    for (let at = start; at < start + 70; at += 1) {
      for (const byte of OTHER_BYTES) {
        const damaged = Buffer.from(body);
        damaged[at] = byte;

        expect([at, byte, told(new ByteValueReader(), damaged)]).toEqual([
          at,
          byte,
          told(plainValueReader, damaged),
        ]);
      }
    }
  });

  it('copies the text of numbers and parses what is none', () => {
    const reader = new ByteValueReader();
    const values = ['71.25', '-3', '23.0', '0.30000000000000004', '1E5', '"On"', '-0'];

    reader.open(
      bodyOf(values.map((value, second) => eventText(second, value))),
      REQUESTS,
    );

    expect(reader).toMatchObject({copied: 4, parsed: 3, leftToPlain: 0});
  });

  it('goes back to copying behind an event that it had to parse', () => {
    const reader = new ByteValueReader();
    const odd = '{ "Value": 1, "Timestamp": "2026-03-02T00:00:01Z" }';

    reader.open(bodyOf([eventText(0, '1'), odd, eventText(2, '3')]), REQUESTS);

    expect(reader).toMatchObject({copied: 2, parsed: 1, leftToPlain: 0});
  });

  it('copies also what begins before the end of the point before it', () => {
    const reader = new ByteValueReader();
    const streams = ['W1', 'W2'].map(
      (webId) =>
        `{"WebId":"${webId}","Items":[${eventText(0, '1')},${eventText(1, '2')}]}`,
    );
    const content = `{"Items":[${streams.join(',')}]}`;

    reader.open(Buffer.from(`{"r0":{"Status":200,"Content":${content}}}`), REQUESTS);

    expect(reader).toMatchObject({copied: 4, parsed: 0});
  });

  it('takes a lone No Data, which PI makes up, for nothing', () => {
    const noData = '{"Name":"No Data","Value":248,"IsSystem":true}';
    const text = bodyOf([eventText(0, noData)])
      .toString()
      .replace('"r0"', '"r1"');

    const answer = told(new ByteValueReader(), Buffer.from(text));

    expect(answer).toEqual(told(plainValueReader, Buffer.from(text)));
    expect(answer).toMatchObject([{}, ['r1', [['W1', {page: {returned: 0}}]]]]);
  });

  it('says how many answers it left to the plain reader', () => {
    const reader = new ByteValueReader();

    reader.open(Buffer.from('{"r0":{"Content":{"Items":[{"Items":[{]}'), REQUESTS);

    expect(reader).toMatchObject({copied: 0, parsed: 0, leftToPlain: 1});
  });
});

const REQUESTS: readonly SubRequest[] = [
  request('r0', 'Inside', ['Float32', 'String', 'Timestamp']),
  request('r1', 'Outside', ['Digital', 'Blob', 'Float64']),
];

function request(
  id: string,
  boundary: SubRequest['boundary'],
  types: readonly string[],
): SubRequest {
  const spans = types.map((pointType, index) => ({
    ...SPANS[0]!,
    point: {
      serverId: 's',
      pointId: index,
      webId: `W${index + 1}`,
      name: `Ünit.${pointType}`,
      pointType,
      units: index === 0 ? 'degC' : undefined,
      future: false,
    },
  }));
  return {id, boundary, maxCount: 1000, spans};
}

function at(text: string): PiTimestamp {
  return piTimestamp(text) ?? (text.replace('Z', '.0000000Z') as PiTimestamp);
}

function eventText(second: number, value: string): string {
  const time = new Date(Date.UTC(2026, 2, 2) + second * 500).toISOString();
  return `{"Timestamp":"${time}","Value":${value},"UnitsAbbreviation":"","Good":true}`;
}

function bodyOf(events: readonly string[]): Buffer {
  const stream = `{"WebId":"W1","Items":[${events.join(',')}]}`;
  return Buffer.from(`{"r0":{"Status":200,"Content":{"Items":[${stream}]}}}`);
}

/** All that a reader says of a body. */
function told(reader: ValueReader, body: Buffer): unknown {
  const all = toldOfAll(reader.open(body, REQUESTS));
  reader.release(body);
  return all;
}

function toldOfAll(answers: ReadonlyMap<string, SubAnswer>): unknown {
  return [...answers].map(([id, answer]) => {
    if (answer.kind === 'failed') return [id, answer];
    return [id, [...answer.streams].map(([webId, stream]) => [webId, toldOf(stream)])];
  });
}

function toldOf(answer: PointAnswer): unknown {
  if (answer.kind === 'defect') return answer;
  const {page, isNewestGood} = answer;
  const newest = SPANS.map(({to}) => answer.newestBefore(to));
  const written = SPANS.flatMap((span) =>
    [false, true].map((withoutNewest) => writtenBy(answer, span, withoutNewest)),
  );
  return {page, isNewestGood, newest, written};
}

function writtenBy(
  answer: Extract<PointAnswer, {kind: 'events'}>,
  span: Span,
  withoutNewest: boolean,
): unknown {
  let emptied = 0;
  // Full after some ten lines.
  const memory = (): Buffer => Buffer.allocUnsafe(18 * 1024);
  const lines = new LineBuffer({head: 'HEAD 0 ', tail: ' TAIL\n'}, memory);
  lines.append('before\n');
  const writing = answer.write(lines, span, {withoutNewest});
  let text = '';
  while (writing.next().done !== true) {
    text += lines.lines.toString();
    emptied += 1;
    lines.reset({head: `HEAD ${emptied} `, tail: ' TAIL\n'});
  }
  return {text: text + lines.lines.toString(), notGood: lines.notGood};
}
