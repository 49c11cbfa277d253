import {CEILING, fixedRun, governedRun, type Tally} from './governed-run.stand-in';
import {SERVER_MODELS} from './server-models.stand-in';

describe('a governed client', () => {
  it.each(Object.entries(SERVER_MODELS))(
    'reaches the best fixed setting on a server that %s',
    async (_, model) => {
      const best = Math.max(...settings().map((n) => fixedRun(model(), n).answered));

      const governed = await governedRun(model());

      expect(governed.answered / best).toBeGreaterThanOrEqual(0.9);
      expect(refusedShare(governed)).toBeLessThanOrEqual(0.02);
    },
  );
});

function settings(): readonly number[] {
  return Array.from({length: CEILING}, (_, index) => index + 1);
}

function refusedShare({answered, refused}: Tally): number {
  return refused / (answered + refused);
}
