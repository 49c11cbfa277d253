import type {JsonSchema} from '../stage/catalog';
import {specBreaks} from './spec-changes';

const field = (schema: JsonSchema): JsonSchema => ({properties: {a: schema}});
const choice = (name: string, more: Record<string, JsonSchema> = {}): JsonSchema => ({
  properties: {kind: {const: name}, ...more},
});

describe('specBreaks', () => {
  it.each([
    ['an optional field came', field({}), {properties: {a: {}, b: {required: ['c']}}}],
    ['a type became wider', field({type: 'string'}), field({type: ['string', 'null']})],
    [
      'a list of one type became it',
      field({type: ['string']}),
      field({type: 'string'}),
    ],
    ['an enum became wider', field({enum: [1]}), field({enum: [1, 2]})],
    ['an enum went', field({enum: [1]}), field({})],
    [
      'choices changed places',
      field({oneOf: [choice('x'), choice('y')]}),
      field({oneOf: [choice('y', {b: {}}), choice('x')]}),
    ],
    ['a nested field went', field(choice('x', {b: {}})), field(choice('x'))],
  ])('has nothing to say where %s', (_what, old, now) => {
    expect(specBreaks(old, now)).toEqual([]);
  });

  it.each([
    ['a first-level field went', [field({}), {properties: {}}], 'the field a is gone'],
    [
      'a field became required',
      [field({}), {...field({}), required: ['a']}],
      'the root: a became required',
    ],
    [
      'a type became another',
      [field({type: 'integer'}), field({type: 'number'})],
      '/a: the type "integer" became "number"',
    ],
    [
      'null is no longer taken',
      [field({type: ['string', 'null']}), field({type: ['string']})],
      '/a: the type ["string","null"] became ["string"]',
    ],
    ['an enum came', [field({}), field({enum: [1]})], '/a: an enum was added'],
    [
      'an enum lost a value',
      [field({items: {enum: [1, 2]}}), field({items: {enum: [2]}})],
      '/a/items: the enum has lost 1',
    ],
    [
      'a choice went',
      [field({oneOf: [choice('x'), choice('y')]}), field({oneOf: [choice('x')]})],
      '/a: the choice kind="y" is gone',
    ],
    [
      'a field of a choice became required',
      [
        field({oneOf: [choice('x')]}),
        field({oneOf: [{...choice('x'), required: ['b']}]}),
      ],
      '/a[kind="x"]: b became required',
    ],
  ] as const)('objects where %s', (_what, [old, now], said) => {
    expect(specBreaks(old, now)).toEqual([said]);
  });
});
