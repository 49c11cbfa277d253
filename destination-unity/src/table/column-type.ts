import type {Json, JsonObject} from 'airbyte-cdk-ts';

import type {ColumnType} from './table-definition';

/** What a JSON number without further marks becomes. */
export type NumberType = 'double' | 'decimal';

/**
 * The column type for a member's JSON Schema. Null is left out of every union; a union of
 * what different columns would hold, an object, an array and everything unknown is `json`.
 */
export function columnType(
  schema: Json | undefined,
  numberType: NumberType = 'double',
): ColumnType {
  if (!isObject(schema)) return 'json';
  const options = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(options)) {
    const schemas = (options as readonly Json[]).filter((option) => !isNull(option));
    const types = schemas.map((option) => columnType(option, numberType));
    return common(types, numberType);
  }
  const kinds = kindsOf(schema['type']);
  return common(
    kinds.map((kind) => typeOfKind(kind, schema) ?? numberType),
    numberType,
  );
}

/** Whether the schema lets a member be null, or does not say that it is not. */
export function isNullable(schema: Json | undefined): boolean {
  if (!isObject(schema)) return true;
  const options = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(options)) return (options as readonly Json[]).some(isNullable);
  const {type} = schema;
  if (Array.isArray(type)) return (type as readonly Json[]).includes('null');
  return type === undefined || type === 'null';
}

/** Integers are numbers; otherwise what differs has only its JSON text in common. */
function common(types: readonly ColumnType[], numberType: NumberType): ColumnType {
  const isNumber = types.includes(numberType);
  const [first, ...others] = types.map((type) =>
    isNumber && type === 'bigint' ? numberType : type,
  );
  return first !== undefined && others.every((type) => type === first) ? first : 'json';
}

/** Undefined for a number that may have decimals. */
function typeOfKind(kind: Json, schema: JsonObject): ColumnType | undefined {
  if (kind === 'boolean') return 'boolean';
  if (kind === 'integer') return 'bigint';
  if (kind === 'number')
    return schema['airbyte_type'] === 'integer' ? 'bigint' : undefined;
  return kind === 'string' ? textType(schema) : 'json';
}

function textType({format, airbyte_type}: JsonObject): ColumnType {
  if (format === 'date') return 'date';
  if (format !== 'date-time') return 'string';
  return airbyte_type === 'timestamp_without_timezone' ? 'timestamp_ntz' : 'timestamp';
}

function kindsOf(type: Json | undefined): readonly Json[] {
  const kinds = Array.isArray(type) ? (type as readonly Json[]) : [type ?? 'unknown'];
  return kinds.filter((kind) => kind !== 'null');
}

function isNull(option: Json): boolean {
  return isObject(option) && option['type'] === 'null';
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
