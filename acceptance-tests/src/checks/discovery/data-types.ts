import {placeName, typesOf, walk} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';

const TYPES: readonly unknown[] = [
  ...['null', 'string', 'number', 'integer', 'boolean', 'object', 'array'],
];

/** The types that a format may stand on, besides null. */
const FORMATS: ReadonlyMap<unknown, readonly unknown[]> = new Map(
  ['date', 'date-time', 'time'].map((format) => [format, ['string']]),
);

interface AirbyteType {
  readonly types: readonly unknown[];
  readonly format?: string;
}

const INSTANT: AirbyteType = {types: ['string'], format: 'date-time'};
const TIME: AirbyteType = {types: ['string'], format: 'time'};
const AIRBYTE_TYPES: ReadonlyMap<unknown, AirbyteType> = new Map([
  ['timestamp_with_timezone', INSTANT],
  ['timestamp_without_timezone', INSTANT],
  ['time_with_timezone', TIME],
  ['time_without_timezone', TIME],
  ['integer', {types: ['integer', 'number']}],
]);

/** The types, formats and Airbyte types of a schema that no destination knows. */
export function unknownTypes(schema: JsonSchema): readonly string[] {
  return walk(schema).flatMap((place) =>
    [...typeFaults(place.schema), ...formatFaults(place.schema)].map(
      (text) => `${placeName(place)} ${text}`,
    ),
  );
}

function typeFaults(schema: JsonSchema): readonly string[] {
  return typesOf(schema)
    .filter((type) => !TYPES.includes(type))
    .map((type) => `is of type ${JSON.stringify(type)}`);
}

function formatFaults(schema: JsonSchema): readonly string[] {
  const {format, airbyte_type: name} = schema;
  const allowed = FORMATS.get(format);
  const airbyteType = AIRBYTE_TYPES.get(name);
  return [
    ...(format === undefined || (allowed !== undefined && isOf(schema, allowed))
      ? []
      : [`has the format ${JSON.stringify(format)}`]),
    ...(name === undefined || (airbyteType !== undefined && fits(schema, airbyteType))
      ? []
      : [`has the airbyte_type ${JSON.stringify(name)}`]),
  ].map((text) => `${text} on ${JSON.stringify(schema.type)}`);
}

function fits(schema: JsonSchema, {types, format}: AirbyteType): boolean {
  return isOf(schema, types) && (format === undefined || schema['format'] === format);
}

/** Every type of the schema, null aside, is one of these, and there is one. */
function isOf(schema: JsonSchema, allowed: readonly unknown[]): boolean {
  const types = typesOf(schema).filter((type) => type !== 'null');
  return types.length > 0 && types.every((type) => allowed.includes(type));
}
