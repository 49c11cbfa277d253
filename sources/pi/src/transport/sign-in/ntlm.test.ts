import {ConnectorError} from 'airbyte-cdk-ts';

import {agents, type Agents} from '../agents';
import {AxiosHttp} from '../axios-http';
import type {HttpAnswer} from '../http';
import {httpServer} from '../loopback-server.stand-in';
import {ntlmSignIn} from './ntlm';
import {
  challengeOf,
  NEW_FLAGS,
  ntlmAcceptor,
  type AcceptorOptions,
  type NtlmAcceptor,
} from './ntlm-acceptor.stand-in';
import {NTLM_FAILURES} from './ntlm-failures';

const PASSWORD = 'Pä ss"w0rd';
const GET = {method: 'GET', path: 'system/userinfo'} as const;

describe('ntlmSignIn', () => {
  it('signs in a connection once for all requests on it', async () => {
    await using plant = await behind({});

    const statuses = [];
    for (let at = 0; at < 3; at++) statuses.push((await plant.http.send(GET)).status);

    expect(statuses).toEqual([200, 200, 200]);
    expect(plant.server.answers).toEqual([
      'challenge',
      'content',
      'content',
      'content',
    ]);
    expect(plant.server.accounts).toEqual(new Set(['PLANT\\svc_airbyte']));
  });

  it('proves the password on one connection before it opens others, and on each once', async () => {
    await using plant = await behind({});

    const answers = await Promise.all(
      Array.from({length: 100}, () => plant.http.send(GET)),
    );

    expect(new Set(answers.map(({status}) => status))).toEqual(new Set([200]));
    expect(plant.server.answers.slice(0, 2)).toEqual(['challenge', 'content']);
    const challenges = plant.server.answers.filter((answer) => answer === 'challenge');
    expect(challenges.length).toBeLessThanOrEqual(4);
    expect(plant.server.mostAtOnce).toBeLessThanOrEqual(4);
  });

  it('sends a body with whatever lets it in', async () => {
    await using plant = await behind({forgetsAfter: 0});
    const body = `{"a":"${'x'.repeat(200_000)}"}`;

    await plant.http.send({method: 'POST', path: 'batch', body});
    await plant.http.send({method: 'POST', path: 'batch', body});

    expect(plant.server.bodies).toEqual(new Set([body]));
  });

  it('signs in anew where the server asks again on the same connection', async () => {
    await using plant = await behind({forgetsAfter: 1});

    const answers = [];
    for (let at = 0; at < 4; at++) answers.push((await plant.http.send(GET)).status);

    expect(answers).toEqual([200, 200, 200, 200]);
    expect(plant.server.answers.filter((answer) => answer === 'offer')).toHaveLength(1);
  });

  it('signs in anew where the server closes each connection after its answer', async () => {
    await using plant = await behind({closes: (answered) => answered === 'content'});

    const answers = [];
    for (let at = 0; at < 3; at++) answers.push((await plant.http.send(GET)).status);

    expect(answers).toEqual([200, 200, 200]);
    expect(plant.server.answers).toHaveLength(6);
  });

  it('signs in anew where the server has dropped the connection without a word', async () => {
    await using plant = await behind({});
    await plant.http.send(GET);

    plant.server.dropConnections();
    const answer = await plant.http.send(GET);

    expect(answer.status).toBe(200);
  });

  it('sends a refused password never again, so that the account is not locked', async () => {
    await using plant = await behind({password: 'another'});

    const told = await Promise.all(
      Array.from({length: 20}, () => failureOf(plant.http.send(GET))),
    );
    told.push(await failureOf(plant.http.send(GET)));

    expect(new Set(told)).toEqual(new Set(['NTLM_REFUSED']));
    expect(plant.server.answers).toEqual(['challenge', 'refusal']);
  });

  it.each<[string, Partial<AcceptorOptions>, string, number]>([
    ['offers Kerberos alone', {offer: 'Negotiate'}, 'NTLM_NOT_OFFERED', 1],
    ['gives no challenge', {challenge: ''}, 'NTLM_NO_CHALLENGE', 1],
    ['gives nonsense', {challenge: 'AAAA'}, 'NTLM_CHALLENGE_UNREADABLE', 1],
    ['wants less than NTLMv2', {challenge: challengeOf(0x201)}, 'NTLM_TOO_OLD', 1],
    [
      'closes the connection behind its challenge',
      {closes: (answered) => answered === 'challenge'},
      'NTLM_CONNECTION_CLOSED',
      1,
    ],
  ])(
    'tells of a server that %s, after one message',
    async (...[, options, id, messages]) => {
      await using plant = await behind(options);

      expect(await failureOf(plant.http.send(GET))).toBe(id);
      expect(plant.server.answers).toHaveLength(messages);
    },
  );

  it('tells what a server offers instead', async () => {
    await using plant = await behind({offer: 'Negotiate, Basic realm="pi"'});

    await expect(plant.http.send(GET)).rejects.toThrow('It offers: Negotiate, Basic.');
  });

  it('does not take a refusal on another connection for a wrong password', async () => {
    await using server = await httpServer((request, response) => {
      const [, token = ''] = (request.headers.authorization ?? '').split(' ');
      const isFirst = Buffer.from(token, 'base64')[8] === 1;
      response.writeHead(401, {
        'WWW-Authenticate': isFirst ? `NTLM ${challengeOf(NEW_FLAGS)}` : 'NTLM',
      });
      response.end('{}', () => {
        // Behind the answer, and without announcing it.
        if (isFirst) request.socket.end();
      });
    });
    await using http = over(server.port);

    const told = [];
    for (let at = 0; at < 3; at++) told.push(await failureOf(http.send(GET)));

    expect(told).not.toContain('NTLM_REFUSED');
  });

  it('hands on every other answer as it is', async () => {
    const own: Agents = agents({
      ...{connectTimeoutMs: 5000, trust: {caCertificates: []}, maxSockets: 1},
    });
    const signIn = ntlmSignIn({
      credentials: account(),
      lanes: 1,
      laneAgents: () => own,
    });
    const answer: HttpAnswer = {status: 503, headers: {}, body: Buffer.alloc(0)};

    expect(await signIn.exchange(() => Promise.resolve(answer))).toBe(answer);
    signIn.close();
  });
});

describe('NTLM_FAILURES', () => {
  it('has an id of its own for each row, and a remedy', () => {
    expect(new Set(NTLM_FAILURES.map(({id}) => id)).size).toBe(NTLM_FAILURES.length);
    for (const {id, text} of NTLM_FAILURES) {
      expect(id).toMatch(/^NTLM_[A-Z_]+$/);
      expect(text).toMatch(/[Cc]hoose|Ask/);
    }
  });
});

/** A server of one password, and the way to it. */
async function behind(
  options: Partial<AcceptorOptions>,
): Promise<AsyncDisposable & {server: NtlmAcceptor; http: AxiosHttp}> {
  const server = await ntlmAcceptor({password: PASSWORD, ...options});
  const http = over(server.port);
  return {
    server,
    http,
    [Symbol.asyncDispose]: async () => {
      http.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

function account() {
  const username = 'PLANT\\svc_airbyte';
  return {username, password: PASSWORD};
}

function over(port: number): AxiosHttp & AsyncDisposable {
  const trust = {caCertificates: []};
  const laneAgents = () => agents({connectTimeoutMs: 5000, trust, maxSockets: 1});
  const http = new AxiosHttp({
    baseUrl: `http://127.0.0.1:${port}/piwebapi`,
    signIn: ntlmSignIn({credentials: account(), lanes: 4, laneAgents}),
    agents: laneAgents(),
    readTimeoutMs: 5000,
    userAgent: 'test',
  });
  return Object.assign(http, {
    [Symbol.asyncDispose]: () => {
      http.close();
      return Promise.resolve();
    },
  });
}

/** The id of the row, or the code of a broken connection. */
async function failureOf(sent: Promise<HttpAnswer>): Promise<string> {
  try {
    return `answered ${(await sent).status}`;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    return String(thrown.details['reason'] ?? thrown.details['code']);
  }
}
