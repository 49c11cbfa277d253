import fc from 'fast-check';

import type {HttpAnswer} from '../transport/http';
import {judge, judgeBatch, saidIn} from './answer';

const JSON_TYPE = {'content-type': 'application/json; charset=utf-8'};

describe('judge', () => {
  it('hands on what a good answer holds', () => {
    expect(judge(answer(200, '{"Items":[]}'))).toEqual({ok: true, value: {Items: []}});
  });

  it('counts a WebException inside a 200 as its status', () => {
    const body =
      '{"Items":[],"WebException":{"StatusCode":502,"Errors":["Archive away."]}}';

    expect(judge(answer(200, body))).toEqual({
      ok: false,
      refusal: {status: 502, said: 'Archive away.'},
    });
  });

  it('takes a cut text for a failure that passes, wherever it is cut', () => {
    const whole = JSON.stringify({Items: [{Name: 'a', Id: 1}], Links: {}});
    fc.assert(
      fc.property(fc.integer({min: 0, max: whole.length - 1}), (length) => {
        expect(judge(answer(200, whole.slice(0, length)))).toMatchObject({
          ok: false,
          refusal: {status: 502},
        });
      }),
      {seed: 1},
    );
  });

  it('names a page that was sent instead of JSON', () => {
    const page = '<html><head><title>Sign in to the proxy</title></head></html>';

    expect(judge(answer(200, page, {'content-type': 'text/html'}))).toEqual({
      ok: false,
      refusal: {
        status: 415,
        said: 'A web page was sent instead of JSON: Sign in to the proxy',
      },
    });
  });

  it.each([
    ['{"Errors":["One.","Two."]}', 'One. Two.'],
    [
      '{"Message":"Authorization has been denied for this request."}',
      'Authorization has been denied for this request.',
    ],
    ['"Rate limit was reached"', 'Rate limit was reached'],
    ['Rate limit', 'Rate limit'],
    ['', ''],
  ])('reads what PI says in %p', (body, said) => {
    expect(judge(answer(429, body))).toEqual({ok: false, refusal: {status: 429, said}});
  });
});

describe('judgeBatch', () => {
  it('lets a whole answer pass, also with a failed sub-request inside', () => {
    const body =
      '{"a":{"Status":200,"Headers":{},"Content":{"Items":[],"WebException":{"StatusCode":500,"Errors":["x"]}}}}';

    expect(judgeBatch(answer(207, body))).toBeUndefined();
  });

  it('notices that the whole answer broke off', () => {
    expect(judgeBatch(answer(207, '{"a":{"Status":200,"Content":{"Ite'))).toMatchObject(
      {
        status: 502,
      },
    );
  });

  it('counts a WebException of the whole answer as its status', () => {
    const body =
      '{"a":{"Status":200},"WebException":{"StatusCode":503,"Errors":["gone"]}}';

    expect(judgeBatch(answer(207, body))).toMatchObject({status: 503});
  });

  it('hands on a refusal of the whole batch', () => {
    expect(judgeBatch(answer(413, '{"Message":"Too large."}'))).toEqual({
      status: 413,
      said: 'Too large.',
    });
  });
});

describe('saidIn', () => {
  it('is a short single line for every content', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        const said = saidIn(content);

        expect(said.length).toBeLessThanOrEqual(301);
        expect(said).not.toContain('\n');
      }),
      {seed: 1},
    );
  });
});

function answer(
  status: number,
  body: string,
  headers: Record<string, string> = JSON_TYPE,
): HttpAnswer {
  return {status, headers, body: Buffer.from(body)};
}
