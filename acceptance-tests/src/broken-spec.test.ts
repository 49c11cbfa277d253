import path from 'node:path';

import {brokenConnectors, SOUND, verdictOn} from './broken-connectors';

/** A check of which Airbyte's own harness makes warnings only. */
const WARNS = 'S10';

describe('the harness', () => {
  it.each(['plan', 'documents', 'S15'])(
    'finds no fault in a sound source by %s',
    async (plan) => {
      const folder = path.join(path.dirname(SOUND.source), plan);

      expect(await verdictOn(SOUND.source, folder)).toEqual({ids: [], said: []});
    },
  );

  it.each(brokenConnectors('source', 'SCDAM').filter(({id}) => id !== WARNS))(
    'rejects the source $name for exactly $id',
    async ({id, script}) => {
      const {ids, said} = await verdictOn(script);

      expect({ids, said}).toEqual({ids: [id], said});
    },
  );

  it.each(brokenConnectors('source', 'S').filter(({id}) => id === WARNS))(
    'warns of the source $name, and of nothing but $id',
    async ({id, script}) => {
      const {ids, said} = await verdictOn(script);

      expect({ids, said}).toEqual({
        ids: [],
        said: [expect.stringMatching(`^${id} warning: `)],
      });
    },
  );
});
