import type {JsonSchema} from '../stage/catalog';

/** A schema of a part of the protocol. */
export type Shape = JsonSchema;

export const TEXT: Shape = {type: 'string'};
export const FLAG: Shape = {type: 'boolean'};
export const NUMBER: Shape = {type: 'number'};
export const WHOLE_NUMBER: Shape = {type: 'integer'};
export const OBJECT: Shape = {type: 'object'};

export const listOf = (items: Shape): Shape => ({type: 'array', items});

export const oneOfTexts = (...texts: readonly string[]): Shape => ({enum: texts});

/**
 * An object: members that must be there, and members that may be missing or null. What
 * else it has is nobody's business, as the protocol wants it.
 */
export function shape(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const voluntary = Object.entries(optional).map(
    ([name, each]) => [name, {anyOf: [each, {type: 'null'}]}] as const,
  );
  return {
    type: 'object',
    required: Object.keys(required),
    properties: {...required, ...Object.fromEntries(voluntary)},
    additionalProperties: true,
  };
}
