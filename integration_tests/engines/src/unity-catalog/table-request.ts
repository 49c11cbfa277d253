import {invalid} from './refused-request';

export type Members = Readonly<Record<string, unknown>>;

/** A column as it is stored. */
export interface ColumnInfo {
  readonly name: string;
  readonly type_text: string;
  readonly type_json: string;
  readonly type_name: string;
  readonly type_precision: number | null;
  readonly type_scale: number | null;
  readonly position: number;
  readonly nullable: boolean;
  readonly comment: string | null;
}

/** What a request says of the table to be made. */
export interface TableRequest {
  readonly catalogName: string;
  readonly schemaName: string;
  readonly name: string;
  readonly format: string;
  readonly location: string;
  readonly columns: readonly ColumnInfo[];
  readonly comment: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

const TYPE_NAMES = new Set(
  (
    'BOOLEAN BYTE SHORT INT LONG FLOAT DOUBLE DATE TIMESTAMP TIMESTAMP_NTZ STRING BINARY ' +
    'DECIMAL INTERVAL ARRAY STRUCT MAP CHAR NULL USER_DEFINED_TYPE TABLE_TYPE VARIANT'
  ).split(' '),
);
const FORMATS = new Set('DELTA CSV JSON AVRO PARQUET ORC TEXT'.split(' '));
const MOST_NAME_CHARACTERS = 255;
const MOST_PROPERTY_CHARACTERS = 255;

/** Refuses a name that catalogs, schemas and tables cannot have. */
export function validName(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw invalid('Name cannot be empty');
  if (name.length > MOST_NAME_CHARACTERS) {
    throw invalid('Name cannot be longer than 255 characters');
  }
  if (!/^[a-zA-Z0-9_@-]+$/.test(name)) {
    throw invalid(
      'Name cannot contain a period, space, forward-slash, or control characters',
    );
  }
  return name;
}

/** Reads the body of `POST tables` as the server does. */
export function tableRequest(body: Members): TableRequest {
  const {table_type: type, data_source_format: format, columns} = body;
  if (type !== 'EXTERNAL') throw invalid(`No table of the type ${String(type)} here`);
  if (typeof format !== 'string' || !FORMATS.has(format)) {
    throw invalid(`Unknown data source format: ${String(format)}`);
  }
  if (!Array.isArray(columns)) throw invalid('Columns are required');
  return {
    catalogName: String(body['catalog_name']),
    schemaName: String(body['schema_name']),
    name: validName(body['name']),
    format,
    location: location(body['storage_location']),
    columns: (columns as readonly Members[]).map(columnInfo),
    comment: optionalText(body['comment']),
    properties: properties(body['properties']),
  };
}

function location(value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw invalid('Storage location is required for external table');
  }
  if (!URL.canParse(value) || !value.startsWith('file:///')) {
    throw invalid(`Not a location of a folder: ${value}`);
  }
  return value.replace(/\/+$/, '');
}

function columnInfo(column: Members): ColumnInfo {
  const {
    name,
    type_text: text,
    type_name: typeName,
    type_json: json,
    position,
  } = column;
  if (typeof name !== 'string' || name === '') throw invalid('A column has no name');
  if (typeof text !== 'string') throw invalid(`Column ${name} has no type_text`);
  if (typeof typeName !== 'string' || !TYPE_NAMES.has(typeName)) {
    throw invalid(`Column ${name} has an unknown type_name: ${String(typeName)}`);
  }
  if (typeof position !== 'number') throw invalid(`Column ${name} has no position`);
  const nullable = column['nullable'];
  checkTypeJson(name, json, nullable);
  return {
    name,
    type_text: text.toLowerCase(),
    type_json: String(json),
    type_name: typeName,
    type_precision: optionalNumber(column['type_precision']),
    type_scale: optionalNumber(column['type_scale']),
    position,
    nullable: nullable === true,
    comment: optionalText(column['comment']),
  };
}

/** It has to be the column's whole field in the words of Delta's schema. */
function checkTypeJson(name: string, json: unknown, nullable: unknown): void {
  const fault = typeJsonFault(parsed(json), {name, nullable});
  if (fault !== undefined) {
    throw invalid(`Invalid type_json for column ${name}: ${fault}`);
  }
}

function typeJsonFault(
  field: Members | undefined,
  {name, nullable}: {readonly name: string; readonly nullable: unknown},
): string | undefined {
  if (field === undefined) return 'type_json must be a JSON object';
  const absent = ['name', 'type', 'nullable', 'metadata'].find(
    (member) => (field[member] ?? null) === null,
  );
  if (absent !== undefined) return `type_json.${absent} is required`;
  if (!isMembers(field['metadata'])) return 'type_json.metadata must be a JSON object';
  if (field['name'] !== name) return 'field name does not match column name';
  return (nullable ?? field['nullable']) === field['nullable']
    ? undefined
    : 'field nullable does not match column nullable';
}

function properties(value: unknown): Readonly<Record<string, string>> {
  const members = isMembers(value) ? value : {};
  for (const [name, text] of Object.entries(members)) {
    if (typeof text !== 'string' || text.length > MOST_PROPERTY_CHARACTERS) {
      throw invalid(`Property ${name} cannot be stored`);
    }
  }
  return members as Readonly<Record<string, string>>;
}

function parsed(json: unknown): Members | undefined {
  try {
    const value: unknown = JSON.parse(String(json));
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionalText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function optionalNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
