import fc from 'fast-check';

import {decodeLink, decodeWebId, idOnlyWebId, type WebIdKind} from './web-id';

describe('decodeWebId', () => {
  it.each([
    [
      'I1DPUk8afGA9jkuaJ1HgxNi28wZxIAAA',
      'point',
      '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3',
      '4711',
    ],
    [
      'F1DPUk8afGA9jkuaJ1HgxNi28wZxIAAAUExBTlRQSVxVTklUMS5USS0xMDE',
      'point',
      '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3',
      '4711',
    ],
    [
      'F1DSUk8afGA9jkuaJ1HgxNi28wUExBTlRQSQ',
      'data server',
      '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3',
      '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3',
    ],
    [
      'I1EmMZxbDiSPF02zpmwtfhD5qAEIptLzxb7hGcTgAVXQobLA',
      'element',
      '0e5b9c31-8f24-4d17-b3a6-6c2d7e10f9a8',
      '2f6d8a10-5b3c-11ee-9c4e-00155d0a1b2c',
    ],
    [
      'I1RDhYFXrzSwkU2e2UpUQU6XrAwudhQcHGaEKhPjPKFcRIDw',
      'database',
      'af578185-b034-4d91-9ed9-4a54414e97ac',
      '4161e7c2-c6c1-4268-a13e-33ca15c4480f',
    ],
  ])('reads %s', (webId, ...[kind, serverId, id]) => {
    expect(decodeWebId(webId)).toEqual({kind, serverId, id});
  });

  it.each([
    ['', 'nothing'],
    ['P1DPUExBTlRQSVxVTklUMS5USS0xMDE', 'a path without ids'],
    ['I1EmMZxbDiSPF02zpmwtfhD5qA', 'an element without its own id'],
    ['I1ZZUk8afGA9jkuaJ1HgxNi28wZxIAAA', 'a kind we do not know'],
    ['F1RDbogus', 'garbage'],
  ])('does not guess at %p: %s', (webId) => {
    expect(decodeWebId(webId)).toBeUndefined();
  });

  it('finds again what was encoded', () => {
    fc.assert(
      fc.property(identities(), (identity) => {
        expect(decodeWebId(idOnlyWebId(identity))).toEqual(identity);
      }),
      {seed: 1},
    );
  });
});

describe('decodeLink', () => {
  it('reads the last part of a link, whatever host it names', () => {
    const link =
      'http://internal:8080/piwebapi/elements/I1EmMZxbDiSPF02zpmwtfhD5qAEIptLzxb7hGcTgAVXQobLA?selectedFields=Name';

    expect(decodeLink(link)?.id).toBe('2f6d8a10-5b3c-11ee-9c4e-00155d0a1b2c');
  });

  it('is undefined where there is no link', () => {
    expect(decodeLink(undefined)).toBeUndefined();
  });
});

function identities(): fc.Arbitrary<{kind: WebIdKind; serverId: string; id: string}> {
  const guid = fc.uuid();
  const servers = fc
    .tuple(fc.constantFrom<WebIdKind[]>('data server', 'asset server'), guid)
    .map(([kind, serverId]) => ({kind, serverId, id: serverId}));
  const points = fc
    .tuple(guid, fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1}))
    .map(([serverId, id]) => ({kind: 'point' as const, serverId, id: String(id)}));
  const objects = fc
    .tuple(
      fc.constantFrom<WebIdKind[]>('database', 'element', 'event frame'),
      guid,
      guid,
    )
    .map(([kind, serverId, id]) => ({kind, serverId, id}));
  return fc.oneof(servers, points, objects);
}
