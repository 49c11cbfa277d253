import {expressionOf} from '../../schema/draft-07';
import {placeName, typesOf, walk, type Place} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import {warning, type Check, type Finding} from '../check';
import {listOf, ofPlaces, ofSchema} from './of-schema';

/** Names that Airbyte's own harness takes for secrets. */
const SECRET_NAMES = [
  ...['client_token', 'access_token', 'api_token', 'token', 'secret', 'client_secret'],
  ...['password', 'key', 'service_account_info', 'service_account', 'tenant_id'],
  ...['certificate', 'jwt', 'credentials', 'app_id', 'appid', 'refresh_token'],
];
const SOUNDS_SECRET = /secret|token|password/;
/** Where a secret is fetched or what kind it is: no secret itself. */
const ABOUT_A_SECRET = /_(url|uri|endpoint|type)$/;

const LEAVES: readonly unknown[] = ['string', 'integer', 'number'];
const FORMATS = ['date', 'date-time'] as const;
const SAMPLES = {
  date: ['2026-01-31', '31-01-2026'],
  'date-time': ['2026-01-31T01:02:03', '2026-01-31T01:02:03Z'],
} as const;

/** What a pattern for any text, name or path takes. */
const NO_DATES = ['no date', 'host', '/path', '4'];

/** Rules on what is written beside a field for the form. */
export const MARKS = {
  secrets: ofPlaces(
    'S7',
    'what is a secret by its name is marked so, and only a value can be',
    (place) => (place.parent === undefined ? [] : secretFaults(place)),
  ),
  dates: ofSchema(
    'S10',
    'date and date-time have a pattern that takes them, and the other way round',
    (schema) => walk(schema).flatMap(dateFindings),
  ),
  orders: ofPlaces(
    'S11',
    'no two fields of a group have one order; only first-level fields have a group',
    (place) => [...orderFaults(place), ...groupFaults(place)],
  ),
} as const satisfies Readonly<Record<string, Check>>;

function secretFaults(place: Place): readonly string[] {
  const {schema} = place;
  const isMarked = schema['airbyte_secret'] === true;
  if (isMarked && !canHold(schema)) {
    return [`${placeName(place)} is marked as a secret but can hold none`];
  }
  return isSecretByName(place) && canHold(schema) && !isMarked
    ? [`${placeName(place)} is a secret by its name but has no airbyte_secret`]
    : [];
}

function canHold(schema: JsonSchema): boolean {
  return (
    typesOf(schema).some((type) => LEAVES.includes(type)) &&
    schema['const'] === undefined
  );
}

function isSecretByName({schema, names}: Place): boolean {
  const name = names.at(-1)?.toLowerCase() ?? '';
  const soundsSo = SOUNDS_SECRET.test(name) && !ABOUT_A_SECRET.test(name);
  return (
    SECRET_NAMES.includes(name) || (soundsSo && typesOf(schema).includes('string'))
  );
}

/** Warnings only, as in Airbyte's own harness. */
function dateFindings(place: Place): readonly Finding[] {
  const {format, pattern} = place.schema;
  const taken = FORMATS.filter((each) => isPatternOf(each, expressionOf(pattern)));
  const isDate = FORMATS.some((each) => each === format);
  if (isDate && !taken.some((each) => each === format)) {
    return [
      warning(
        `${placeName(place)} has the format ${String(format)} but no pattern that takes it`,
      ),
    ];
  }
  return format === undefined && taken.length > 0
    ? [
        warning(
          `${placeName(place)} has a pattern for a ${taken.join(' or ')} but no format`,
        ),
      ]
    : [];
}

/** It takes a sample in one of the documented forms, and no other text. */
function isPatternOf(
  format: keyof typeof SAMPLES,
  expression: RegExp | undefined,
): boolean {
  return (
    expression !== undefined &&
    SAMPLES[format].some((sample) => expression.test(sample)) &&
    !NO_DATES.some((text) => expression.test(text))
  );
}

function orderFaults(place: Place): readonly string[] {
  const orders = Object.entries(place.schema.properties ?? {})
    .filter(([, {order}]) => order !== undefined)
    .map(([name, {order, group}]) => ({name, key: JSON.stringify([group, order])}));
  return orders.flatMap(({name, key}, i) => {
    const first = orders.findIndex((other) => other.key === key);
    return first === i
      ? []
      : [`${placeName(place)}: ${name} and ${orders[first]?.name} have the same order`];
  });
}

function groupFaults(place: Place): readonly string[] {
  const {schema, parent, path} = place;
  const {group} = schema;
  if (group === undefined || parent === undefined) return [];
  const isFirst = parent.parent === undefined && path.startsWith('/properties/');
  if (!isFirst) return [`${placeName(place)} has a group but is no first-level field`];
  const declared = listOf(parent.schema['groups']).map(
    (each) => (each as {id: unknown}).id,
  );
  return declared.length === 0 || declared.includes(group)
    ? []
    : [
        `${placeName(place)} is in the group ${JSON.stringify(group)}, which is not declared`,
      ];
}
