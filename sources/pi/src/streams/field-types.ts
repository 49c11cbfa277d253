import type {JsonObject} from 'airbyte-cdk-ts';

/** JSON Schema types of record fields, all nullable. */
export const STRING: JsonObject = {type: ['null', 'string']};
export const INTEGER: JsonObject = {type: ['null', 'integer']};
export const NUMBER: JsonObject = {type: ['null', 'number']};
export const BOOLEAN: JsonObject = {type: ['null', 'boolean']};
export const OBJECT: JsonObject = {
  type: ['null', 'object'],
  additionalProperties: true,
};
export const STRINGS: JsonObject = {type: ['null', 'array'], items: {type: 'string'}};
export const OBJECTS: JsonObject = {
  type: ['null', 'array'],
  items: {type: 'object', additionalProperties: true},
};
export const INSTANT: JsonObject = {
  type: ['null', 'string'],
  format: 'date-time',
  airbyte_type: 'timestamp_with_timezone',
};

/** A record's schema, draft-07, from its fields. */
export function recordSchema(properties: Record<string, JsonObject>): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: true,
    properties,
  };
}

/** A field with a sentence on what it holds. */
export function field(type: JsonObject, description: string): JsonObject {
  return {...type, description};
}
