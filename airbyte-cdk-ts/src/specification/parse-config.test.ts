import {z} from 'zod';

import {ConfigError} from '../errors';
import {hints} from './hints';
import {parseConfig} from './parse-config';

const Config = z.object({
  base_url: z.url().meta(hints({title: 'PI Web API address'})),
  credentials: z
    .discriminatedUnion('auth_type', [
      z.object({
        auth_type: z.literal('basic'),
        password: z
          .string()
          .min(12)
          .meta(hints({title: 'Password', secret: true})),
      }),
      z.object({auth_type: z.literal('none')}),
    ])
    .meta(hints({title: 'Sign-in'})),
  settle_seconds: z
    .int()
    .default(60)
    .meta(hints({title: 'Settle time'})),
  points: z
    .array(z.string().max(5))
    .default([])
    .meta(hints({title: 'Points'})),
  end_date: z.string().optional(),
});
const SOUND = {base_url: 'https://pi/piwebapi', credentials: {auth_type: 'none'}};

describe('parseConfig', () => {
  it('fills in defaults and passes over what it does not know', () => {
    expect(parseConfig(Config, {...SOUND, new_member: 1})).toEqual({
      ...SOUND,
      settle_seconds: 60,
      points: [],
    });
  });

  it('takes null for absent', () => {
    const config = {...SOUND, settle_seconds: null, end_date: null};

    expect(parseConfig(Config, config)).toEqual({
      ...SOUND,
      settle_seconds: 60,
      points: [],
    });
  });

  it('names a missing field as the form does', () => {
    expect(complaint({credentials: SOUND.credentials})).toBe(
      'The configuration cannot be used. PI Web API address (base_url): is missing.',
    );
  });

  it('names every wrong field', () => {
    const config = {...SOUND, settle_seconds: 'x', points: ['short', 'too long']};

    expect(complaint(config)).toMatch(
      /Settle time \(settle_seconds\): must be of type number\. Points > 1 \(points\.1\): Too big/,
    );
  });

  it('names a field of a variant, and never quotes its value', () => {
    const credentials = {auth_type: 'basic', password: 'hunter2'};

    const said = complaint({...SOUND, credentials});

    expect(said).toContain('Sign-in > Password (credentials.password): Too small');
    expect(said).not.toContain('hunter2');
  });

  it('says that a variant is unknown without quoting it', () => {
    const said = complaint({...SOUND, credentials: {auth_type: 'hunter2'}});

    expect(said).toContain('(credentials.auth_type): must be one of the variants');
    expect(said).not.toContain('hunter2');
  });
});

function complaint(config: unknown): string {
  try {
    parseConfig(Config, config);
  } catch (error) {
    return error instanceof ConfigError ? error.message : 'another class of error';
  }
  return 'nothing';
}
