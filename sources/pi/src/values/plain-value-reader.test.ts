import fc from 'fast-check';

import type {Span} from '../sync/page-turn';
import {piTimestamp, type PiTimestamp} from '../sync/pi-timestamp';
import type {PointSpan} from '../sync/queued-request';
import type {SubRequest} from '../sync/slice-reading';
import {plainValueReader} from './plain-value-reader';
import {LineBuffer} from './line-buffer';
import type {PointAnswer} from './value-reader';

const DAY = {
  from: at('2026-03-02T00:00:00Z'),
  to: at('2026-03-03T00:00:00Z'),
  deliveredAtFrom: 0,
};

describe('plainValueReader', () => {
  it('writes all members of an event, in one order', () => {
    const event = {
      Timestamp: '2026-03-02T06:15:04.28Z',
      Value: 71.25,
      UnitsAbbreviation: '',
      Good: true,
      Questionable: false,
      Substituted: false,
      Annotated: false,
    };

    expect(linesOf([event])).toEqual([
      'HEAD {"tag_webid":"W1","tag_name":"Unit1.TI-101",' +
        '"timestamp":"2026-03-02T06:15:04.2800000Z","sequence":0,"value":71.25,' +
        '"value_kind":"number","quality_good":true,"quality_questionable":false,' +
        '"quality_substituted":false,"quality_annotated":false,"units":"degC"} TAIL',
    ]);
  });

  it('puts errors first, even of a value that is said to be good', () => {
    const event = {
      Timestamp: '2026-03-02T06:00:00Z',
      Value: 5,
      Good: true,
      Errors: [{FieldName: 'Value', Message: ['PI Point not found.']}],
    };
    const readable = {Timestamp: '2026-03-02T06:00:01Z', Value: 6};

    expect(recordsOf([event, readable])[0]).toEqual({
      tag_webid: 'W1',
      tag_name: 'Unit1.TI-101',
      timestamp: '2026-03-02T06:00:00.0000000Z',
      sequence: 0,
      value_kind: 'error',
      quality_good: true,
      units: 'degC',
      error: 'PI Point not found.',
    });
  });

  it('takes a stream of nothing but errors as failed, lest its events be passed over', () => {
    const event = {Timestamp: '2026-03-02T06:00:00Z', Value: null, Errors: ['No.']};

    expect(answerOf([event])).toEqual({
      kind: 'defect',
      reason: 'value_errors',
      lasting: false,
    });
  });

  it('gives every timestamp seven decimals and numbers its ties', () => {
    const events = ['06:00:00Z', '06:00:00.0Z', '06:00:00.0000001Z', '06:00:00.5Z'];

    expect(
      recordsOf(events.map((time) => ({Timestamp: `2026-03-02T${time}`, Value: 1}))),
    ).toMatchObject([
      {timestamp: '2026-03-02T06:00:00.0000000Z', sequence: 0},
      {timestamp: '2026-03-02T06:00:00.0000000Z', sequence: 1},
      {timestamp: '2026-03-02T06:00:00.0000001Z', sequence: 0},
      {timestamp: '2026-03-02T06:00:00.5000000Z', sequence: 0},
    ]);
  });

  it('drops what lies outside a half-open span and what was delivered of its beginning', () => {
    const times = [
      '05:59:59.9999999Z',
      '06:00:00Z',
      '06:00:00Z',
      '06:00:00Z',
      '06:59:59.9999999Z',
      '07:00:00Z',
    ];
    const span = {
      from: at('2026-03-02T06:00:00Z'),
      to: at('2026-03-02T07:00:00Z'),
      deliveredAtFrom: 2,
    };
    const events = times.map((time) => ({Timestamp: `2026-03-02T${time}`, Value: 1}));

    expect(recordsOf(events, span)).toMatchObject([
      {timestamp: '2026-03-02T06:00:00.0000000Z', sequence: 2},
      {timestamp: '2026-03-02T06:59:59.9999999Z', sequence: 0},
    ]);
  });

  it('counts pages and ties, those left out included', () => {
    const events = ['06:00:00Z', '06:00:01Z', '06:00:01Z'];
    const answer = answerOf(
      events.map((time) => ({Timestamp: `2026-03-02T${time}`, Value: 1})),
    );

    expect(answer).toMatchObject({
      page: {returned: 3, last: '2026-03-02T06:00:01.0000000Z', atLast: 2},
    });
    expect(answerOf([])).toMatchObject({
      page: {returned: 0, last: undefined, atLast: 0},
    });
  });

  it('gives the same lines however often the buffer fills on the way', () => {
    const events = Array.from({length: 2000}, (_, second) => ({
      Timestamp: new Date(Date.UTC(2026, 2, 2) + second * 1000).toISOString(),
      Value: second,
    }));

    expect(
      recordsOf(events).map((record) => (record as {value: number}).value),
    ).toEqual(events.map(({Value}) => Value));
  });

  it('keeps each event in its place, whatever its decimals', () => {
    const fraction = fc.stringMatching(/^[0-9]{0,7}$/);
    fc.assert(
      fc.property(fc.array(fraction, {maxLength: 20}), (fractions) => {
        const wanted = fractions.map((digits) => digits.padEnd(7, '0')).sort();
        const events = wanted.map((digits) => {
          const trimmed = digits.replace(/0+$/, '');
          const text = trimmed === '' ? '' : `.${trimmed}`;
          return {Timestamp: `2026-03-02T06:00:00${text}Z`, Value: 1};
        });

        expect(recordsOf(events)).toMatchObject(
          wanted.map((digits) => ({timestamp: `2026-03-02T06:00:00.${digits}Z`})),
        );
      }),
    );
  });

  it.each<[string, string, unknown[]]>([
    ['events that go back in time', 'unordered', ['06:00:01Z', '06:00:00Z']],
    ['a descending fraction', 'unordered', ['06:00:00.5Z', '06:00:00Z']],
    ['a local time', 'bad_timestamp', ['06:00:00+01:00']],
    ['no time at all', 'bad_timestamp', ['soon']],
    ['too many decimals', 'bad_timestamp', ['06:00:00.12345678Z']],
  ])('refuses a stream with %s', (_, reason, times) => {
    const events = times.map((time) => ({
      Timestamp: `2026-03-02T${String(time)}`,
      Value: 1,
    }));

    expect(answerOf(events)).toEqual({kind: 'defect', reason, lasting: true});
  });

  it('refuses a stream with a value of a shape that it does not know', () => {
    const event = {Timestamp: '2026-03-02T06:00:00Z', Value: {Colour: 'red'}};

    expect(answerOf([event])).toEqual({
      kind: 'defect',
      reason: 'bad_value',
      lasting: true,
    });
  });

  it('finds streams by WebID and tells a missing one from an empty one', () => {
    const other = {WebId: 'W2', Items: []};
    const answers = open({r: {Status: 200, Content: {Items: [other]}}});

    expect(answers).toMatchObject({kind: 'streams', streams: new Map()});
  });

  it('refuses a stream with a value that is no object, and knows none in what is no stream', () => {
    expect(answerOf([{Timestamp: '2026-03-02T06:00:00Z', Value: 1}, null])).toEqual({
      kind: 'defect',
      reason: 'bad_timestamp',
      lasting: true,
    });
    expect(open({r: {Status: 200, Content: {Items: [null, 5]}}})).toEqual({
      kind: 'streams',
      streams: new Map(),
    });
  });

  it('takes a stream that failed by itself as failed', () => {
    const failed = [
      {WebId: 'W1', Errors: ['No.']},
      {WebId: 'W1', Items: [], WebException: {StatusCode: 500}},
      {WebId: 'W1'},
    ];

    for (const stream of failed) {
      const answer = open({r: {Status: 200, Content: {Items: [stream]}}});

      expect(answer).toMatchObject({
        streams: new Map([
          ['W1', {kind: 'defect', reason: 'stream_failed', lasting: false}],
        ]),
      });
    }
  });

  it.each<[string, unknown, number, string]>([
    ['errors', {Status: 404, Content: {Errors: ['a', 'b']}}, 404, 'a; b'],
    ['a message', {Status: 500, Content: {Message: 'It failed.'}}, 500, 'It failed.'],
    ['a bare text', {Status: 409, Content: 'Not done.'}, 409, 'Not done.'],
    [
      'an exception behind 200',
      {
        Status: 200,
        Content: {Items: [], WebException: {StatusCode: 502, Errors: ['x']}},
      },
      502,
      'x',
    ],
    [
      'an exception without status',
      {Status: 200, Content: {WebException: {}}},
      500,
      '',
    ],
    ['no streams', {Status: 200, Content: {}}, 500, 'The answer holds no streams.'],
    ['no status', {Content: {Items: []}}, 500, ''],
  ])('takes %s as a failure', (...[, answer, status, text]) => {
    expect(open({r: answer})).toMatchObject({kind: 'failed', status, text});
  });

  it('tells how long a busy server wants to be left alone', () => {
    const busy = {
      Status: 429,
      Headers: {'Retry-After': '7'},
      Content: 'Rate limit was reached.',
    };

    expect(open({r: busy})).toMatchObject({status: 429, retryAfterMs: 7000});
  });

  it('takes an answer that was cut off as a failure of everything in it', () => {
    const whole = JSON.stringify({r: {Status: 200, Content: {Items: []}}});
    fc.assert(
      fc.property(fc.nat({max: whole.length - 1}), (length) => {
        const answers = plainValueReader.open(Buffer.from(whole.slice(0, length)), [
          request(),
        ]);

        expect(answers.get('r')).toMatchObject({kind: 'failed', status: 500});
      }),
    );
  });

  it('takes an answer that is not there as a failure', () => {
    expect(open({})).toMatchObject({kind: 'failed', status: 500});
  });
});

function at(text: string): PiTimestamp {
  return piTimestamp(text)!;
}

function request(span: Span = DAY): SubRequest & {spans: [PointSpan]} {
  const point = {
    serverId: 's',
    pointId: 1,
    webId: 'W1',
    name: 'Unit1.TI-101',
    pointType: 'Float32',
    units: 'degC',
    future: false,
  };
  return {id: 'r', spans: [{...span, point}], maxCount: 1000, boundary: 'Inside'};
}

function open(body: unknown) {
  return plainValueReader.open(Buffer.from(JSON.stringify(body)), [request()]).get('r');
}

function answerOf(items: readonly unknown[]): PointAnswer | undefined {
  const answer = open({
    r: {Status: 200, Content: {Items: [{WebId: 'W1', Items: items}]}},
  });
  return answer?.kind === 'streams' ? answer.streams.get('W1') : undefined;
}

function linesOf(items: readonly unknown[], span: Span = DAY): string[] {
  const answer = answerOf(items);
  if (answer?.kind !== 'events') return [];
  const envelope = {head: 'HEAD ', tail: ' TAIL\n'};
  const buffer = new LineBuffer(envelope, () => Buffer.allocUnsafe(65_536));
  const writing = answer.write(buffer, span);
  let text = '';
  let records = 0;
  for (let isDone: boolean | undefined = false; isDone !== true;) {
    isDone = writing.next().done;
    text += buffer.lines.toString();
    records += buffer.records;
    buffer.reset(envelope);
  }
  const lines = text.split('\n').slice(0, -1);
  expect(lines).toHaveLength(records);
  return lines;
}

function recordsOf(items: readonly unknown[], span: Span = DAY): unknown[] {
  return linesOf(items, span).map((line) => JSON.parse(line.slice(5, -5)) as unknown);
}
