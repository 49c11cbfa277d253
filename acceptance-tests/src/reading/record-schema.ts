import {Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction} from 'ajv';

import type {JsonSchema} from '../stage/catalog';
import {isDate, isDateTime, isTime} from './instants';
import {withFractionsShown} from './number-texts';

/** What is wrong with a record, and where. */
interface Fault {
  /** The rule that it breaks, as a path in the schema: `/properties/id/type`. */
  readonly schemaPath: string;
  readonly message: string;
}

/** Judges the data of records by one schema, compiled once. */
export type RecordSchema = (
  data: unknown,
  /** The line of the record: it tells `1` from `1.0`. */
  text: string,
) => readonly Fault[];

interface RecordSchemaOptions {
  /** A column that the schema does not have is a fault. */
  readonly isClosed: boolean;
}

/**
 * Compiles a stream's schema: draft-07, integers written as such, instants, days and times
 * that exist.
 *
 * @throws what the compiler throws where it is no schema.
 */
export function recordSchema(
  schema: JsonSchema,
  {isClosed}: RecordSchemaOptions,
): RecordSchema {
  const validate = compiler().compile(
    isClosed ? {...schema, additionalProperties: false} : schema,
  );
  return (data, text) => [
    ...faults(validate, data),
    ...integersAsFractions(validate, text),
  ];
}

function faults(validate: ValidateFunction, data: unknown): readonly Fault[] {
  return validate(data) ? [] : (validate.errors ?? []).map(fault);
}

/** Asks again with every `1.0` made a fraction: an integer it is then no more. */
function integersAsFractions(
  validate: ValidateFunction,
  text: string,
): readonly Fault[] {
  const shown = withFractionsShown(text);
  if (shown === undefined) return [];
  const {record} = JSON.parse(shown) as {readonly record?: {readonly data?: unknown}};
  return validate(record?.data)
    ? []
    : (validate.errors ?? [])
        .filter(({keyword}) => keyword === 'type')
        .map((error) => ({
          ...fault(error),
          message: `${place(error)} is written as a fraction`,
        }));
}

function fault(error: ErrorObject): Fault {
  const {schemaPath, keyword, message = keyword, params} = error;
  const extra = (params as {readonly additionalProperty?: string}).additionalProperty;
  return {
    schemaPath: `${schemaPath}${extra === undefined ? '' : ` ${extra}`}`,
    message:
      extra === undefined
        ? `${place(error)} ${message}`
        : `the column "${extra}" is not declared`,
  };
}

function place({instancePath}: ErrorObject): string {
  return instancePath === '' ? 'the record' : instancePath;
}

function compiler(): Ajv {
  const ajv = new Ajv({
    ...{strict: false, validateSchema: false, allErrors: true, logger: false},
    ...{validateFormats: false},
  });
  ajv.removeKeyword('format');
  ajv.addKeyword({
    keyword: 'format',
    schemaType: 'string',
    type: 'string',
    error: {message: ({schema}) => `is no ${String(schema)} that exists`},
    compile: (format: string, {airbyte_type: type}: AnySchemaObject) =>
      rule(format, !String(type).endsWith('without_timezone')),
  });
  return ajv;
}

/** The rule of a format; one that Airbyte does not know has none. */
function rule(format: string, hasOffset: boolean): (text: string) => boolean {
  switch (format) {
    case 'date':
      return isDate;
    case 'date-time':
      return (text) => isDateTime(text, hasOffset);
    case 'time':
      return (text) => isTime(text, hasOffset);
    default:
      return () => true;
  }
}
