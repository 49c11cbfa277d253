import {isSchema, placeName, type Place} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import type {Check} from '../check';
import {listOf, ofPlaces} from './of-schema';

const DISPLAYS: readonly unknown[] = ['dropdown', 'radio'];

/** Rules on `oneOf`, which the form shows as a choice. */
export const CHOICES = {
  variants: ofPlaces(
    'S5',
    'the variants of a oneOf are objects with a title, told apart by one constant',
    choiceFaults,
  ),
  display: ofPlaces(
    'S12',
    'display_type stands beside a oneOf, dropdown or radio',
    (place) => {
      const {display_type: display, oneOf} = place.schema;
      if (display === undefined) return [];
      return [
        ...(oneOf === undefined
          ? [`${placeName(place)} has a display_type but no oneOf`]
          : []),
        ...(DISPLAYS.includes(display)
          ? []
          : [`${placeName(place)} has the display_type ${JSON.stringify(display)}`]),
      ];
    },
  ),
} as const satisfies Readonly<Record<string, Check>>;

function choiceFaults(place: Place): readonly string[] {
  if (place.schema['oneOf'] === undefined) return [];
  const variants = listOf(place.schema['oneOf']).filter(isSchema);
  const name = placeName(place);
  return [
    ...(place.schema.type === 'object'
      ? []
      : [`${name} has a oneOf but not type: object`]),
    ...variants.flatMap((variant, i) => variantFaults(variant, `${name}/oneOf/${i}`)),
    ...constantFaults(variants, name),
  ];
}

function variantFaults(
  {title, properties}: JsonSchema,
  name: string,
): readonly string[] {
  return [
    ...(typeof title === 'string' && title !== '' ? [] : [`${name} has no title`]),
    ...(properties === undefined ? [`${name} has no properties`] : []),
  ];
}

/** Exactly one property is a constant in all variants; it says which variant is meant. */
function constantFaults(
  variants: readonly JsonSchema[],
  name: string,
): readonly string[] {
  const names = Object.keys(variants[0]?.properties ?? {}).filter((property) =>
    variants.every(({properties}) => properties?.[property]?.['const'] !== undefined),
  );
  const [only] = names;
  if (only === undefined || names.length > 1) {
    return [
      `${name}: ${names.length} properties are a const in all variants instead of one`,
    ];
  }
  const told = variants.map(({properties}): JsonSchema => properties?.[only] ?? {});
  const values = told.map((schema) => JSON.stringify(schema['const']));
  return [
    ...(new Set(values).size === values.length
      ? []
      : [`${name}: two variants have the same const in ${only}`]),
    ...['default', 'enum']
      .filter((keyword) => told.some((schema) => keyword in schema))
      .map((keyword) => `${name}: ${only} has a ${keyword} beside its const`),
  ];
}
