import {z} from 'zod';

import {hints} from './hints';
import {secretsOf} from './secret-values';

const secret = z.string().meta(hints({secret: true}));
const Config = z.object({
  name: z.string(),
  credentials: z.discriminatedUnion('type', [
    z.object({type: z.literal('a'), password: secret}),
    z.object({type: z.literal('b'), token: secret}),
  ]),
  pin: z.int().meta(hints({secret: true})),
  hosts: z.array(z.object({host: z.string(), key: secret.optional()})),
});

describe('secretsOf', () => {
  it('finds secrets in variants, lists and numbers', () => {
    const config = {
      name: 'n',
      credentials: {type: 'a', password: 'p'},
      pin: 1234,
      hosts: [{host: 'h', key: 'k'}, {host: 'i'}],
    };

    expect([...secretsOf(Config, config)].sort()).toEqual(['1234', 'k', 'p']);
  });

  it('finds them in a configuration that is not valid', () => {
    const config = {
      credentials: {type: 'nonsense', password: 'p', token: ['t']},
      hosts: 7,
    };

    expect([...secretsOf(Config, config)].sort()).toEqual(['p', 't']);
  });

  it('finds none where there is no configuration', () => {
    expect(secretsOf(Config, undefined)).toEqual([]);
  });
});
