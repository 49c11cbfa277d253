import {TransientError} from 'airbyte-cdk-ts';
import {z} from 'zod';

import {batchGet} from './batch-get';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';

const Named = z.looseObject({Name: z.string()});

describe('batchGet', () => {
  it('asks by an object keyed by id, with absolute URLs', async () => {
    const http = new ScriptedHttp(() =>
      jsonAnswer({r0: {Status: 200, Content: {Name: 'a'}}}, 207),
    );

    await batchGet(piHttpOver(http), [item('x y')], Named);

    expect(JSON.parse(http.requests[0]?.body ?? '')).toEqual({
      r0: {Method: 'GET', Resource: 'https://pi.test/piwebapi/points/x%20y'},
    });
  });

  it('matches answers by id, whatever their order', async () => {
    const http = new ScriptedHttp(() =>
      jsonAnswer(
        {
          r1: {Status: 200, Content: {Name: 'b'}},
          r0: {Status: 200, Content: {Name: 'a'}},
        },
        207,
      ),
    );

    const results = await batchGet(piHttpOver(http), [item('a'), item('b')], Named);

    expect(results).toEqual([
      {ok: true, content: {Name: 'a'}},
      {ok: true, content: {Name: 'b'}},
    ]);
  });

  it('asks again for what failed in passing, and for that alone', async () => {
    const http = new ScriptedHttp((_, at) =>
      at === 0
        ? jsonAnswer(
            {
              r0: {Status: 200, Content: {Name: 'a'}},
              r1: {Status: 429, Content: 'Rate limit was reached'},
            },
            207,
          )
        : jsonAnswer({r0: {Status: 200, Content: {Name: 'b'}}}, 207),
    );

    const results = await batchGet(piHttpOver(http), [item('a'), item('b')], Named);

    expect(results.map((result) => result.ok && result.content.Name)).toEqual([
      'a',
      'b',
    ]);
    expect(http.requests[1]?.body).not.toContain('points/a');
  });

  it('takes an unanswered sub-request for a failure, not for an empty result', async () => {
    const http = new ScriptedHttp(() => jsonAnswer({}, 207));

    await expect(batchGet(piHttpOver(http), [item('a')], Named)).rejects.toBeInstanceOf(
      TransientError,
    );
  });

  it('counts a WebException inside a sub-answer as its status', async () => {
    const broken = {Status: 200, Content: {WebException: {StatusCode: 404}}};
    const http = new ScriptedHttp(() => jsonAnswer({r0: broken}, 207));

    await expect(batchGet(piHttpOver(http), [item('a')], Named)).resolves.toEqual([
      {ok: false, refusal: {status: 404, said: ''}},
    ]);
  });
});

function item(id: string): {path: string[]} {
  return {path: ['points', id]};
}
