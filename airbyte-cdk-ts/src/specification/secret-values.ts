import type {z} from 'zod';

import {connectionSpecification} from './connection-specification';
import {
  childrenOf,
  isNode,
  nodesOf,
  propertiesOf,
  type SchemaNode,
} from './schema-node';

/**
 * The values of a configuration that its specification marks as secret, in whichever
 * variant of a choice they may stand. The configuration need not be valid.
 */
function secretValues(specification: SchemaNode, config: unknown): readonly string[] {
  if (config === undefined || config === null) return [];
  if (specification['airbyte_secret'] === true) return textsOf(config);
  if (Array.isArray(config)) {
    return config.flatMap((item) =>
      childrenOf(specification).flatMap((child) => secretValues(child, item)),
    );
  }
  if (!isNode(config)) return [];
  const here = propertiesOf(specification).flatMap(([name, child]) =>
    secretValues(child, config[name]),
  );
  const variants = ['oneOf', 'anyOf', 'allOf'].flatMap((keyword) =>
    nodesOf(specification, keyword),
  );
  return [...here, ...variants.flatMap((variant) => secretValues(variant, config))];
}

/** The secrets of a configuration, found by the schema it was written for. */
export function secretsOf(schema: z.ZodType, config: unknown): readonly string[] {
  return secretValues(connectionSpecification(schema), config);
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isNode(value) ? Object.values(value).flatMap(textsOf) : [];
}
