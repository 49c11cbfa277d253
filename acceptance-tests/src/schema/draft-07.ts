import {Ajv, type ErrorObject} from 'ajv';

import type {JsonSchema} from '../stage/catalog';
import {placeName, walk} from './walk';

/** Says what is wrong with a value; nothing: it is valid. */
type Validator = (value: unknown) => readonly string[];

const DRAFT_07 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;

/**
 * What keeps a schema from being one of draft-07: the meta-schema, another `$schema`, a
 * pattern that is no regular expression. Nothing: it is one.
 */
export function schemaFaults(schema: JsonSchema): readonly string[] {
  const {$schema: named = 'http://json-schema.org/draft-07/schema#'} = schema;
  if (typeof named !== 'string' || !DRAFT_07.test(named)) {
    return [`its $schema is ${JSON.stringify(named)} instead of draft-07`];
  }
  const ajv = lenient();
  void ajv.validateSchema({
    ...schema,
    $schema: 'http://json-schema.org/draft-07/schema#',
  });
  return [
    ...(ajv.errors ?? []).filter((fault) => !isRepeatedValue(fault)).map(inWords),
    ...walk(schema).flatMap(patternFaults),
  ];
}

/**
 * Compiles a schema, as forgiving as Airbyte's platform: unknown keywords pass, `format`
 * is no more than a hint. A schema that cannot be compiled finds every value wrong.
 */
export function validatorOf(schema: JsonSchema): Validator {
  try {
    const validate = lenient().compile(withoutName(schema));
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map(inWords));
  } catch (error) {
    const reason = `the schema cannot be used: ${(error as Error).message}`;
    return () => [reason];
  }
}

/** The expression of a `pattern`; undefined where it is none. */
export function expressionOf(pattern: unknown): RegExp | undefined {
  try {
    return typeof pattern === 'string' ? new RegExp(pattern) : undefined;
  } catch {
    return undefined;
  }
}

/** A name could be one that the compiler has given away already. */
function withoutName(schema: JsonSchema): Record<string, unknown> {
  const unnamed = ([keyword]: [string, unknown]) =>
    !['$schema', '$id'].includes(keyword);
  return Object.fromEntries(Object.entries(schema).filter(unnamed));
}

function lenient(): Ajv {
  return new Ajv({
    ...{strict: false, allErrors: true, logger: false},
    ...{validateSchema: false, validateFormats: false, unicodeRegExp: false},
  });
}

/** Draft-07 itself lets an enum repeat a value; the compiler's copy of it does not. */
function isRepeatedValue({keyword, instancePath}: ErrorObject): boolean {
  return keyword === 'uniqueItems' && instancePath.endsWith('/enum');
}

/** The message never quotes the value: it may be a secret. */
function inWords({
  instancePath,
  message = 'is not valid',
  params,
}: ErrorObject): string {
  const {additionalProperty} = params as {readonly additionalProperty?: string};
  const which = additionalProperty === undefined ? '' : ` (${additionalProperty})`;
  return `${instancePath === '' ? 'the root' : instancePath} ${message}${which}`;
}

function patternFaults(place: Parameters<typeof placeName>[0]): readonly string[] {
  const {pattern} = place.schema;
  return pattern === undefined || expressionOf(pattern) !== undefined
    ? []
    : [`${placeName(place)} has a pattern that is no regular expression`];
}
