import type {JsonSchema} from '../stage/catalog';

/** A schema within a schema. */
export interface Place {
  readonly schema: JsonSchema;
  /** How to get there, keywords and names: `/properties/access/oneOf/0`. */
  readonly path: string;
  /** The names of the properties on the way: `access`; the root has none. */
  readonly names: readonly string[];
  /** The schema right around it; the root has none. */
  readonly parent: Place | undefined;
}

/** Keywords whose value is a schema, or a list of schemas. */
const SCHEMAS = [
  ...['items', 'oneOf', 'anyOf', 'allOf', 'not', 'if', 'then', 'else'],
  ...['prefixItems', 'additionalItems', 'additionalProperties', 'contains'],
  ...['propertyNames'],
];

/** Keywords whose value is an object that has a schema under each name. */
const NAMED_SCHEMAS = [
  ...['properties', 'patternProperties', 'definitions', '$defs'],
  ...['dependencies', 'dependentSchemas'],
];

/**
 * Every schema of a schema, each before those below it. What stands in `const`, `enum`,
 * `default` and `examples` is no schema, and a property may bear the name of a keyword.
 */
export function walk(root: JsonSchema): readonly Place[] {
  return below({schema: root, path: '', names: [], parent: undefined});
}

/** The place as a person reads it: the path, or `the root`. */
export function placeName({path}: Place): string {
  return path === '' ? 'the root' : path;
}

/** The types of a schema as a list, whether it has one, several or none. */
export function typesOf({type}: JsonSchema): readonly unknown[] {
  if (type === undefined) return [];
  return Array.isArray(type) ? (type as readonly unknown[]) : [type];
}

/**
 * What a path of fields leads to, through `properties` and the branches of `oneOf`,
 * `anyOf` and `allOf`; undefined where a field on the way is declared nowhere.
 */
export function fieldAt(
  schema: JsonSchema,
  fields: readonly string[],
): JsonSchema | undefined {
  const [name, ...rest] = fields;
  if (name === undefined) return schema;
  const member = schema.properties?.[name];
  if (isSchema(member)) return fieldAt(member, rest);
  const branches = ['oneOf', 'anyOf', 'allOf'].flatMap((keyword) =>
    schemasIn(schema[keyword]),
  );
  return branches
    .map((branch) => fieldAt(branch.schema, fields))
    .find((found) => found !== undefined);
}

function below(place: Place): readonly Place[] {
  return [place, ...children(place).flatMap(below)];
}

function children(parent: Place): readonly Place[] {
  return Object.entries(parent.schema).flatMap(([keyword, value]) => {
    if (SCHEMAS.includes(keyword)) return unnamed(parent, keyword, value);
    return NAMED_SCHEMAS.includes(keyword) ? named(parent, keyword, value) : [];
  });
}

function unnamed(parent: Place, keyword: string, value: unknown): readonly Place[] {
  return schemasIn(value).map(({schema, index}) => ({
    schema,
    path: `${parent.path}/${keyword}${index}`,
    names: parent.names,
    parent,
  }));
}

function named(parent: Place, keyword: string, value: unknown): readonly Place[] {
  return Object.entries(isSchema(value) ? value : {}).flatMap(([name, schema]) =>
    isSchema(schema)
      ? [
          {
            ...{schema, path: `${parent.path}/${keyword}/${name}`, parent},
            names: keyword === 'properties' ? [...parent.names, name] : parent.names,
          },
        ]
      : [],
  );
}

/** The schemas that a keyword holds, with `/` and its place where it is a list. */
function schemasIn(
  value: unknown,
): readonly {readonly schema: JsonSchema; readonly index: string}[] {
  if (isSchema(value)) return [{schema: value, index: ''}];
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).flatMap((each, i) =>
    isSchema(each) ? [{schema: each, index: `/${i}`}] : [],
  );
}

/** An object, which is what a schema is here: draft-07 knows `true` and `false` too. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
