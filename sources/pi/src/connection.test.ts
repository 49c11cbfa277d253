import {parseConfig, type SourceContext} from 'airbyte-cdk-ts';
import nock from 'nock';

import {InstantClock} from './client/scripted-http.stand-in';
import {RecordedArchive} from './client/recorded-archive';
import {configSchema} from './config';
import {connect, type Connection} from './connection';
import {selectPoints} from './selection/select-points';
import type {Environment} from './transport/proxy-rules';
import {piTimestamp, type PiTimestamp} from './sync/pi-timestamp';

const ORIGIN = 'https://pi.example.com';
const SERVER = {WebId: 'I1DSserver', Id: '7C1A4F52-3D60-4B8E-9A27-51E0C4D8B6F3'};

beforeAll(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
});
afterAll(() => {
  nock.restore();
});

describe('a connection to PI Web API', () => {
  it('never leaves the address it was given, whatever the links of an answer say', async () => {
    const elsewhere = 'http://internal-host.corp/piwebapi';
    nock(ORIGIN)
      .get('/piwebapi/dataservers')
      .query(true)
      .reply(200, {Items: [{...SERVER, Name: 'PLANTPI', IsConnected: true}]});
    nock(ORIGIN)
      .persist()
      .get('/piwebapi/dataservers/I1DSserver/points')
      .query(true)
      .reply(200, (uri: string) => {
        const from = Number(new URL(uri, ORIGIN).searchParams.get('startIndex'));
        const next = `${elsewhere}/dataservers/I1DSserver/points?startIndex=${from + 1}`;
        return {Links: {Next: next}, Items: [point(1, 'TI-1')].slice(from)};
      });
    await using connection = open();

    const points = await selectPoints(connection.pi, ALL, QUIET.log);

    expect(points.map(({name}) => name)).toEqual(['TI-1']);
  });

  it('asks for recorded values by an object of absolute URLs, against forgery defence', async () => {
    const asked: Record<string, unknown>[] = [];
    nock(ORIGIN, {
      reqheaders: {
        'x-requested-with': /./,
        authorization: `Basic ${Buffer.from('PLANT\\svc:s3cret').toString('base64')}`,
      },
    })
      .post('/piwebapi/batch', (body: Record<string, unknown>) => {
        asked.push(body);
        return true;
      })
      .reply(207, {r0: {Status: 200, Headers: {}, Content: {Items: []}}});
    await using connection = open();

    await new RecordedArchive(connection.pi).recorded([
      {
        id: 'r0',
        webIds: ['I1DPa', 'I1DPb'],
        start: instant('2026-03-01T00:00:00.1234567Z'),
        end: instant('2026-03-02T00:00:00Z'),
        maxCount: 500,
        boundaryType: 'Inside',
      },
    ]);

    const [body] = asked as {r0: {Method: string; Resource: string}}[];
    const resource = new URL(body?.r0.Resource ?? '');
    expect(Object.keys(body ?? {})).toEqual(['r0']);
    expect(body?.r0.Method).toBe('GET');
    expect(resource.href).toMatch(/^https:\/\/pi\.example\.com\/piwebapi\/streamsets/);
    expect(resource.searchParams.getAll('webId')).toEqual(['I1DPa', 'I1DPb']);
    expect(resource.searchParams.get('startTime')).toBe('2026-03-01T00:00:00.1234567Z');
    expect(resource.searchParams.get('maxCount')).toBe('500');
    expect(resource.searchParams.get('webIdType')).toBe('IDOnly');
  });

  it('waits as long as PI asks for, and asks again', async () => {
    nock(ORIGIN)
      .post('/piwebapi/batch')
      .reply(429, 'Rate limit was reached', {'Retry-After': '7'});
    nock(ORIGIN)
      .post('/piwebapi/batch')
      .reply(207, {r0: {Status: 200, Content: {}}});
    const clock = new InstantClock();
    await using connection = open(clock);

    const body = await connection.pi.batch('{}');

    expect(JSON.parse(body.toString())).toHaveProperty('r0');
    expect(clock.sleptMs.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(7000);
  });

  it('goes by the environment’s proxy and hides its account', () => {
    const concealed: string[] = [];
    const {route} = open(new InstantClock(), {
      context: {...QUIET, conceal: (secret) => concealed.push(secret)},
      environment: {HTTPS_PROXY: 'http://svc:w%C3%B6rd@proxy.test:3128'},
    });

    expect(route.proxy).toEqual({
      url: 'http://proxy.test:3128',
      username: 'svc',
      password: 'wörd',
    });
    expect(concealed).toEqual(
      expect.arrayContaining(['wörd', Buffer.from('svc:wörd').toString('base64')]),
    );
  });

  it('warns with every sync of TLS versions that are broken', () => {
    const warnings: string[] = [];
    const log = {...QUIET.log, warn: (text: string) => warnings.push(text)};
    const network = {min_tls_version: 'TLSv1.1'};
    open(new InstantClock(), {context: {...QUIET, log}, network});
    open(new InstantClock(), {context: {...QUIET, log}});

    expect(warnings).toEqual([expect.stringContaining('below 1.2')]);
  });
});

const ALL = {dataServers: [], points: [], exclude: []};
const quiet = (): void => undefined;
const QUIET: SourceContext = {
  log: {error: quiet, warn: quiet, info: quiet, debug: quiet},
  signal: new AbortController().signal,
  rateLimit: {waiting: quiet, resumed: quiet},
};

interface Surroundings {
  readonly context?: SourceContext;
  readonly environment?: Environment;
  readonly network?: object;
}

function open(
  clock = new InstantClock(),
  {context = QUIET, environment = {}, network = {}}: Surroundings = {},
): Connection & AsyncDisposable {
  const config = parseConfig(configSchema, {
    base_url: `${ORIGIN}/piwebapi/`,
    credentials: {auth_type: 'basic', username: 'PLANT\\svc', password: 's3cret'},
    start_date: '2026-01-01T00:00:00Z',
    network,
  });
  const userAgent = 'test';
  const connection = connect({config, context, environment, userAgent, clock});
  return {
    ...connection,
    [Symbol.asyncDispose]: () => {
      connection.http.close();
      return Promise.resolve();
    },
  };
}

function point(id: number, name: string): unknown {
  return {
    Id: id,
    Name: name,
    PointType: 'Float32',
    EngineeringUnits: '',
    Future: false,
  };
}

function instant(text: string): PiTimestamp {
  const parsed = piTimestamp(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
}
