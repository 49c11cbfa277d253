import {schemaFaults} from '../../schema/draft-07';
import {
  fieldAt,
  isSchema,
  placeName,
  typesOf,
  walk,
  type Place,
} from '../../schema/walk';
import type {DiscoveredStream, JsonSchema} from '../../stage/catalog';

/** What one rule finds wrong with a stream as `discover` told it. */
export type StreamRule = (stream: DiscoveredStream) => readonly string[];

/** D2: a schema of draft-07, an object at its root, a type on each property. */
export const hasSchema: StreamRule = (stream) => {
  const {json_schema: schema} = stream as {readonly json_schema?: unknown};
  if (!isSchema(schema)) return ['it has no json_schema'];
  return [
    ...schemaFaults(schema),
    ...(typesOf(schema).includes('object') ? [] : ['its schema is not of type object']),
    ...walk(schema)
      .filter((place) => isProperty(place) && !saysType(place.schema))
      .map((place) => `${placeName(place)} has no type`),
  ];
};

/** D3: the default cursor is a field, and who can be read incrementally has one. */
export const hasCursor: StreamRule = (stream) => {
  const {default_cursor_field: cursor, supported_sync_modes: modes} = stream;
  if (cursor === undefined || cursor === null || cursor.length === 0) {
    return modes?.includes('incremental') === true
      ? ['it can be read incrementally, but has no default_cursor_field']
      : [];
  }
  return fieldAt(schemaOf(stream), cursor) === undefined
    ? [`its default_cursor_field ${cursor.join('.')} is no field`]
    : [];
};

/** D4: the primary key is of fields, none an object or a list. */
export function hasKey(isTypeAsked: boolean): StreamRule {
  return (stream) =>
    (stream.source_defined_primary_key ?? []).flatMap((path) => {
      const field = fieldAt(schemaOf(stream), path);
      const name = path.join('.');
      if (field === undefined) return [`${name} of its primary key is no field`];
      const types = typesOf(field);
      const isContainer = types.includes('object') || types.includes('array');
      return isTypeAsked && isContainer
        ? [`${name} of its primary key is ${JSON.stringify(field.type)}`]
        : [];
    });
}

/** D5: nothing that refers elsewhere, joins schemas or negates one. */
export const isPlain: StreamRule = (stream) =>
  walk(schemaOf(stream)).flatMap((place) =>
    ['$ref', 'allOf', 'not']
      .filter((keyword) => keyword in place.schema)
      .map((keyword) => `${placeName(place)} uses ${keyword}`),
  );

/** D6: there is a way to read it; what resumes has a cursor of the source's own. */
export const canBeRead: StreamRule = ({
  supported_sync_modes: modes = [],
  is_resumable: isResumable,
  source_defined_cursor: isDefined,
}) => [
  ...(modes.length > 0 ? [] : ['it has no supported_sync_modes']),
  ...(isResumable === true && isDefined !== true
    ? ['it is resumable, but its cursor is not the source its own']
    : []),
];

/** D7: further columns are never forbidden. */
export const isOpen: StreamRule = (stream) =>
  walk(schemaOf(stream))
    .filter(({schema}) => (schema['additionalProperties'] ?? true) !== true)
    .map((place) => `${placeName(place)} has additionalProperties other than true`);

/** The schema of a stream; an empty one where it has none, which D2 says. */
export function schemaOf({json_schema: schema}: DiscoveredStream): JsonSchema {
  return isSchema(schema) ? schema : {};
}

function isProperty({schema, parent}: Place): boolean {
  return Object.values(parent?.schema.properties ?? {}).includes(schema);
}

/** A choice has its types in its branches. */
function saysType(schema: JsonSchema): boolean {
  return schema.type !== undefined || 'oneOf' in schema || 'anyOf' in schema;
}
