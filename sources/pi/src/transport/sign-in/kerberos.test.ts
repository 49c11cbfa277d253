import {existsSync, readFileSync} from 'node:fs';

import type {HttpAnswer} from '../http';
import {kerberosSignIn, type KerberosCredentials} from './kerberos';
import type {SignIn} from './sign-in';

const GOOD = 'Negotiate Z29vZA==';
const FORGED = 'Negotiate Zm9yZ2Vk';

describe('kerberosSignIn', () => {
  it('shows a new token with each request and believes a server that proves itself', async () => {
    const {ask, sent} = scene([answer(200, GOOD), answer(207, GOOD)]);

    await expect(ask()).resolves.toMatchObject({status: 200});
    await expect(ask()).resolves.toMatchObject({status: 207});

    expect(sent).toEqual(['Negotiate token-1', 'Negotiate token-2']);
  });

  it('reads and writes nothing before the first request', async () => {
    const {ask, environment} = scene([answer(200, GOOD)]);
    expect(environment).toEqual({});

    await ask();

    expect(Object.keys(environment).sort()).toEqual([
      'KRB5CCNAME',
      'KRB5_CLIENT_KTNAME',
      'KRB5_CONFIG',
    ]);
  });

  it('gives the library its settings and the key while it is open', async () => {
    const {ask, signIn, environment} = scene([answer(200, GOOD)]);
    await ask();
    const config = environment['KRB5_CONFIG'] ?? '';
    const keytab = (environment['KRB5_CLIENT_KTNAME'] ?? '').replace('FILE:', '');

    expect(readFileSync(config, 'utf8')).toContain('kdc = dc1.plant.example');
    expect(readFileSync(keytab).subarray(0, 2)).toEqual(Buffer.from([5, 2]));
    signIn.close();

    expect([config, keytab].filter((file) => existsSync(file))).toEqual([]);
  });

  it('does not believe an answer whose server never proved itself', async () => {
    const {ask} = scene([answer(200)]);

    await expect(ask()).rejects.toMatchObject({
      failureType: 'config_error',
      details: {reason: 'KERBEROS_NO_PROOF'},
    });
  });

  it('believes answers without a token from a server that proved itself before', async () => {
    const {ask} = scene([answer(200, GOOD), answer(200)]);
    await ask();

    await expect(ask()).resolves.toMatchObject({status: 200});
  });

  it('waits for a proof that is still being looked at', async () => {
    const {ask} = scene([answer(200, GOOD), answer(200)]);

    await expect(Promise.all([ask(), ask()])).resolves.toHaveLength(2);
  });

  it.each([200, 403, 503])('never believes a wrong proof (%i)', async (status) => {
    const {ask} = scene([answer(200, GOOD), answer(status, FORGED)]);
    await ask();

    await expect(ask()).rejects.toMatchObject({
      details: {reason: 'KERBEROS_WRONG_PROOF'},
    });
  });

  it.each([302, 400, 403, 404, 429, 503])(
    'hands on a refusal that needs no proof (%i)',
    async (status) => {
      const {ask} = scene([answer(status)]);

      await expect(ask()).resolves.toMatchObject({status});
    },
  );

  it.each([
    ['Clock skew too great', 'KERBEROS_CLOCK_SERVER', 1],
    ['Ticket not yet valid', 'KERBEROS_CLOCK_DOMAIN', 1],
    ["The ticket isn't for us", 'KERBEROS_FOREIGN_KEY', 2],
    ['Request is a replay', 'KERBEROS_REPLAYED', 2],
  ])('reads why it was refused: %s', async (...[words, reason, attempts]) => {
    const refusal = answer(401, `Negotiate ${reasonToken(words)}, Basic realm="pi"`);
    const {ask, sent} = scene([refusal, refusal, refusal]);

    await expect(ask()).rejects.toMatchObject({details: {reason}});
    expect(sent).toHaveLength(attempts);
  });

  it('is let in by a new ticket where the old one had become worthless', async () => {
    const words = "The ticket isn't for us";
    const {ask, environment} = scene([
      answer(200, GOOD),
      answer(401, `Negotiate ${reasonToken(words)}`),
      answer(200, GOOD),
    ]);
    await ask();
    const before = environment['KRB5CCNAME'];

    await expect(ask()).resolves.toMatchObject({status: 200});

    expect(environment['KRB5CCNAME']).not.toBe(before);
  });

  it('says what is usual where a refusal has no reason', async () => {
    const bare = answer(401, 'Negotiate, NTLM');
    const {ask, sent} = scene([bare, bare, bare]);

    await expect(ask()).rejects.toThrow('did not say why');
    expect(sent).toHaveLength(2);
  });

  it('says when the server knows us and does not want us', async () => {
    const {ask, sent} = scene([answer(401, GOOD)]);

    await expect(ask()).rejects.toMatchObject({
      details: {reason: 'KERBEROS_UNWELCOME'},
    });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['Basic realm="pi, web", Bearer', 'Basic, Bearer'],
    ['', 'nothing'],
  ])('says what is offered where Kerberos is not: %s', async (...[header, offered]) => {
    const {ask, sent} = scene([answer(401, header)]);

    await expect(ask()).rejects.toThrow(`it offers ${offered}.`);
    expect(sent).toHaveLength(1);
  });

  it('says what is wrong with the keytab before anything is sent', async () => {
    const {ask, sent} = scene([], {password: undefined, keytab: 'AAAA'});

    await expect(ask()).rejects.toMatchObject({
      details: {reason: 'KERBEROS_KEYTAB_BROKEN'},
    });
    expect(sent).toEqual([]);
  });
});

interface Scene {
  readonly signIn: SignIn;
  readonly ask: () => Promise<HttpAnswer>;
  readonly environment: Record<string, string | undefined>;
  /** The headers that were sent. */
  readonly sent: (string | undefined)[];
}

/** A library that accepts the token `good`, and a server with these answers. */
function scene(
  answers: readonly HttpAnswer[],
  more: Partial<KerberosCredentials> = {},
): Scene {
  const sent: (string | undefined)[] = [];
  const environment: Record<string, string | undefined> = {};
  let made = 0;
  const context = (): Promise<TestContext> => Promise.resolve(new TestContext(++made));
  const signIn = kerberosSignIn(
    {
      credentials: {
        principal: 'svc_airbyte@plant.example',
        password: 'secret',
        kdcs: ['dc1.plant.example'],
        ...more,
      },
      host: 'pi.plant.example',
    },
    {
      library: () =>
        Promise.resolve({context, checkPassword: () => Promise.resolve(undefined)}),
      environment,
      nowMs: () => 0,
    },
  );
  const ask = (): Promise<HttpAnswer> =>
    signIn.exchange((header) => {
      sent.push(header);
      return Promise.resolve(answers[sent.length - 1] ?? answer(500));
    });
  return {signIn, ask, environment, sent};
}

class TestContext {
  contextComplete = false;

  constructor(private readonly number: number) {}

  step(token: string): Promise<string> {
    if (token === '') return Promise.resolve(`token-${this.number}`);
    const words = Buffer.from(token, 'base64').toString('utf8');
    if (words !== 'good') return Promise.reject(new RangeError(words));
    this.contextComplete = true;
    return Promise.resolve('');
  }
}

function reasonToken(words: string): string {
  return Buffer.from(words).toString('base64');
}

function answer(status: number, authenticate?: string): HttpAnswer {
  const headers = authenticate === undefined ? {} : {'www-authenticate': authenticate};
  return {status, headers, body: Buffer.alloc(0)};
}
