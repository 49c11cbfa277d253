import fc from 'fast-check';

import {guidFromBytes, guidToBytes, openGuid, sealGuid} from './guid';
import {decodeWebId, encodeWebId, type Identity, type WebIdType} from './web-id';

const SERVER = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';
const AF = '0e5b9c31-8f24-4d17-b3a6-6c2d7e10f9a8';
const ELEMENT = '2f6d8a10-5b3c-11ee-9c4e-00155d0a1b2c';
const POINT: Identity = {
  marker: 'DP',
  guids: [SERVER],
  pointId: 4711,
  path: '\\\\PLANTPI\\Unit1.TI-101',
};
const ATTRIBUTE: Identity = {
  marker: 'Ab',
  owner: 'E',
  guids: [AF, ELEMENT, '91c4e7b2-0d5a-4f38-8e61-3a7b5c9d2e4f'],
  path: '\\\\AFSRV\\Plant\\Area1\\Pump7|Temperature',
};
const guids = fc
  .uint8Array({minLength: 16, maxLength: 16})
  .map((bytes) => guidFromBytes(Buffer.from(bytes)));

describe('WebID 2.0', () => {
  it.each<[string, Identity, WebIdType]>([
    [
      'F1DSUk8afGA9jkuaJ1HgxNi28wUExBTlRQSQ',
      {marker: 'DS', guids: [SERVER], path: '\\\\PLANTPI'},
      'Full',
    ],
    ['I1DPUk8afGA9jkuaJ1HgxNi28wZxIAAA', POINT, 'IDOnly'],
    ['F1DPUk8afGA9jkuaJ1HgxNi28wZxIAAAUExBTlRQSVxVTklUMS5USS0xMDE', POINT, 'Full'],
    ['P1DPUExBTlRQSVxVTklUMS5USS0xMDE', POINT, 'PathOnly'],
    [
      'I1EmMZxbDiSPF02zpmwtfhD5qAEIptLzxb7hGcTgAVXQobLA',
      {marker: 'Em', guids: [AF, ELEMENT], path: ''},
      'IDOnly',
    ],
    [
      'I1AbEMZxbDiSPF02zpmwtfhD5qAEIptLzxb7hGcTgAVXQobLAsufEkVoNOE-OYTp7XJ0uTw',
      ATTRIBUTE,
      'IDOnly',
    ],
    ['P1AbEQUZTUlZcUExBTlRcQVJFQTFcUFVNUDd8VEVNUEVSQVRVUkU', ATTRIBUTE, 'PathOnly'],
    [
      'I1RDhYFXrzSwkU2e2UpUQU6XrAwudhQcHGaEKhPjPKFcRIDw',
      {
        marker: 'RD',
        guids: [
          'af578185-b034-4d91-9ed9-4a54414e97ac',
          '4161e7c2-c6c1-4268-a13e-33ca15c4480f',
        ],
        path: '',
      },
      'IDOnly',
    ],
    [
      'I1DPrR1NjdPxEUOulNmps6aJqQFAEAAA',
      {
        marker: 'DP',
        guids: ['8d4d1dad-f1d3-4311-ae94-d9a9b3a689a9'],
        pointId: 276,
        path: '',
      },
      'IDOnly',
    ],
  ])('row 8: writes %s', (expected, identity, type) => {
    expect(encodeWebId(identity, type)).toBe(expected);
  });

  it('row 8: reads the ids of a published point', () => {
    expect(decodeWebId('I1DPa70Wf0zBA06CLkV9ovNQgQCAAAAA')).toMatchObject({
      type: 'IDOnly',
      marker: 'DP',
      guids: ['7f16bd6b-c14c-4e03-822e-457da2f35081'],
      pointId: 8,
    });
  });

  it('row 8: reads the path of a published data server', () => {
    expect(decodeWebId('F1DSBd9Ab83Y90SNSjy4JtD5fQVk0tVFMtUEk')?.path).toBe('VM-TS-PI');
  });

  it('row 8: reads back whatever it writes', () => {
    const types = fc.constantFrom<WebIdType>('Full', 'IDOnly', 'PathOnly');
    fc.assert(
      fc.property(guids, fc.nat(), types, (guid, pointId, type) => {
        const identity: Identity = {
          marker: 'DP',
          guids: [guid],
          pointId,
          path: '\\\\A\\B',
        };

        const parts = decodeWebId(encodeWebId(identity, type));

        expect(parts).toEqual({
          type,
          marker: 'DP',
          owner: '',
          guids: type === 'PathOnly' ? [] : [guid],
          pointId: type === 'PathOnly' ? undefined : pointId,
          path: type === 'IDOnly' ? '' : 'A\\B',
        });
      }),
    );
  });

  it.each([
    '',
    'F1',
    'F1RDbogus',
    'X1DPabc',
    'I1DPshort',
    'I1ZZUk8afGA9jkuaJ1HgxNi28w',
    'P1DP',
    'I1AbX',
  ])('row 8: does not take %j for a WebID', (text) => {
    expect(decodeWebId(text)).toBeUndefined();
  });
});

describe('sealed GUIDs', () => {
  const words = fc.nat({max: 0xffffffff});

  it('row 8: give their content back to the salt that sealed them', () => {
    fc.assert(
      fc.property(words, words, words, (salt, high, low) => {
        expect(openGuid(salt, sealGuid(salt, {high, low}))).toEqual({high, low});
      }),
    );
  });

  it('row 8: give nothing for a foreign GUID', () => {
    fc.assert(
      fc.property(words, guids, (salt, guid) => {
        expect(openGuid(salt, guid)).toBeUndefined();
      }),
    );
  });

  it('row 8: keep the byte order of .NET', () => {
    expect(guidToBytes('00112233-4455-6677-8899-aabbccddeeff').toString('hex')).toBe(
      '33221100554477668899aabbccddeeff',
    );
  });
});
