import {CERTIFICATE} from './own-certificate';
import {type Field, type Rule, type Scenario} from './specification-walk';

/** What a user might type into the fields whose names say more than their rules. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  ca_certificate: CERTIFICATE.certificate,
  ...CERTIFICATE,
  // The beginning of a keytab, with no key behind it.
  keytab: 'BQI=',
};

/** A value for the field that its rule allows and that is not its default. */
export function plausibleValue({path, rule}: Field): unknown {
  const name = path.at(-1) ?? '';
  if (name in BY_NAME) return BY_NAME[name];
  return valueFor(rule, name);
}

function valueFor(rule: Rule, name: string): unknown {
  if (rule.type === 'boolean') return rule.default !== true;
  if (isAmount(rule)) return numberFor(rule);
  if (rule.type === 'array') return rule.examples ?? [`${name} 1`, `${name} 2`];
  return textFor(rule, name);
}

const isAmount = ({type}: Rule): boolean => type === 'integer' || type === 'number';

function numberFor({minimum = 0, maximum = minimum + 10, ...rule}: Rule): number {
  return rule.default === maximum ? minimum : maximum;
}

function textFor(rule: Rule, name: string): unknown {
  const choices = rule.enum?.filter((value) => value !== rule.default);
  const example = rule.examples?.find((value) => value !== rule.default);
  return choices?.[0] ?? example ?? `some-${name}`;
}

/** Something wrong to type into a field, and what the form must say of it. */
export interface Fault {
  readonly what: string;
  readonly typed: unknown;
  readonly said: string;
}

const WRONG_TEXTS = ['not this', ' ', 'x', '://', '2026-01-01'];

/** What a user can do wrong in the field, one fault per rule. */
export function faultsOf({rule, isRequired}: Field): readonly Fault[] {
  return [
    ...(isRequired && rule.type !== 'array'
      ? [{what: 'left empty', typed: '', said: 'required'}]
      : []),
    ...(isAmount(rule) ? numberFaults(rule) : []),
    ...(rule.pattern === undefined ? [] : [patternFault(rule, rule.pattern)]),
    ...(rule.type === 'array' ? listFaults(rule) : []),
  ];
}

function numberFaults({type, minimum, maximum}: Rule): readonly Fault[] {
  const below = minimum === undefined ? [] : [minimum - 1];
  const above = maximum === undefined ? [] : [maximum + 1];
  return [
    ...below.map((typed) => ({what: 'too little', typed, said: 'or more'})),
    ...above.map((typed) => ({what: 'too much', typed, said: 'or less'})),
    ...(type === 'integer'
      ? [{what: 'a fraction', typed: (minimum ?? 0) + 0.5, said: 'whole number'}]
      : []),
  ];
}

function patternFault(rule: Rule, pattern: string): Fault {
  const expression = new RegExp(pattern, 'u');
  const typed = WRONG_TEXTS.find((text) => !expression.test(text));
  return {
    what: 'another form',
    typed: typed ?? 'no text is wrong here',
    said: rule.pattern_descriptor ?? 'a pattern_descriptor, which is missing',
  };
}

function listFaults({minItems, maxItems}: Rule): readonly Fault[] {
  const tooMany = Array.from({length: (maxItems ?? 0) + 1}, (_, index) => `c${index}`);
  return [
    ...(minItems === undefined ? [] : [{what: 'too few', typed: [], said: 'at least'}]),
    ...(maxItems === undefined
      ? []
      : [{what: 'too many', typed: tooMany, said: 'at most'}]),
    {what: 'an empty entry', typed: [''], said: 'empty'},
  ];
}

/** The configuration of a form in which every field has its plausible value. */
export function fullConfiguration({fields, constants}: Scenario): unknown {
  return configurationOf([
    ...constants,
    ...fields.map((field) => ({path: field.path, value: plausibleValue(field)})),
  ]);
}

/** The configuration of a form in which only these fields were typed into. */
export function leastConfiguration(
  {fields, constants, switches}: Scenario,
  typed: readonly Member[],
): unknown {
  const isOff = ({path}: Field) =>
    switches.some((off) => off.path.every((step, index) => path[index] === step));
  const defaults = fields
    .filter((field) => field.rule.default !== undefined && !isOff(field))
    .map(({path, rule}) => ({path, value: rule.default}));
  return configurationOf([...constants, ...defaults, ...typed]);
}

/** A value of the configuration by its path. */
export interface Member {
  readonly path: readonly string[];
  readonly value: unknown;
}

function configurationOf(members: readonly Member[]): unknown {
  const config = {};
  for (const {path, value} of members) put(config, path, value);
  return config;
}

function put(
  into: Record<string, unknown>,
  [step = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) into[step] = value;
  else put((into[step] ??= {}) as Record<string, unknown>, rest, value);
}
