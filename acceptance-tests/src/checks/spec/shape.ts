import {typesOf, placeName, type Place} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import type {Check} from '../check';
import {listOf, ofPlaces} from './of-schema';

const FORBIDDEN = [
  ...['$ref', 'anyOf', 'allOf', 'not', 'if', 'then', 'else', 'patternProperties'],
  ...['prefixItems', 'dependentSchemas', 'dependentRequired'],
];
const ITEM_TYPES = ['object', 'string', 'number', 'integer'];

/** Rules on the shape of the schema: what Airbyte's form can show. */
export const SHAPE = {
  enums: ofPlaces('S4', 'the values of an enum are distinct', (place) => {
    const values = listOf(place.schema['enum']).map((value) => JSON.stringify(value));
    const repeated = values.filter((value, i) => values.indexOf(value) < i);
    return repeated.map((value) => `${placeName(place)} lists ${value} more than once`);
  }),
  types: ofPlaces(
    'S8',
    'a field has one type, an object has fields, an array has one kind of items',
    (place) => [...typeFaults(place), ...emptyFaults(place), ...itemFaults(place)],
  ),
  keywords: ofPlaces('S9', 'no keyword is used that a form cannot show', (place) =>
    FORBIDDEN.filter((keyword) => keyword in place.schema).map(
      (keyword) => `${placeName(place)} uses ${keyword}`,
    ),
  ),
  additions: ofPlaces(
    'S13',
    'additionalProperties is true wherever it stands',
    (place) =>
      (place.schema['additionalProperties'] ?? true) === true
        ? []
        : [`${placeName(place)} has additionalProperties other than true`],
  ),
} as const satisfies Readonly<Record<string, Check>>;

function typeFaults(place: Place): readonly string[] {
  const {type} = place.schema;
  if (!Array.isArray(type)) return [];
  return type.length === 1 || (type.length === 2 && type[1] === 'null')
    ? []
    : [
        `${placeName(place)} has the type ${JSON.stringify(type)}: a form shows one type, ` +
          'or one and then "null"',
      ];
}

function emptyFaults(place: Place): readonly string[] {
  const {schema, parent} = place;
  const isEmpty =
    parent !== undefined &&
    typesOf(schema).includes('object') &&
    schema['oneOf'] === undefined &&
    Object.keys(schema.properties ?? {}).length === 0;
  return isEmpty ? [`${placeName(place)} is an object without fields`] : [];
}

function itemFaults(place: Place): readonly string[] {
  const {items} = place.schema;
  if (items === undefined || !typesOf(place.schema).includes('array')) return [];
  if (Array.isArray(items)) return [`${placeName(place)} has a list of kinds of items`];
  const schema = items as JsonSchema;
  const [type] = typesOf(schema);
  return schema['enum'] !== undefined || ITEM_TYPES.includes(String(type))
    ? []
    : [`${placeName(place)} has items of the type ${JSON.stringify(type)}`];
}
