import {lintSpecification} from './specification-lint';

const TEXT = {type: 'string'};

describe('lintSpecification', () => {
  it('finds nothing wrong with a sound specification', () => {
    expect(lintSpecification(root({name: {...TEXT, order: 0}}))).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['anyOf', {a: {anyOf: [TEXT]}}, 'root.a: `anyOf` is not allowed'],
    ['a reference', {a: {$ref: '#/x'}}, 'root.a: `$ref` is not allowed'],
    ['several types', {a: {type: ['string', 'integer']}}, 'root.a: more than one type'],
    ['an empty object', {a: {type: 'object'}}, 'root.a: an object without properties'],
    [
      'items unknown',
      {a: {type: 'array'}},
      'root.a: an array without a schema of its items',
    ],
    [
      'items the form cannot show',
      {a: {type: 'array', items: {type: 'array', items: TEXT}}},
      'root.a: items of a type the form cannot show',
    ],
    [
      'a requirement nobody can meet',
      {a: {type: 'object', properties: {b: TEXT}, required: ['c']}},
      'root.a: requires c, which is not among its properties',
    ],
    [
      'a repeated value',
      {a: {...TEXT, enum: ['x', 'x']}},
      'root.a: a value stands twice',
    ],
    [
      'a repeated order',
      {a: {...TEXT, order: 1}, b: {...TEXT, order: 1}},
      'root: an order stands twice',
    ],
    [
      'a nested group',
      {a: {type: 'object', properties: {b: {...TEXT, group: 'g'}}}},
      'root.a.b: group below the first level',
    ],
    [
      'a display type without a choice',
      {a: {...TEXT, display_type: 'radio'}},
      'root.a: display_type out of place',
    ],
    [
      'a closed object',
      {a: {type: 'object', properties: {b: TEXT}, additionalProperties: false}},
      'root.a: additionalProperties other than true',
    ],
    ['an unmarked secret', {password: TEXT}, 'root.password: looks like a secret'],
    [
      'a part of one',
      {proxy_password: TEXT},
      'root.proxy_password: looks like a secret',
    ],
    [
      'a secret that is a switch',
      {a: {type: 'boolean', airbyte_secret: true}},
      'root.a: only text and numbers can be secret',
    ],
    [
      'a date the form does not know',
      {a: {...TEXT, format: 'date-time', pattern: '^x$'}},
      'root.a: no pattern from which the form knows a date',
    ],
    [
      'a choice of no type',
      {a: {oneOf: variants()}},
      'root.a: oneOf needs type object',
    ],
    [
      'a variant without a title',
      {a: choice([{...variants()[0], title: undefined}])},
      'root.a: a variant has no title',
    ],
    [
      'variants without a common const',
      {a: choice([{title: 'x', properties: {b: TEXT}}])},
      'root.a: the variants need exactly one property with a const in common',
    ],
    [
      'variants that are alike',
      {a: choice([variants()[0]!, variants()[0]!])},
      'root.a: two variants are alike',
    ],
    [
      'a default beside a const',
      {a: choice([{title: 'x', properties: {kind: {const: 'x', default: 'x'}}}])},
      'root.a.kind: default or enum beside const',
    ],
  ])('refuses %s', (_, properties, problem) => {
    expect(lintSpecification(root(properties))).toContain(problem);
  });

  it('does not take the address of a token for a secret', () => {
    expect(lintSpecification(root({token_url: TEXT, token: secret()}))).toEqual([]);
  });

  it('accepts a choice of variants', () => {
    expect(lintSpecification(root({a: choice(variants())}))).toEqual([]);
  });

  it('looks into variants and items', () => {
    const inVariant = {
      title: 'x',
      properties: {kind: {const: 'x'}, api_key: TEXT, key: TEXT},
    };
    const inItems = {type: 'array', items: {type: 'object', properties: {jwt: TEXT}}};

    const problems = lintSpecification(root({a: choice([inVariant]), b: inItems}));

    expect(problems).toEqual([
      'root.a[0].key: looks like a secret',
      'root.b[0].jwt: looks like a secret',
    ]);
  });
});

function root(properties: Record<string, unknown>): Record<string, unknown> {
  return {type: 'object', properties, additionalProperties: true};
}

function secret(): Record<string, unknown> {
  return {...TEXT, airbyte_secret: true};
}

function choice(oneOf: readonly Record<string, unknown>[]): Record<string, unknown> {
  return {type: 'object', oneOf};
}

function variants(): readonly Record<string, unknown>[] {
  return ['x', 'y'].map((kind) => ({
    title: kind,
    type: 'object',
    properties: {kind: {type: 'string', const: kind}},
  }));
}
