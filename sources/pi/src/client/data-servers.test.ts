import {listDataServers, timeAt} from './data-servers';
import {jsonAnswer, piHttpOver, ScriptedHttp} from './scripted-http.stand-in';

const A = {WebId: 'I1DSa', Id: '7C1A4F52-3D60-4B8E-9A27-51E0C4D8B6F3', Name: 'PIA'};
const B = {WebId: 'I1DSb', Id: '0e5b9c31-8f24-4d17-b3a6-6c2d7e10f9a8', Name: 'PIB'};

describe('listDataServers', () => {
  it('knows what PI tells of each, connected or not', async () => {
    const servers = await list([
      {
        ...A,
        IsConnected: true,
        ServerVersion: '3.4',
        ServerTime: '2026-03-02T06:00:08.87Z',
      },
      {...B, IsConnected: false},
    ]);

    expect(servers).toEqual([
      {
        id: A.Id.toLowerCase(),
        webId: 'I1DSa',
        name: 'PIA',
        connected: true,
        version: '3.4',
        time: '2026-03-02T06:00:08.8700000Z',
      },
      {
        id: B.Id,
        webId: 'I1DSb',
        name: 'PIB',
        connected: false,
        version: undefined,
        time: undefined,
      },
    ]);
  });
});

describe('timeAt', () => {
  it('is the earliest clock of the connected archives', async () => {
    const servers = await list([
      {...A, ServerTime: '2026-03-02T06:00:08Z'},
      {...B, ServerTime: '2026-03-02T06:00:05Z'},
      {...B, ServerTime: '2026-03-02T05:00:00Z', IsConnected: false},
    ]);

    expect(timeAt(servers, undefined)).toBe('2026-03-02T06:00:05.0000000Z');
  });

  it('is the clock of the web server where no archive tells', async () => {
    const servers = await list([A]);

    expect(timeAt(servers, Date.parse('2026-03-02T06:00:00Z'))).toBe(
      '2026-03-02T06:00:00.0000000Z',
    );
    expect(timeAt(servers, undefined)).toBeUndefined();
  });
});

function list(items: readonly object[]): ReturnType<typeof listDataServers> {
  const http = new ScriptedHttp(() => jsonAnswer({Items: items}));
  return listDataServers(piHttpOver(http));
}
