import {type RJSFValidationError} from '@rjsf/utils';

import {type SpecificationNode} from './specification';

/** What is wrong with a field in words for its user, by the rule that it broke. */
const MESSAGES: Readonly<Record<string, (limit: number) => string>> = {
  required: () => 'This field is required.',
  minLength: () => 'This field must not be empty.',
  minimum: (limit) => `Must be ${limit} or more.`,
  maximum: (limit) => `Must be ${limit} or less.`,
  minItems: (limit) => `Needs at least ${limit} ${limit === 1 ? 'entry' : 'entries'}.`,
  maxItems: (limit) => `Takes at most ${limit} entries.`,
};
const TYPES: Readonly<Record<string, string>> = {
  integer: 'Must be a whole number.',
  number: 'Must be a number.',
  string: 'This field must not be empty.',
};

/**
 * The faults in the words of the form, one for each field and cause: a pattern by its
 * `pattern_descriptor`, never as a regular expression.
 */
export function readableErrors(
  specification: SpecificationNode,
  errors: readonly RJSFValidationError[],
): RJSFValidationError[] {
  const told = new Set<string>();
  return errors
    .map((error) => ({...error, message: message(specification, error)}))
    .filter(({property, message: text}) => {
      const key = `${property} ${text}`;
      return !told.has(key) && told.add(key);
    });
}

function message(specification: SpecificationNode, error: RJSFValidationError): string {
  const rule = String(error.name);
  if (rule === 'pattern' || rule === 'format') return expectation(specification, error);
  const {limit, type} = error.params as {limit: number; type: string};
  const said = rule === 'type' ? TYPES[type] : MESSAGES[rule]?.(limit);
  return said ?? 'This value is not allowed.';
}

function expectation(
  specification: SpecificationNode,
  {schemaPath = ''}: RJSFValidationError,
): string {
  const descriptor = ruleAt(specification, schemaPath)?.pattern_descriptor;
  return descriptor === undefined
    ? 'This is not in the form that is expected.'
    : `Expected: ${descriptor}`;
}

/** The node whose rule a path such as `#/properties/host/pattern` names. */
function ruleAt(
  specification: SpecificationNode,
  schemaPath: string,
): SpecificationNode | undefined {
  const steps = schemaPath.replace(/^#\//, '').split('/').slice(0, -1);
  return steps.reduce<unknown>(
    (node, step) => (node as Record<string, unknown> | undefined)?.[decoded(step)],
    specification,
  ) as SpecificationNode | undefined;
}

const decoded = (step: string): string =>
  decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
