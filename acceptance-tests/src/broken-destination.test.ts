import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {brokenConnectors, SOUND, verdictOn} from './broken-connectors';

describe('the harness', () => {
  // What the destinations store is theirs to place; here it is tidied away.
  const base = mkdtempSync(path.join(tmpdir(), 'broken-tables-'));
  beforeAll(() => {
    process.env['SOUND_DESTINATION_BASE'] = base;
  });
  afterEach(() => rmSync(base, {recursive: true, force: true}));

  it('finds no fault in a sound destination', async () => {
    expect(await verdictOn(SOUND.destination)).toEqual({ids: [], said: []});
  });

  it.each(brokenConnectors('destination', 'SCDRFIAMX'))(
    'rejects the destination $name for exactly $id',
    async ({id, script}) => {
      const {ids, said} = await verdictOn(script);

      expect({ids, said}).toEqual({ids: [id], said});
    },
  );
});
