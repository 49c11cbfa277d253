import {z} from 'zod';

import {connectionSpecification} from './connection-specification';
import {hints} from './hints';
import {lintSpecification} from './specification-lint';

const Credentials = z.discriminatedUnion('auth_type', [
  z
    .object({
      auth_type: z.literal('basic'),
      username: z.string().meta(hints({title: 'User', order: 1})),
      password: z.string().meta(hints({title: 'Password', order: 2, secret: true})),
    })
    .meta(hints({title: 'Basic'})),
  z
    .object({
      auth_type: z.literal('bearer'),
      token: z.string().meta(hints({title: 'Token', order: 1, secret: true})),
    })
    .meta(hints({title: 'Bearer'})),
]);

describe('connectionSpecification', () => {
  it('is draft-07 of an object that is open for more', () => {
    expect(connectionSpecification(z.object({}))).toEqual({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {},
      additionalProperties: true,
    });
  });

  it('requires only what has neither a default nor an absence', () => {
    const schema = z.object({
      name: z.string(),
      size: z.int().default(3),
      end: z.string().optional(),
      start: z.string().nullish(),
    });

    expect(connectionSpecification(schema)).toMatchObject({
      required: ['name'],
      properties: {
        name: {type: 'string'},
        size: {type: 'integer', default: 3},
        end: {type: 'string'},
        start: {type: 'string'},
      },
    });
  });

  it('says of a whole number no more than the schema does', () => {
    const schema = z.object({size: z.int().min(0).max(9), any: z.int()});

    expect(connectionSpecification(schema)['properties']).toEqual({
      size: {type: 'integer', minimum: 0, maximum: 9},
      any: {type: 'integer'},
    });
  });

  it('gives a choice of variants a const in each and type object above', () => {
    const meta = hints({title: 'Sign-in', order: 0, displayType: 'radio'});
    const schema = z.object({credentials: Credentials.meta(meta)});

    expect(connectionSpecification(schema)['properties']).toEqual({
      credentials: {
        title: 'Sign-in',
        order: 0,
        display_type: 'radio',
        type: 'object',
        oneOf: [
          {
            title: 'Basic',
            type: 'object',
            required: ['auth_type', 'username', 'password'],
            properties: {
              auth_type: {type: 'string', const: 'basic'},
              username: {type: 'string', title: 'User', order: 1},
              password: {
                type: 'string',
                title: 'Password',
                order: 2,
                airbyte_secret: true,
              },
            },
          },
          {
            title: 'Bearer',
            type: 'object',
            required: ['auth_type', 'token'],
            properties: {
              auth_type: {type: 'string', const: 'bearer'},
              token: {type: 'string', title: 'Token', order: 1, airbyte_secret: true},
            },
          },
        ],
      },
    });
  });

  it('gives instants the pattern from which the form makes a date picker', () => {
    const schema = z.object({start: z.iso.datetime(), day: z.iso.date()});

    expect(connectionSpecification(schema)['properties']).toMatchObject({
      start: {format: 'date-time', pattern: expect.stringMatching(/Z\$$/)},
      day: {format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'},
    });
  });

  it('writes hints as the form reads them', () => {
    const meta = hints({
      title: 'CA certificate',
      description: 'PEM.',
      examples: ['-----BEGIN CERTIFICATE-----'],
      pattern: '^---',
      patternDescriptor: 'PEM text',
      multiline: true,
      alwaysShow: true,
      hidden: false,
      group: 'network',
    });
    const groups = [{id: 'network', title: 'Network'}];
    const schema = z
      .object({ca: z.string().optional().meta(meta)})
      .meta(hints({groups}));

    expect(connectionSpecification(schema)).toMatchObject({
      groups,
      properties: {
        ca: {
          title: 'CA certificate',
          description: 'PEM.',
          examples: ['-----BEGIN CERTIFICATE-----'],
          pattern: '^---',
          pattern_descriptor: 'PEM text',
          multiline: true,
          always_show: true,
          airbyte_hidden: false,
          group: 'network',
        },
      },
    });
  });

  it('derives what the lint accepts', () => {
    const schema = z.object({
      credentials: Credentials.meta(hints({order: 0})),
      start: z.iso
        .datetime()
        .optional()
        .meta(hints({order: 1})),
      names: z
        .array(z.string())
        .default([])
        .meta(hints({order: 2})),
      load: z
        .object({limit: z.int().default(4)})
        .prefault({})
        .meta(hints({order: 3})),
    });

    expect(lintSpecification(connectionSpecification(schema))).toEqual([]);
  });
});
