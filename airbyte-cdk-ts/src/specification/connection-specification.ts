import type * as Zod from 'zod';

import {isNode, nodesOf, type SchemaNode} from './schema-node';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';
const UTC_INSTANT = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$';
const CALENDAR_DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

/**
 * The `connectionSpecification` of a configuration: draft-07 as Airbyte's form wants it.
 * A discriminated union becomes `oneOf` with a `const` in each variant, a nullable field
 * becomes optional, and what the form cannot read is left out.
 */
export function connectionSpecification(schema: Zod.ZodType): Record<string, unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- `spec` does without
  const z = require('zod') as typeof Zod;
  const derived = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    reused: 'inline',
  });
  const tidied = tidy(derived);
  return {...tidied, $schema: DRAFT_07, type: 'object', additionalProperties: true};
}

function tidy(node: SchemaNode): Record<string, unknown> {
  const members = Object.entries(without(withoutNull(node), ['$schema']));
  const below = members.map(([name, value]) => [name, tidyMember(name, value)]);
  const whole = Object.fromEntries(below) as Record<string, unknown>;
  return choice(constant(wholeNumber(instant(whole, node))));
}

function tidyMember(name: string, value: unknown): unknown {
  if (name === 'properties' && isNode(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, child]) => [key, tidy(child as SchemaNode)]),
    );
  }
  if (name === 'items' && isNode(value)) return tidy(value);
  if (Array.isArray(value) && value.every(isNode) && ALTERNATIVES.has(name)) {
    return value.map(tidy);
  }
  return value;
}

const ALTERNATIVES = new Set(['oneOf', 'anyOf', 'allOf']);

/** `[X, null]` becomes X: absent and null are the same thing to us. */
function withoutNull(node: SchemaNode): SchemaNode {
  const {type} = node;
  if (Array.isArray(type)) return {...node, type: type.find((name) => name !== 'null')};
  const variants = nodesOf(node, 'anyOf');
  const [only, ...more] = variants.filter((variant) => variant['type'] !== 'null');
  if (only === undefined || more.length > 0 || variants.length === 0) return node;
  return withoutNull({...only, ...without(node, ['anyOf'])});
}

/** A discriminated union: its parent is an object, its variants differ by a `const`. */
function choice(node: Record<string, unknown>): Record<string, unknown> {
  const {anyOf, oneOf, ...rest} = node;
  const variants = oneOf ?? anyOf;
  if (!Array.isArray(variants)) return node;
  const isOfObjects = variants.every(
    (variant) => isNode(variant) && 'properties' in variant,
  );
  return isOfObjects ? {...rest, type: 'object', oneOf: variants} : node;
}

/** Airbyte reads `const` alone; a list of one value or a default beside it confuses it. */
function constant(node: Record<string, unknown>): Record<string, unknown> {
  return 'const' in node ? without(node, ['default', 'enum']) : node;
}

/** The bounds of exact whole numbers in JavaScript are no business of the user. */
function wholeNumber(node: Record<string, unknown>): Record<string, unknown> {
  const bounds = Object.entries({
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
  });
  const idle = bounds
    .filter(([name, bound]) => node[name] === bound)
    .map(([name]) => name);
  return Object.fromEntries(
    Object.entries(node).filter(([name]) => !idle.includes(name)),
  );
}

/** The form shows a date picker for these patterns only, not for zod's exact ones. */
function instant(
  node: Record<string, unknown>,
  original: SchemaNode,
): Record<string, unknown> {
  const pattern = {'date-time': UTC_INSTANT, date: CALENDAR_DAY}[
    String(node['format'])
  ];
  if (pattern === undefined || 'pattern_descriptor' in original) return node;
  return {...node, pattern};
}

function without(node: SchemaNode, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(node).filter(([name]) => !names.includes(name)),
  );
}
