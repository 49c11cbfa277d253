import {ConfigError} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {decideGeneration, type GenerationFacts} from './generations';

const mode = fc.constantFrom('append', 'overwrite', 'append_dedup') as fc.Arbitrary<
  GenerationFacts['mode']
>;
const generation = fc.integer({min: 1, max: 6});
const stored = fc.option(
  fc
    .tuple(generation, generation)
    .map(([a, b]) => ({min: Math.min(a, b), max: Math.max(a, b)})),
  {nil: undefined},
);

interface Case {
  readonly says: string;
  readonly facts: GenerationFacts;
  readonly becomes: readonly [storedRows: string, generation: number];
}

describe('decideGeneration', () => {
  it.each<Case>([
    {
      says: 'keeps all when nothing is to go',
      facts: facts('append', [5, 0], {min: 1, max: 4}),
      becomes: ['keep', 5],
    },
    {
      says: 'replaces older generations on a refresh',
      facts: facts('append', [5, 5], {min: 1, max: 4}),
      becomes: ['replace', 5],
    },
    {
      says: 'replaces older generations with keys too',
      facts: facts('append_dedup', [5, 5], {min: 4, max: 4}),
      becomes: ['replace', 5],
    },
    {
      says: 'keeps the generation being written',
      facts: facts('append_dedup', [1, 1], {min: 1, max: 1}),
      becomes: ['keep', 1],
    },
    {
      says: 'continues an overwrite that is tried again',
      facts: facts('overwrite', [5, 5], {min: 5, max: 5}),
      becomes: ['keep', 5],
    },
    {
      says: 'overwrites an older generation',
      facts: facts('overwrite', [5, 5], {min: 4, max: 4}),
      becomes: ['replace', 5],
    },
    {
      says: 'replaces nothing in an empty table',
      facts: facts('overwrite', [5, 5], undefined),
      becomes: ['keep', 5],
    },
    {
      says: 'replaces what an earlier attempt may yet bring',
      facts: {...facts('overwrite', [5, 5], undefined), mayGainLateRows: true},
      becomes: ['replace', 5],
    },
    {
      says: 'fears nothing before the first generation',
      facts: {...facts('overwrite', [1, 1], undefined), mayGainLateRows: true},
      becomes: ['keep', 1],
    },
    {
      says: 'overwrites what another counting left',
      facts: facts('overwrite', [2, 2], {min: 9, max: 9}),
      becomes: ['replace', 2],
    },
    {
      says: 'keeps newer generations in append',
      facts: facts('append', [2, 2], {min: 9, max: 9}),
      becomes: ['keep', 2],
    },
    {
      says: 'never drops the present generation among older ones',
      facts: facts('append', [5, 5], {min: 3, max: 5}),
      becomes: ['keep', 5],
    },
    {
      says: 'writes straight into an empty table',
      facts: facts('overwrite', [5, 5], undefined),
      becomes: ['keep', 5],
    },
    {
      says: 'appends without generations',
      facts: facts('append', [undefined, undefined], {min: 1, max: 3}),
      becomes: ['keep', 3],
    },
    {
      says: 'starts at one without generations',
      facts: facts('append', [undefined, undefined], undefined),
      becomes: ['keep', 1],
    },
    {
      says: 'overwrites without generations',
      facts: facts('overwrite', [undefined, undefined], {min: 1, max: 3}),
      becomes: ['replace', 4],
    },
    {
      says: 'sets rows aside where others may yet arrive in the empty table',
      facts: {
        ...facts('overwrite', [undefined, undefined], undefined),
        mayGainLateRows: true,
      },
      becomes: ['replace', 1],
    },
    {
      says: 'overwrites when nothing counts',
      facts: facts('overwrite', [0, 0], {min: 0, max: 0}),
      becomes: ['replace', 1],
    },
  ])('$says', ({facts, becomes}) => {
    const {storedRows, generation} = decideGeneration(facts);

    expect([storedRows, generation]).toEqual(becomes);
  });

  it('takes up rows set aside only where generations tell whose they are', () => {
    const facts = {mode: 'overwrite', stored: {min: 1, max: 1}} as const;
    const unknown = {generationId: undefined, minimumGenerationId: undefined};

    expect(decideGeneration({...facts, ...unknown}).resumes).toBe(false);
    expect(
      decideGeneration({...facts, generationId: 2, minimumGenerationId: 2}).resumes,
    ).toBe(true);
  });

  it.each([
    [5, 3],
    [3, 5],
    [undefined, 2],
    [-1, -1],
  ])('refuses generation %s with minimum %s', (generationId, minimumGenerationId) => {
    const facts = {mode: 'append', stored: undefined} as const;

    expect(() =>
      decideGeneration({...facts, generationId, minimumGenerationId}),
    ).toThrow(ConfigError);
  });

  it('loses nothing when the same numbers come with every write', () => {
    const appending = fc.constantFrom('append', 'append_dedup') as typeof mode;
    fc.assert(
      fc.property(appending, generation, (mode, id) => {
        const numbers = {mode, generationId: id, minimumGenerationId: id};
        const first = decideGeneration({...numbers, stored: undefined});

        const written = {min: first.generation, max: first.generation};

        expect(decideGeneration({...numbers, stored: written}).storedRows).toBe('keep');
      }),
      {seed: 1},
    );
  });

  it('never replaces rows of the generation being written', () => {
    fc.assert(
      fc.property(mode, generation, stored, (mode, id, rows) => {
        const facts = {mode, generationId: id, minimumGenerationId: id, stored: rows};

        const {storedRows} = decideGeneration(facts);

        expect(rows?.max === id && storedRows === 'replace').toBe(false);
      }),
      {seed: 2},
    );
  });

  it('replaces nothing when the minimum is zero, except to overwrite', () => {
    fc.assert(
      fc.property(generation, stored, (generationId, rows) => {
        const facts = {generationId, minimumGenerationId: 0, stored: rows};

        expect(decideGeneration({...facts, mode: 'append'}).storedRows).toBe('keep');
        expect(decideGeneration({...facts, mode: 'append_dedup'}).storedRows).toBe(
          'keep',
        );
      }),
      {seed: 3},
    );
  });
});

function facts(
  mode: GenerationFacts['mode'],
  [generationId, minimumGenerationId]: readonly [
    id: number | undefined,
    minimum: number | undefined,
  ],
  stored: GenerationFacts['stored'],
): GenerationFacts {
  return {mode, generationId, minimumGenerationId, stored};
}
