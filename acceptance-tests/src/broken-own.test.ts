import path from 'node:path';

import {brokenConnectors, SOUND, verdictOn} from './broken-connectors';

describe('the harness', () => {
  it('finds no fault in a sound source', async () => {
    const plan = path.join(path.dirname(SOUND.source), 'own');

    expect(await verdictOn(SOUND.source, plan)).toEqual({ids: [], said: []});
  });

  it.each(brokenConnectors('source', 'X'))(
    'rejects the source $name for exactly $id',
    async ({id, script}) => {
      const {ids, said} = await verdictOn(script);

      expect({ids, said}).toEqual({ids: [id], said});
    },
  );
});
