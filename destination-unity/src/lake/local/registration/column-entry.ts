import {toUSVString} from 'node:util';

import type {SchemaField} from '../table-schema';

/** A column as the REST interface of Unity Catalog takes and gives it. */
export interface ColumnEntry {
  readonly name: string;
  /** As SQL writes the type: `bigint`, `decimal(38,9)`, `array<string>`. */
  readonly type_text: string;
  /** One word of the interface's list: `LONG`, `DECIMAL`, `ARRAY`. */
  readonly type_name: string;
  /** The column as the Delta log has it, as JSON text. */
  readonly type_json: string;
  readonly type_precision?: number;
  readonly type_scale?: number;
  /** Counted from 0. */
  readonly position: number;
  readonly nullable: boolean;
  readonly comment?: string;
}

interface TypeWords {
  readonly name: string;
  readonly text: string;
}

const PRIMITIVES: Readonly<Record<string, TypeWords>> = {
  string: {name: 'STRING', text: 'string'},
  boolean: {name: 'BOOLEAN', text: 'boolean'},
  byte: {name: 'BYTE', text: 'tinyint'},
  short: {name: 'SHORT', text: 'smallint'},
  integer: {name: 'INT', text: 'int'},
  long: {name: 'LONG', text: 'bigint'},
  float: {name: 'FLOAT', text: 'float'},
  double: {name: 'DOUBLE', text: 'double'},
  binary: {name: 'BINARY', text: 'binary'},
  date: {name: 'DATE', text: 'date'},
  timestamp: {name: 'TIMESTAMP', text: 'timestamp'},
  timestamp_ntz: {name: 'TIMESTAMP_NTZ', text: 'timestamp_ntz'},
  variant: {name: 'VARIANT', text: 'variant'},
};

const DECIMAL = /^decimal\((\d+),\s*(\d+)\)$/;

/** The column of the Delta log as an entry at a position, counted from 0. */
export function columnEntry(field: SchemaField, position: number): ColumnEntry {
  const {name, type, nullable, metadata} = field;
  const words = typeWords(type);
  const comment = commentText(metadata['comment']);
  return {
    name,
    type_text: words.text,
    type_name: words.name,
    type_json: JSON.stringify({name, type, nullable, metadata: asSent(metadata)}),
    ...digits(type),
    position,
    nullable,
    ...(comment === undefined ? {} : {comment}),
  };
}

/**
 * The text as every server can keep it: without NUL, which databases refuse, and without
 * halves of characters, which come back as something else. Undefined where there is none.
 */
export function commentText(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const kept = toUSVString(text.replaceAll('\0', ''));
  return kept === '' ? undefined : kept;
}

function asSent(metadata: SchemaField['metadata']): SchemaField['metadata'] {
  const comment = commentText(metadata['comment']);
  return comment === undefined ? metadata : {...metadata, comment};
}

function digits(type: unknown): Pick<ColumnEntry, 'type_precision' | 'type_scale'> {
  const match = typeof type === 'string' ? DECIMAL.exec(type) : null;
  if (match === null) return {};
  return {type_precision: Number(match[1]), type_scale: Number(match[2])};
}

interface NestedType {
  readonly type?: unknown;
  readonly fields?: readonly SchemaField[];
  readonly elementType?: unknown;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
}

function typeWords(type: unknown): TypeWords {
  if (typeof type === 'string') return primitiveWords(type);
  const nested = (type ?? {}) as NestedType;
  const text = (inner: unknown): string => typeWords(inner).text;
  switch (nested.type) {
    case 'struct': {
      const fields = (nested.fields ?? []).map(
        (each) => `${each.name}:${text(each.type)}`,
      );
      return {name: 'STRUCT', text: `struct<${fields.join(',')}>`};
    }
    case 'array':
      return {name: 'ARRAY', text: `array<${text(nested.elementType)}>`};
    case 'map': {
      const {keyType, valueType} = nested;
      return {name: 'MAP', text: `map<${text(keyType)},${text(valueType)}>`};
    }
    default:
      return {name: 'USER_DEFINED_TYPE', text: JSON.stringify(type)};
  }
}

function primitiveWords(type: string): TypeWords {
  const match = DECIMAL.exec(type);
  if (match !== null) {
    return {name: 'DECIMAL', text: `decimal(${match[1]},${match[2]})`};
  }
  return PRIMITIVES[type] ?? {name: 'USER_DEFINED_TYPE', text: type};
}
