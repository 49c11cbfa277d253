import {ConfigError, SystemError, TransientError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {HttpAnswer} from '../transport/http';
import {networkFailure} from '../transport/network-failure';
import {
  InstantClock,
  jsonAnswer,
  piHttpOver,
  ScriptedHttp,
} from './scripted-http.stand-in';

const Named = z.looseObject({Name: z.string()});
const QUERY = {path: ['points', 'I1DPx']};
const GOOD = jsonAnswer({Name: 'TI-101'});

describe('PiHttp.get', () => {
  it('hands out what was asked for, in the known shape', async () => {
    const {http, pi} = scripted([GOOD]);

    await expect(pi.get({...QUERY, query: {a: 'b c'}}, Named)).resolves.toEqual({
      Name: 'TI-101',
    });
    expect(http.requests).toEqual([{method: 'GET', path: 'points/I1DPx?a=b%20c'}]);
  });

  it('asks for fresh metadata only where it is told to', async () => {
    const {http, pi} = scripted([GOOD]);

    await pi.get({...QUERY, fresh: true}, Named);

    expect(http.requests[0]?.headers).toEqual({'Cache-Control': 'no-cache'});
  });

  it.each([
    ['a busy server', jsonAnswer({Message: 'x'}, 503)],
    ['too many requests', jsonAnswer('Rate limit was reached', 429)],
    ['a failure noted inside a 200', jsonAnswer({WebException: {StatusCode: 502}})],
    ['a text that is not whole', {...GOOD, body: Buffer.from('{"Name":"TI')}],
  ])('tries again after %s', async (_, bad) => {
    const {http, pi} = scripted([bad, GOOD]);

    await expect(pi.get(QUERY, Named)).resolves.toEqual({Name: 'TI-101'});
    expect(http.requests).toHaveLength(2);
  });

  it('tries again after a broken connection', async () => {
    const {pi} = scripted([
      networkFailure({code: 'ECONNRESET', text: '', host: 'pi.test'}),
      GOOD,
    ]);

    await expect(pi.get(QUERY, Named)).resolves.toEqual({Name: 'TI-101'});
  });

  it.each([
    [401, ConfigError],
    [403, ConfigError],
    [404, ConfigError],
    [400, SystemError],
    [418, SystemError],
  ])('does not ask again after a %d', async (status, errorClass) => {
    const {http, pi} = scripted([jsonAnswer({Errors: ['No.']}, status)]);

    const failure = pi.get(QUERY, Named);

    await expect(failure).rejects.toBeInstanceOf(errorClass);
    await expect(failure).rejects.toMatchObject({
      details: {status, said: 'No.', path: 'points/I1DPx'},
    });
    expect(http.requests).toHaveLength(1);
  });

  it('does not ask again where a certificate is at fault', async () => {
    const {http, pi} = scripted([
      networkFailure({code: 'CERT_HAS_EXPIRED', text: '', host: 'pi.test'}),
    ]);

    await expect(pi.get(QUERY, Named)).rejects.toBeInstanceOf(ConfigError);
    expect(http.requests).toHaveLength(1);
  });

  it('gives up in the end, sooner where asking for less may help', async () => {
    const busy = scripted([jsonAnswer({}, 503)]);
    const failing = scripted([jsonAnswer({}, 500)]);

    await expect(busy.pi.get(QUERY, Named)).rejects.toBeInstanceOf(TransientError);
    await expect(failing.pi.get(QUERY, Named)).rejects.toBeInstanceOf(TransientError);

    expect(busy.http.requests).toHaveLength(6);
    expect(failing.http.requests).toHaveLength(3);
  });

  it('waits as long as the server asks for and tells of it', async () => {
    const told: string[] = [];
    const clock = new InstantClock();
    const http = new ScriptedHttp((_, at) =>
      at === 0 ? jsonAnswer('Rate limit was reached', 429, {'retry-after': '7'}) : GOOD,
    );
    const rateLimit = {
      waiting: (untilMs: number) => told.push(`waiting ${untilMs - clock.nowMs()}`),
      resumed: () => told.push('resumed'),
    };

    await piHttpOver(http, {clock, rateLimit}).get(QUERY, Named);

    expect(clock.sleptMs).toEqual([7500]);
    expect(told).toEqual(['waiting 7500', 'resumed']);
  });

  it('remembers the limit that a refusal tells', async () => {
    const {pi} = scripted([
      jsonAnswer(
        {Errors: ["Parameter 'maxCount' is greater than the maximum allowed (5000)."]},
        400,
      ),
    ]);

    expect(pi.maxCountLimit).toBe(150_000);
    await expect(pi.get(QUERY, Named)).rejects.toBeInstanceOf(SystemError);
    expect(pi.maxCountLimit).toBe(5000);
  });

  it('refuses an answer of another shape, and says where', async () => {
    const {pi} = scripted([jsonAnswer({Name: 5})]);

    await expect(pi.get(QUERY, Named)).rejects.toMatchObject({
      failureType: 'system_error',
      details: {issue: expect.stringContaining('Name')},
    });
  });

  it('knows the server clock by the latest answer', async () => {
    const date = {date: 'Mon, 02 Mar 2026 06:00:08 GMT'};
    const {pi} = scripted([jsonAnswer({Name: 'a'}, 200, date)]);

    await pi.get(QUERY, Named);

    expect(pi.serverDateMs).toBe(Date.parse('2026-03-02T06:00:08Z'));
  });
});

describe('PiHttp.backoff', () => {
  it('tells of a 429 inside an answer as of any other', async () => {
    const told: string[] = [];
    const clock = new InstantClock();
    const rateLimit = {
      waiting: () => told.push('waiting'),
      resumed: () => told.push('resumed'),
    };
    const pi = piHttpOver(new ScriptedHttp(() => GOOD), {clock, rateLimit});

    await pi.backoff(1, {status: 429, askedMs: 3000});

    expect(clock.sleptMs).toEqual([3500]);
    expect(told).toEqual(['waiting', 'resumed']);
  });
});

describe('PiHttp.batch', () => {
  it('hands out the bytes as they came', async () => {
    const body = Buffer.from('{"a":{"Status":200,"Content":{}}}');
    const {http, pi} = scripted([{status: 207, headers: {}, body}]);

    await expect(pi.batch('{"a":{}}')).resolves.toBe(body);
    expect(http.requests).toEqual([{method: 'POST', path: 'batch', body: '{"a":{}}'}]);
  });

  it('learns the limit from a failed sub-request', async () => {
    const refusal = {
      Status: 400,
      Content: {Errors: ['x is greater than the maximum allowed (1000).']},
    };
    const {pi} = scripted([jsonAnswer({a: refusal}, 207)]);

    await pi.batch('{}');

    expect(pi.maxCountLimit).toBe(1000);
  });

  it('tries again when the answer broke off', async () => {
    const cut = {status: 207, headers: {}, body: Buffer.from('{"a":{"Status":200')};
    const {http, pi} = scripted([cut, jsonAnswer({a: {Status: 200}}, 207)]);

    await pi.batch('{}');

    expect(http.requests).toHaveLength(2);
  });
});

/** Answers one after the other; the last one again and again. */
function scripted(answers: readonly (HttpAnswer | Error)[]): {
  http: ScriptedHttp;
  pi: ReturnType<typeof piHttpOver>;
} {
  const http = new ScriptedHttp((_, at) => {
    const answer = answers[Math.min(at, answers.length - 1)]!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return {http, pi: piHttpOver(http)};
}
