import type {z} from 'zod';

import {ConfigError} from '../errors';
import {connectionSpecification} from './connection-specification';
import {isNode, nodesOf, propertiesOf, type SchemaNode} from './schema-node';

/**
 * The configuration with its defaults. Unknown members are passed over, null means
 * absent. A `ConfigError` names every wrong field as the form does, never its value.
 */
export function parseConfig<Config>(
  schema: z.ZodType<Config>,
  config: unknown,
): Config {
  const given = withoutNulls(config);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const specification = connectionSpecification(schema);
  const problems = result.error.issues.map((issue) => {
    const isMissing = valueAt(given, issue.path) === undefined;
    return problem(specification, issue, isMissing ? 'is missing' : complaint(issue));
  });
  throw new ConfigError(`The configuration cannot be used. ${problems.join(' ')}`);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isNode(value)) return value;
  const present = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(
    present.map(([name, member]) => [name, withoutNulls(member)]),
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
    value,
  );
}

function problem(
  specification: SchemaNode,
  issue: z.core.$ZodIssue,
  complaint: string,
): string {
  const path = issue.path.map(String);
  const said = complaint.replace(/\.?$/, '.');
  if (path.length === 0) return said;
  return `${labels(specification, path).join(' > ')} (${path.join('.')}): ${said}`;
}

/** Zod's messages name types and rules, not values; some are too terse for a form. */
function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`;
  if (issue.code === 'invalid_union')
    return 'must be one of the variants the form offers';
  return issue.message;
}

/** The titles along a path; a step without one is called by its name. */
function labels(node: SchemaNode, path: readonly string[]): readonly string[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const child = childNamed(node, step);
  const title = child?.['title'];
  const label = typeof title === 'string' ? title : step;
  return [label, ...(child === undefined ? rest : labels(child, rest))];
}

function childNamed(node: SchemaNode, name: string): SchemaNode | undefined {
  const items = node['items'];
  if (isNode(items) && /^\d+$/.test(name)) return items;
  const own = propertiesOf(node).find(([key]) => key === name);
  if (own !== undefined) return own[1];
  for (const variant of nodesOf(node, 'oneOf')) {
    const child = childNamed(variant, name);
    if (child !== undefined) return child;
  }
  return undefined;
}
