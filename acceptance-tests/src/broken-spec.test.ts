import {brokenConnectors, SOUND, verdictOn} from './broken-connectors';

describe('the harness', () => {
  it('finds no fault in a sound source', async () => {
    expect(await verdictOn(SOUND.source)).toEqual({ids: [], said: []});
  });

  it.each(brokenConnectors('source', 'SCDAM'))(
    'rejects the source $name for exactly $id',
    async ({id, script}) => {
      const {ids, said} = await verdictOn(script);

      expect({ids, said}).toEqual({ids: [id], said});
    },
  );
});
