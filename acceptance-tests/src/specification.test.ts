import {committed, ofType, PROGRAMS, run} from './program';

const FORBIDDEN = [
  'anyOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  '$ref',
  'patternProperties',
  'prefixItems',
  'dependentSchemas',
  'dependentRequired',
];
const SECRET =
  /password|passphrase|token$|secret|private_key|^(proxy_url|keytab|archive|certificate)$/;

interface Schema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly title?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: unknown;
  readonly airbyte_secret?: boolean;
  readonly additionalProperties?: unknown;
  readonly order?: number;
  readonly group?: string;
  readonly display_type?: string;
}

describe.each([
  ['source-pi', PROGRAMS.source],
  ['destination-unity', PROGRAMS.destination],
])('spec of %s', (name, program) => {
  it('is the one committed under spec/', async () => {
    const golden = committed(`${name}/connection-specification.json`);

    expect(await schemaOf(program)).toEqual(golden);
  });

  it('is exactly one message, its type first', async () => {
    const outcome = await run(program, ['spec']);

    expect(outcome.exit).toBe(0);
    expect(outcome.lines).toHaveLength(1);
    expect(outcome.lines[0]).toMatch(/^\{"type":"SPEC"/);
  });

  it('uses only what Airbyte can show as a form', async () => {
    const schemas = walk(await schemaOf(program));

    for (const [place, schema] of schemas) {
      const used = Object.keys(schema).filter((key) => FORBIDDEN.includes(key));
      expect([place, used]).toEqual([place, []]);
      expect([place, schema.additionalProperties ?? true]).toEqual([place, true]);
    }
  });

  it('gives every choice one member with a different constant, and a title', async () => {
    const choices = walk(await schemaOf(program)).filter(([, {oneOf}]) => oneOf);

    for (const [place, {type, oneOf = []}] of choices) {
      const constants = oneOf.map((variant) =>
        Object.entries(variant.properties ?? {})
          .filter(([, member]) => member.const !== undefined)
          .map(([name, member]) => [name, member.const, member.default, member.enum]),
      );
      const names = new Set(constants.map(([only]) => only?.[0]));
      const values = new Set(constants.map(([only]) => only?.[1]));
      expect([place, type]).toEqual([place, 'object']);
      expect([place, names.size, values.size]).toEqual([place, 1, oneOf.length]);
      expect(constants.flat().map((facts) => facts.slice(2))).toEqual(
        constants.map(() => [undefined, undefined]),
      );
      expect(oneOf.map(({title}) => typeof title)).toEqual(oneOf.map(() => 'string'));
    }
  });

  it('marks exactly the secrets as secrets', async () => {
    for (const [place, schema] of walk(await schemaOf(program))) {
      if (typeof schema.type !== 'string' || schema.const !== undefined) continue;
      const leaf = schema.type === 'string' || schema.type === 'integer';
      const name = place.split('/').at(-1) ?? '';
      expect([place, schema.airbyte_secret ?? false]).toEqual([
        place,
        leaf && SECRET.test(name),
      ]);
    }
  });

  it('orders the fields of a level without a tie', async () => {
    for (const [place, schema] of walk(await schemaOf(program))) {
      const orders = Object.values(schema.properties ?? {})
        .filter(({order}) => order !== undefined)
        .map(({order, group}) => `${group ?? ''}:${order}`);
      expect([place, new Set(orders).size]).toEqual([place, orders.length]);
    }
  });
});

async function schemaOf(program: string): Promise<Schema> {
  const [message] = ofType(await run(program, ['spec']), 'SPEC');
  const {connectionSpecification} = message?.['spec'] as {
    connectionSpecification: Schema;
  };
  return connectionSpecification;
}

/** Every schema below, with the path to it. */
function walk(schema: Schema, place = ''): [string, Schema][] {
  return [
    [place, schema],
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
      walk(member, `${place}/${name}`),
    ),
    ...(schema.oneOf ?? []).flatMap((variant, i) => walk(variant, `${place}/${i}`)),
    ...(schema.items === undefined ? [] : walk(schema.items, `${place}/items`)),
  ];
}
