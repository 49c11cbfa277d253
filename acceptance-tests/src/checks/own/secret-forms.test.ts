import fc from 'fast-check';

import {formsOf, secretsIn} from './secret-forms';

const SECRET = {type: 'string', airbyte_secret: true};
const SCHEMA = {
  properties: {
    token: SECRET,
    access: {
      oneOf: [
        {properties: {user: {type: 'string'}, password: SECRET}},
        {properties: {keys: {type: 'array', items: SECRET}}},
      ],
    },
  },
};

describe('secretsIn', () => {
  it('finds the marked values in branches and lists, with what stands beside them', () => {
    const config = {
      ...{token: 'tok-1', url: 'https://host'},
      access: {user: 'me', password: 'pass', keys: ['k-1', 'k-2']},
    };

    const found = secretsIn(config, SCHEMA);

    expect(found.map(({value}) => value)).toEqual(['tok-1', 'pass', 'k-1', 'k-2']);
    expect(found[1]?.beside).toContain('me');
  });

  it.each([[[]], [null], ['text'], [{}]])('finds none in %j', (config) => {
    expect(secretsIn(config, SCHEMA)).toEqual([]);
  });
});

describe('formsOf', () => {
  const text = fc.string({unit: 'binary', minLength: 8, maxLength: 40});
  const isGivenAway = (value: string, said: string) =>
    formsOf({value, beside: ['me']}).some((form) => said.includes(form));

  it('recognises a secret in every coat, whatever it is', () => {
    fc.assert(
      fc.property(text, fc.string(), (value, before) => {
        const coats = [
          value,
          JSON.stringify(value),
          JSON.stringify(JSON.stringify(value)),
          encodeURIComponent(value),
          Buffer.from(value).toString('base64'),
          Buffer.from(`me:${value}`).toString('base64'),
          Buffer.from(`${before}${value}`).toString('base64'),
          Buffer.from(`${before}${value}`).toString('base64url'),
        ];

        expect(coats.filter((coat) => !isGivenAway(value, coat))).toEqual([]);
      }),
    );
  });

  it('recognises one line of a key', () => {
    const key = '-----BEGIN KEY-----\nMIIBOgIBAAJBAKj34GkxFhD9\n-----END KEY-----';

    expect(isGivenAway(key, 'parse error near MIIBOgIBAAJBAKj34GkxFhD9')).toBe(true);
    expect(isGivenAway(key, '-----BEGIN KEY-----')).toBe(false);
  });

  it('leaves out what is too short to be told from words', () => {
    expect(formsOf({value: 'abc', beside: ['me']})).toEqual([]);
  });
});
