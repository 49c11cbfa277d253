import type {Log} from 'airbyte-cdk-ts';

import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import type {HttpAnswer, HttpRequest} from '../transport/http';
import {NamePatterns} from './name-patterns';
import {selectPoints, type PointRules} from './select-points';

const A = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';
const B = '0e5b9c31-8f24-4d17-b3a6-6c2d7e10f9a8';

describe('selectPoints', () => {
  it('reads all data servers and sorts by server and point', async () => {
    const {points} = await select({
      servers: {PIA: {id: A, points: {TI2: 12, TI1: 7}}, PIB: {id: B, points: {FI: 1}}},
    });

    expect(points).toEqual([`${B} 1 FI`, `${A} 7 TI1`, `${A} 12 TI2`]);
  });

  it('follows patterns and exclusions, whatever the case', async () => {
    const {points} = await select({
      servers: {PIA: {id: A, points: {'U1.TI': 1, 'u1.fi': 2, 'U2.TI': 3}}},
      rules: {points: ['u1.*', 'U?.ti'], exclude: ['*FI']},
    });

    expect(points).toEqual([`${A} 1 U1.TI`, `${A} 3 U2.TI`]);
  });

  it('reads page after page, for a full page is never the end', async () => {
    const many = Object.fromEntries(
      Array.from({length: 25}, (_, index) => [`T${index}`, index + 1]),
    );

    const {points} = await select({
      servers: {PIA: {id: A, points: many}},
      maxReturnedItems: 4,
    });

    expect(points).toHaveLength(25);
  });

  it('says which named points were not found', async () => {
    const {warnings} = await select({
      servers: {PIA: {id: A, points: {TI: 1}}},
      rules: {points: ['TI', 'TI-GONE', 'X*']},
    });

    expect(warnings).toEqual([
      expect.stringContaining('TI-GONE was not found'),
      expect.stringContaining('pattern X*'),
    ]);
  });

  it('lists the known data servers where one is not known', async () => {
    const selecting = select({
      servers: {PIA: {id: A, points: {TI: 1}}},
      rules: {dataServers: ['pia', 'PIX']},
    });

    await expect(selecting).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('no data server named PIX'),
    });
    await expect(selecting).rejects.toThrow('It shows: PIA.');
  });

  it('takes a data server that is not connected for a failure, not for an empty one', async () => {
    await expect(
      select({servers: {PIA: {id: A, points: {}, connected: false}}}),
    ).rejects.toMatchObject({failureType: 'transient_error'});
  });

  it('leaves a data server that is not connected alone where others are named', async () => {
    const {points} = await select({
      servers: {
        PIA: {id: A, points: {TI: 1}},
        PIB: {id: B, points: {}, connected: false},
      },
      rules: {dataServers: ['PIA']},
    });

    expect(points).toHaveLength(1);
  });

  it('takes a named data server without any visible point for missing rights', async () => {
    await expect(
      select({
        servers: {PIA: {id: A, points: {TI: 1}}, PIB: {id: B, points: {}}},
        rules: {dataServers: ['PIA', 'PIB']},
      }),
    ).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('sees no point on the data server PIB'),
    });
  });

  it('reads on past a data server that nobody named and that shows no point, and says so', async () => {
    const {points, warnings} = await select({
      servers: {PIA: {id: A, points: {TI: 1}}, PIB: {id: B, points: {}}},
    });

    expect(points).toHaveLength(1);
    expect(warnings).toEqual([
      expect.stringContaining('sees no point on the data server PIB'),
    ]);
  });

  it('refuses a selection that fits nothing', async () => {
    await expect(
      select({servers: {PIA: {id: A, points: {TI: 1}}}, rules: {points: ['X*']}}),
    ).rejects.toMatchObject({failureType: 'config_error'});
  });

  it('asks for fresh lists, for new points must not be missed for minutes', async () => {
    const {requests} = await select({servers: {PIA: {id: A, points: {TI: 1}}}});

    expect(requests.map(({headers}) => headers?.['Cache-Control'])).toEqual(
      requests.map(() => 'no-cache'),
    );
  });
});

interface StandInServer {
  readonly id: string;
  readonly points: Readonly<Record<string, number>>;
  readonly connected?: boolean;
}

interface Scene {
  readonly servers: Readonly<Record<string, StandInServer>>;
  readonly rules?: Partial<PointRules>;
  readonly maxReturnedItems?: number;
}

async function select(scene: Scene): Promise<{
  points: string[];
  warnings: string[];
  requests: readonly HttpRequest[];
}> {
  const warnings: string[] = [];
  const http = new ScriptedHttp((request) => answer(request, scene));
  const rules = {dataServers: [], points: [], exclude: [], ...scene.rules};
  const points = await selectPoints(piHttpOver(http), rules, logInto(warnings));
  return {
    points: points.map(({serverId, pointId, name}) => `${serverId} ${pointId} ${name}`),
    warnings,
    requests: http.requests,
  };
}

function answer({path}: HttpRequest, scene: Scene): HttpAnswer {
  const {pathname, searchParams} = new URL(`https://pi.test/${path}`);
  const [, , server] = pathname.split('/');
  if (server === undefined) return jsonAnswer({Items: serverItems(scene)});
  const limit = scene.maxReturnedItems ?? 150_000;
  const start = Number(searchParams.get('startIndex'));
  const count = Number(searchParams.get('maxCount'));
  if (count > limit) {
    const said = `Parameter 'maxCount' is greater than the maximum allowed (${limit}).`;
    return jsonAnswer({Errors: [said]}, 400);
  }
  const filter = new NamePatterns([searchParams.get('nameFilter') ?? '*']);
  const items = Object.entries(scene.servers[server]?.points ?? {})
    .filter(([name]) => filter.matches(name))
    .map(([Name, Id]) => ({Name, Id, PointType: 'Float32'}));
  return jsonAnswer({Items: items.slice(start, start + count), Links: {}});
}

/** In the stand-in a data server's name is its WebID. */
function serverItems({servers}: Scene): unknown[] {
  return Object.entries(servers).map(([Name, {id, connected = true}]) => ({
    WebId: Name,
    Id: id.toUpperCase(),
    Name,
    IsConnected: connected,
  }));
}

function logInto(warnings: string[]): Log {
  const nothing = (): void => undefined;
  return {
    error: nothing,
    info: nothing,
    debug: nothing,
    warn: (message) => warnings.push(message),
  };
}
