import fc from 'fast-check';

import type {JsonSchema} from '../stage/catalog';
import {validatorOf} from './draft-07';
import {typesOf} from './walk';

/** Texts where a schema has no pattern: short ones, and awkward ones. */
const TEXTS = fc.oneof(fc.string({unit: 'grapheme'}), fc.string({maxLength: 3}));
const INSTANTS = fc
  .date({
    noInvalidDate: true,
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2999-12-31T00:00:00Z'),
  })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);

/**
 * Configs that an old version took: random ones which its schema accepts, the same for the
 * same seed. Fewer than asked where the schema says more than can be generated.
 */
export function oldConfigs(
  schema: JsonSchema,
  {count, seed}: {readonly count: number; readonly seed: number},
): readonly Readonly<Record<string, unknown>>[] {
  const faults = validatorOf(schema);
  return fc
    .sample(arbitrary(schema), {numRuns: count * 2, seed})
    .filter((config): config is Record<string, unknown> => faults(config).length === 0)
    .slice(0, count);
}

function arbitrary(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  const {enum: listed, oneOf} = schema;
  if (isList(listed)) return fc.constantFrom(...listed);
  if (isList(oneOf)) {
    return fc.oneof(...(oneOf as readonly JsonSchema[]).map(arbitrary));
  }
  const types = typesOf(schema).map(String);
  return types.length > 1
    ? fc.oneof(...types.map((type) => ofType(type, schema)))
    : ofType(types[0] ?? inferred(schema), schema);
}

function inferred({properties, items}: JsonSchema): string {
  if (properties !== undefined) return 'object';
  return items === undefined ? 'string' : 'array';
}

const BY_TYPE: Readonly<Record<string, (schema: JsonSchema) => fc.Arbitrary<unknown>>> =
  {
    object,
    array: list,
    integer: (schema) => fc.integer(range(schema, 2 ** 31)),
    number: (schema) => fc.double({...range(schema, 1e9), noNaN: true}),
    boolean: () => fc.boolean(),
    null: () => fc.constant(null),
  };

function range(
  schema: JsonSchema,
  limit: number,
): {readonly min: number; readonly max: number} {
  const {minimum = -limit, maximum = limit} = schema as Bounds;
  return {min: minimum, max: maximum};
}

function ofType(type: string, schema: JsonSchema): fc.Arbitrary<unknown> {
  return (BY_TYPE[type] ?? text)(schema);
}

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

function object({properties = {}, required = []}: JsonSchema): fc.Arbitrary<unknown> {
  return fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, arbitrary(member)]),
    ),
    {requiredKeys: (required as string[]).filter((name) => name in properties)},
  );
}

function list(schema: JsonSchema): fc.Arbitrary<unknown> {
  const {minItems = 0, maxItems = minItems + 3} = schema as Bounds;
  const items = (schema['items'] ?? {type: 'string'}) as JsonSchema;
  return fc.array(arbitrary(items), {minLength: minItems, maxLength: maxItems});
}

/** Texts of the pattern, where one can be generated; else the examples. */
function text(schema: JsonSchema): fc.Arbitrary<unknown> {
  const {pattern, format, examples} = schema;
  const given = isList(examples) ? [fc.constantFrom(...examples)] : [];
  if (typeof pattern === 'string') return fc.oneof(...given, ...matching(pattern));
  return fc.oneof(...given, format === 'date-time' ? INSTANTS : TEXTS);
}

function matching(pattern: string): readonly fc.Arbitrary<unknown>[] {
  try {
    return [fc.stringMatching(new RegExp(pattern))];
  } catch {
    return [TEXTS];
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
