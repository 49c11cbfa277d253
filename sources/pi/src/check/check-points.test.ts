import type {DataServer} from '../client/data-servers';
import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import {NamePatterns} from '../selection/name-patterns';
import {checkPoints} from './check-points';

describe('checkPoints', () => {
  it('passes where each data server shows a point and one is wanted', async () => {
    await expect(check({PIA: ['TI'], PIB: ['FI']}, ['XX*', 'fi'])).resolves.toEqual([
      'FI',
    ]);
  });

  it('tells the first points that are wanted, and none that are left out', async () => {
    const names = ['TI1', 'TI2', 'TI3', 'TI4', 'TI5', 'TI6', 'TI7'];

    await expect(check({PIA: names}, [], ['TI2', '*4'])).resolves.toEqual([
      'TI1',
      'TI3',
      'TI5',
      'TI6',
      'TI7',
    ]);
  });

  it('names the data server that shows no point', async () => {
    await expect(check({PIA: ['TI'], PIB: []}, [])).rejects.toThrow(
      'sees no point on PIB',
    );
  });

  it('says when no point fits the patterns', async () => {
    await expect(check({PIA: ['TI']}, ['FI*'])).rejects.toThrow('No point fits');
  });

  it('does not judge patterns that only a full list can tell', async () => {
    await expect(check({PIA: ['TI']}, ['A[1]'])).resolves.toEqual([]);
  });
});

function check(
  servers: Readonly<Record<string, readonly string[]>>,
  points: readonly string[],
  exclude: readonly string[] = [],
): Promise<readonly string[]> {
  const http = new ScriptedHttp(({path}) => {
    const {pathname, searchParams} = new URL(`https://pi.test/${path}`);
    const filter = new NamePatterns([searchParams.get('nameFilter') ?? '*']);
    const names = (servers[pathname.split('/')[2] ?? ''] ?? []).filter((name) =>
      filter.matches(name),
    );
    return jsonAnswer({
      Items: names.map((Name, Id) => ({Name, Id, PointType: 'Float32'})),
    });
  });
  const rules = {dataServers: [], points, exclude};
  return checkPoints(piHttpOver(http), Object.keys(servers).map(serverOf), rules);
}

function serverOf(name: string): DataServer {
  const id = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';
  return {id, webId: name, name, connected: true, version: undefined, time: undefined};
}
