import {jsonAnswer, piHttpOver, ScriptedHttp} from '../client/scripted-http.stand-in';
import {checkAssets} from './check-assets';

const ID = '7c1a4f52-3d60-4b8e-9a27-51e0c4d8b6f3';

describe('checkAssets', () => {
  it('names the asset databases that the account sees', async () => {
    await expect(check(['Plant', 'Energy'])).resolves.toBe(
      'Asset databases: Plant, Energy.',
    );
  });

  it('does not fail a plant of points alone, and says what will not be read', async () => {
    await expect(check([])).resolves.toMatch(
      /^Asset databases: none \(The account sees no asset database.*af_elements and event_frames cannot be read\.$/,
    );
    await expect(check('forbidden')).resolves.toContain(
      'The account may not read the Asset Framework (AF).',
    );
  });

  it.each([
    ['forbidden', 'may not read the Asset Framework'],
    [['Energy'], 'knows no asset database named Plant'],
  ] as const)('fails where a database is named and AF is %j', async (seen, words) => {
    await expect(check(seen, ['Plant'])).rejects.toThrow(words);
  });
});

function check(
  seen: readonly string[] | 'forbidden',
  wanted: readonly string[] = [],
): Promise<string> {
  const http = new ScriptedHttp(({path}) => {
    if (seen === 'forbidden') return jsonAnswer({Errors: ['no']}, 403);
    const names = path.includes('/assetdatabases') ? seen : ['AF'];
    return jsonAnswer({Items: names.map((Name) => ({WebId: 'I1RS', Id: ID, Name}))});
  });
  return checkAssets(piHttpOver(http, {maxAttempts: 1}), wanted);
}
