import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import type {Http} from '../transport/http';
import {httpServer, silentServer} from '../transport/loopback-server.stand-in';
import {checkConnection} from './check-connection';

describe('checkConnection', () => {
  it('says what was found when every layer holds', async () => {
    await using server = await httpServer(() => undefined);

    await expect(check({port: server.port})).resolves.toBe(
      `Signed in to http://127.0.0.1:${server.port}/piwebapi as svc (basic). PI Web API 1.13.0.6518, its limits are shown to administrators alone. Data servers: PIA. Asset databases: Plant. Points were found (the first: TI) and batch requests are allowed.`,
    );
  });

  it('begins at the bottom: a closed port is told before anything is asked', async () => {
    const server = await silentServer();
    await server[Symbol.asyncDispose]();
    const http = scripted(server.port);

    await expect(check({port: server.port, http})).rejects.toThrow('Check the port');
    expect(http.requests).toEqual([]);
  });

  it('names the layer that took too long', async () => {
    await using server = await httpServer(() => undefined);
    const controller = new AbortController();
    const silent: Http = {
      baseUrl: `http://127.0.0.1:${server.port}/piwebapi`,
      send: () => {
        controller.abort();
        return new Promise(() => undefined);
      },
      release: () => undefined,
      close: () => undefined,
    };

    await expect(
      check({port: server.port, http: silent, signal: controller.signal}),
    ).rejects.toThrow('The check of the sign-in took too long');
  });
});

interface Scene {
  readonly port: number;
  readonly http?: Http;
  readonly signal?: AbortSignal;
}

function check({port, http = scripted(port), signal}: Scene): Promise<string> {
  return checkConnection({
    http,
    pi: piHttpOver(http, {maxAttempts: 1}),
    rules: {dataServers: [], points: [], exclude: []},
    assetDatabases: [],
    authType: 'basic',
    trust: {caCertificates: []},
    connectTimeoutMs: 5000,
    signal: signal ?? new AbortController().signal,
  });
}

/** A PI Web API with one data server and one point. */
function scripted(port: number): ScriptedHttp {
  const id = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';
  const http = new ScriptedHttp(({path}) => {
    if (path === 'batch') return jsonAnswer({ask: {Status: 200}}, 207);
    if (path === 'system/userinfo') return jsonAnswer({Name: 'svc'});
    if (path === 'system') return jsonAnswer({ProductVersion: '1.13.0.6518'});
    if (path === 'system/configuration') return jsonAnswer({Errors: ['no']}, 403);
    if (path.includes('/assetdatabases')) {
      return jsonAnswer({Items: [{WebId: 'I1RD', Id: id, Name: 'Plant'}]});
    }
    const point = {Name: 'TI', Id: 1, PointType: 'Float32'};
    const server = {WebId: 'I1DS', Id: id, Name: 'PIA'};
    return jsonAnswer({Items: [path.includes('/points') ? point : server]});
  });
  return Object.assign(http, {baseUrl: `http://127.0.0.1:${port}/piwebapi`});
}
