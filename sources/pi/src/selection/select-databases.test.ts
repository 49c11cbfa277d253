import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import {selectDatabases} from './select-databases';

describe('selectDatabases', () => {
  it('takes the databases of all asset servers', async () => {
    await expect(select({AF1: ['Plant', 'Energy'], AF2: ['Lab']})).resolves.toEqual([
      'Energy',
      'Lab',
      'Plant',
    ]);
  });

  it('takes the named ones, whatever the case', async () => {
    await expect(select({AF1: ['Plant', 'Energy']}, ['plant'])).resolves.toEqual([
      'Plant',
    ]);
  });

  it('lists the known databases where one is not known', async () => {
    await expect(select({AF1: ['Plant']}, ['Plnat'])).rejects.toThrow(
      'It shows: Plant.',
    );
  });

  it('takes an asset server that is not connected for a failure', async () => {
    await expect(select({AF1: ['Plant'], 'AF2 (away)': []})).rejects.toThrow(
      'not connected to the asset server AF2 (away)',
    );
  });

  it('does without that server where all named databases lie elsewhere', async () => {
    const selected = await select({AF1: ['Plant'], 'AF2 (away)': []}, ['Plant']);

    expect(selected).toEqual(['Plant']);
  });

  it('takes the absence of any database for missing rights', async () => {
    await expect(select({AF1: []})).rejects.toMatchObject({
      failureType: 'config_error',
    });
  });
});

async function select(
  servers: Readonly<Record<string, readonly string[]>>,
  wanted: readonly string[] = [],
): Promise<string[]> {
  const http = new ScriptedHttp(({path}) => {
    const {pathname} = new URL(`https://pi.test/${path}`);
    const [, , server] = pathname.split('/').map(decodeURIComponent);
    const names = server === undefined ? Object.keys(servers) : (servers[server] ?? []);
    return jsonAnswer({
      Items: names.map((Name) => ({
        Name,
        WebId: Name,
        Id: Name,
        IsConnected: !Name.includes('away'),
      })),
    });
  });
  const databases = await selectDatabases(piHttpOver(http), wanted);
  return databases.map(({name}) => name).sort();
}
