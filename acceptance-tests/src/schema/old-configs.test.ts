import {oldConfigs} from './old-configs';

const SCHEMA = {
  type: 'object',
  required: ['url', 'access'],
  properties: {
    url: {type: 'string', pattern: '^https?://[^\\s]+$', minLength: 9},
    access: {
      type: 'object',
      oneOf: [
        {required: ['kind'], properties: {kind: {const: 'nobody'}}},
        {
          required: ['kind', 'user'],
          properties: {kind: {const: 'password'}, user: {type: 'string', minLength: 1}},
        },
      ],
    },
    start: {type: 'string', format: 'date-time', pattern: '^[0-9-]{10}T[0-9:]{8}Z$'},
    count: {type: ['integer', 'null'], minimum: 3},
    rate: {type: 'number', minimum: 0.5, maximum: 2},
    mode: {enum: ['a', 'b']},
    names: {type: 'array', minItems: 1, items: {type: 'string', minLength: 1}},
    is_on: {type: 'boolean'},
  },
};

describe('oldConfigs', () => {
  const configs = oldConfigs(SCHEMA, {count: 100, seed: 1});
  const seen = (name: string) =>
    new Set(configs.map((config) => JSON.stringify(config[name])));

  it('are as many as asked for', () => {
    expect(configs).toHaveLength(100);
  });

  it('are the same for the same seed', () => {
    expect(oldConfigs(SCHEMA, {count: 100, seed: 1})).toEqual(configs);
  });

  it('have every choice, every value of an enum, and fields left out', () => {
    const kinds = configs.map(({access}) => (access as {kind: unknown}).kind);

    expect(new Set(kinds)).toEqual(new Set(['nobody', 'password']));
    expect(seen('mode')).toEqual(new Set([undefined, '"a"', '"b"']));
    expect(seen('count')).toContain('null');
  });

  it('use the examples where no text of the pattern can be made up', () => {
    const schema = {
      required: ['code'],
      properties: {code: {pattern: '^(?=.*[A-Z])(?!x).{4}$', examples: ['ABCD']}},
    };

    expect(oldConfigs(schema, {count: 5, seed: 1})).toContainEqual({code: 'ABCD'});
  });
});
