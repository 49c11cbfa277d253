import {jsonAnswer, ScriptedHttp} from '../client/scripted-http.stand-in';
import type {HttpAnswer} from '../transport/http';
import {checkSignIn} from './check-sign-in';

describe('checkSignIn', () => {
  it('knows under which name PI Web API let us in', async () => {
    const {http, checking} = check(jsonAnswer({Name: 'PLANT\\svc'}));

    await expect(checking).resolves.toBe('PLANT\\svc');
    expect(http.requests.map(({path}) => path)).toEqual(['system/userinfo']);
  });

  it('passes where PI Web API knows no identity', async () => {
    await expect(
      check({status: 204, headers: {}, body: Buffer.alloc(0)}).checking,
    ).resolves.toContain('without identity');
  });

  it('says when this way to sign in is not allowed, and what is offered', async () => {
    const {checking} = check(
      jsonAnswer({Message: 'x'}, 401, {'www-authenticate': 'Negotiate, NTLM'}),
    );

    await expect(checking).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining(
        'does not accept this way to sign in (basic); it offers: Negotiate, NTLM.',
      ),
      details: {reason: 'SIGN_IN_NOT_OFFERED'},
    });
  });

  it('says when user name or password is wrong', async () => {
    const {checking} = check(
      jsonAnswer({}, 401, {'www-authenticate': 'Negotiate, Basic realm="pi, web"'}),
    );

    await expect(checking).rejects.toMatchObject({
      message: expect.stringContaining('Check user name'),
      details: {offered: 'Negotiate, Basic'},
    });
  });

  it.each([
    [
      'another address',
      {status: 302, headers: {location: 'https://sso/?q=1'}},
      'sends us on',
    ],
    ['nothing', {status: 404, headers: {'content-type': 'text/html'}}, 'no PI Web API'],
    [
      'a web page',
      {status: 200, headers: {'content-type': 'text/html'}},
      'no PI Web API',
    ],
    ['a refusal', {status: 403, headers: {}}, 'may not read'],
    ['an overload', {status: 503, headers: {}}, 'not available'],
  ])('says what to do where there is %s', async (...[, answer, words]) => {
    const {checking} = check({
      ...answer,
      body: Buffer.from('<html></html>'),
    });

    await expect(checking).rejects.toThrow(words);
  });
});

function check(answer: HttpAnswer): {http: ScriptedHttp; checking: Promise<string>} {
  const http = new ScriptedHttp(() => answer);
  return {http, checking: checkSignIn(http, 'basic')};
}
