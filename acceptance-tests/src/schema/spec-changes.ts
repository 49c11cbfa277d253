import type {JsonSchema} from '../stage/catalog';
import {isSchema, typesOf} from './walk';

/**
 * What a new schema of the config takes away from people who have configs of the old one:
 * a field that became required, another type, an enum that is new or has fewer values, a
 * first-level field or a choice that is gone. Choices are paired by their constants.
 */
export function specBreaks(old: JsonSchema, now: JsonSchema): readonly string[] {
  const gone = Object.keys(old.properties ?? {})
    .filter((name) => now.properties?.[name] === undefined)
    .map((name) => `the field ${name} is gone`);
  return [...gone, ...breaks(old, now, '')];
}

function breaks(old: JsonSchema, now: JsonSchema, path: string): readonly string[] {
  const place = path === '' ? 'the root' : path;
  return [
    ...[
      ...requiredBreaks(old, now),
      ...typeBreaks(old, now),
      ...enumBreaks(old, now),
    ].map((text) => `${place}: ${text}`),
    ...Object.entries(old.properties ?? {}).flatMap(([name, member]) => {
      const same = now.properties?.[name];
      return same === undefined ? [] : breaks(member, same, `${path}/${name}`);
    }),
    ...itemBreaks(old, now, path),
    ...choiceBreaks(old, now, path),
  ];
}

function requiredBreaks(old: JsonSchema, now: JsonSchema): readonly string[] {
  const before = listOf(old['required']);
  return listOf(now['required'])
    .filter((name) => !before.includes(name))
    .map((name) => `${String(name)} became required`);
}

function typeBreaks(old: JsonSchema, now: JsonSchema): readonly string[] {
  const [before, after] = [typesOf(old), typesOf(now)];
  if (before.length === 0 || after.length === 0) return [];
  const lost = before.filter((type) => !after.includes(type));
  return lost.length === 0
    ? []
    : [`the type ${JSON.stringify(old.type)} became ${JSON.stringify(now.type)}`];
}

function enumBreaks(old: JsonSchema, now: JsonSchema): readonly string[] {
  if (now['enum'] === undefined) return [];
  if (old['enum'] === undefined) return ['an enum was added'];
  const after = listOf(now['enum']).map((value) => JSON.stringify(value));
  return listOf(old['enum'])
    .map((value) => JSON.stringify(value))
    .filter((value) => !after.includes(value))
    .map((value) => `the enum has lost ${value}`);
}

function itemBreaks(old: JsonSchema, now: JsonSchema, path: string): readonly string[] {
  const [before, after] = [old['items'], now['items']];
  return isSchema(before) && isSchema(after)
    ? breaks(before, after, `${path}/items`)
    : [];
}

function choiceBreaks(
  old: JsonSchema,
  now: JsonSchema,
  path: string,
): readonly string[] {
  const after = new Map(variants(now).map((variant) => [constants(variant), variant]));
  return variants(old).flatMap((variant) => {
    const name = constants(variant);
    const same = after.get(name);
    return same === undefined
      ? [`${path}: the choice ${name} is gone`]
      : breaks(variant, same, `${path}[${name}]`);
  });
}

function variants({oneOf}: JsonSchema): readonly JsonSchema[] {
  return listOf(oneOf).filter(isSchema);
}

/** What tells a variant from its siblings. */
function constants({properties = {}}: JsonSchema): string {
  return Object.entries(properties)
    .filter(([, member]) => member['const'] !== undefined)
    .map(([name, member]) => `${name}=${JSON.stringify(member['const'])}`)
    .sort()
    .join(', ');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
