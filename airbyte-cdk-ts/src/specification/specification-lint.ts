import {
  childrenOf,
  isNode,
  nodesOf,
  propertiesOf,
  type SchemaNode,
} from './schema-node';

const FORBIDDEN = [
  '$ref',
  '$defs',
  'definitions',
  'allOf',
  'anyOf',
  'not',
  'if',
  'then',
  'else',
  'patternProperties',
  'propertyNames',
  'prefixItems',
  'dependencies',
  'dependentSchemas',
  'dependentRequired',
];

/** Names that Airbyte takes for secrets, whole or as a part of a longer name. */
const SECRET_NAMES = new Set([
  ...['client_token', 'access_token', 'api_token', 'token', 'secret', 'client_secret'],
  ...['password', 'key', 'service_account_info', 'service_account', 'tenant_id'],
  ...['certificate', 'jwt', 'credentials', 'app_id', 'appid', 'refresh_token'],
]);
const SECRET_PARTS = /secret|token|password/;
/** A place or a duration is none, whatever it belongs to. */
const NO_SECRETS = /_(url|uri|endpoint|type|seconds|minutes)$/;
const SECRET_TYPES = ['string', 'integer', 'number'];

const DATE_PATTERNS: Readonly<Record<string, readonly string[]>> = {
  date: ['^[0-9]{2}-[0-9]{2}-[0-9]{4}$', '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'],
  'date-time': [
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2})?$',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$',
  ],
};

/** Where a node stands: its path, and the name of the nearest property. */
interface Place {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
}

/**
 * What Airbyte's form and its acceptance tests would refuse in a connection
 * specification, one sentence each; empty if it is sound.
 */
export function lintSpecification(specification: SchemaNode): readonly string[] {
  return lint(specification, {path: 'root', name: '', depth: 0});
}

type Rule = (node: SchemaNode, place: Place) => readonly string[];

function lint(node: SchemaNode, place: Place): readonly string[] {
  const here = RULES.flatMap((rule) => rule(node, place));
  const fields = propertiesOf(node).flatMap(([name, child]) =>
    lint(child, {path: `${place.path}.${name}`, name, depth: place.depth + 1}),
  );
  const others = childrenOf({...node, properties: undefined}).flatMap((child, index) =>
    lint(child, {...place, path: `${place.path}[${index}]`, depth: place.depth + 1}),
  );
  return [...here, ...fields, ...others];
}

const RULES: readonly Rule[] = [
  forbiddenKeywords,
  singleType,
  nonEmptyObject,
  arrayItems,
  choiceOfVariants,
  knownRequired,
  distinctEnum,
  distinctOrder,
  groupsOnFirstLevel,
  displayTypeBesideChoice,
  openObjects,
  markedSecret,
  datePattern,
];

function forbiddenKeywords(node: SchemaNode, {path}: Place): readonly string[] {
  return FORBIDDEN.filter((keyword) => keyword in node).map(
    (keyword) => `${path}: \`${keyword}\` is not allowed`,
  );
}

function singleType({type}: SchemaNode, {path}: Place): readonly string[] {
  if (!Array.isArray(type)) return [];
  const isNullable = type.length === 2 && type[1] === 'null' && type[0] !== 'null';
  return type.length === 1 || isNullable ? [] : [`${path}: more than one type`];
}

function nonEmptyObject(node: SchemaNode, {path, depth}: Place): readonly string[] {
  const isObject = node['type'] === 'object' && depth > 0;
  const isEmpty =
    propertiesOf(node).length === 0 && nodesOf(node, 'oneOf').length === 0;
  return isObject && isEmpty ? [`${path}: an object without properties`] : [];
}

function arrayItems(node: SchemaNode, {path}: Place): readonly string[] {
  if (node['type'] !== 'array') return [];
  const items = node['items'];
  if (!isNode(items)) return [`${path}: an array without a schema of its items`];
  const types = ['object', 'string', 'number', 'integer'];
  const isKnown = types.includes(String(items['type'])) || 'enum' in items;
  return isKnown ? [] : [`${path}: items of a type the form cannot show`];
}

function choiceOfVariants(node: SchemaNode, {path}: Place): readonly string[] {
  const variants = nodesOf(node, 'oneOf');
  if (!('oneOf' in node)) return [];
  const parent = node['type'] === 'object' ? [] : [`${path}: oneOf needs type object`];
  const untitled = variants.some(({title}) => typeof title !== 'string');
  const names = untitled ? [`${path}: a variant has no title`] : [];
  return [...parent, ...names, ...discriminator(variants, path)];
}

function discriminator(
  variants: readonly SchemaNode[],
  path: string,
): readonly string[] {
  const constants = variants.map((variant) =>
    propertiesOf(variant).filter(([, child]) => 'const' in child),
  );
  const shared = (constants[0] ?? []).filter(([name]) =>
    constants.every((members) => members.some(([other]) => other === name)),
  );
  const [name] = shared[0] ?? [];
  if (shared.length !== 1 || name === undefined) {
    return [`${path}: the variants need exactly one property with a const in common`];
  }
  const members = constants.flatMap((all) => all.filter(([other]) => other === name));
  const values = new Set(members.map(([, child]) => child['const']));
  const twice = values.size < members.length ? [`${path}: two variants are alike`] : [];
  const spoilt = members.some(([, child]) => 'default' in child || 'enum' in child);
  return spoilt ? [...twice, `${path}.${name}: default or enum beside const`] : twice;
}

function knownRequired(node: SchemaNode, {path}: Place): readonly string[] {
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const names = new Set(propertiesOf(node).map(([name]) => name));
  return required
    .filter((name) => !names.has(String(name)))
    .map(
      (name) => `${path}: requires ${String(name)}, which is not among its properties`,
    );
}

function distinctEnum(node: SchemaNode, {path}: Place): readonly string[] {
  const values = Array.isArray(node['enum']) ? node['enum'] : [];
  return new Set(values).size < values.length ? [`${path}: a value stands twice`] : [];
}

function distinctOrder(node: SchemaNode, {path}: Place): readonly string[] {
  const places = propertiesOf(node)
    .filter(([, child]) => 'order' in child)
    .map(([, {group, order}]) => `${String(group)} ${String(order)}`);
  return new Set(places).size < places.length ? [`${path}: an order stands twice`] : [];
}

function groupsOnFirstLevel(node: SchemaNode, {path, depth}: Place): readonly string[] {
  return 'group' in node && depth !== 1 ? [`${path}: group below the first level`] : [];
}

function displayTypeBesideChoice(node: SchemaNode, {path}: Place): readonly string[] {
  if (!('display_type' in node)) return [];
  const isKnown = ['dropdown', 'radio'].includes(String(node['display_type']));
  return isKnown && 'oneOf' in node ? [] : [`${path}: display_type out of place`];
}

function openObjects(node: SchemaNode, {path}: Place): readonly string[] {
  const isOpen = (node['additionalProperties'] ?? true) === true;
  return isOpen ? [] : [`${path}: additionalProperties other than true`];
}

function markedSecret(node: SchemaNode, {path, name}: Place): readonly string[] {
  const isLeaf = SECRET_TYPES.includes(String(node['type'])) && !('const' in node);
  if (node['airbyte_secret'] === true) {
    return isLeaf ? [] : [`${path}: only text and numbers can be secret`];
  }
  return isLeaf && soundsSecret(name) ? [`${path}: looks like a secret`] : [];
}

function soundsSecret(name: string): boolean {
  return SECRET_NAMES.has(name) || (SECRET_PARTS.test(name) && !NO_SECRETS.test(name));
}

function datePattern(node: SchemaNode, {path}: Place): readonly string[] {
  const patterns = DATE_PATTERNS[String(node['format'])];
  const isKnown = patterns?.includes(String(node['pattern'])) ?? true;
  return isKnown ? [] : [`${path}: no pattern from which the form knows a date`];
}
