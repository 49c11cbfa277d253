import {toUSVString} from 'node:util';

import type {ConfiguredStream, Json, JsonObject} from 'airbyte-cdk-ts';

/** Keywords by which schemas say a unit of measure; JSON Schema has none of its own. */
const UNIT_KEYWORDS = [
  'unit',
  'units',
  'uom',
  'unit_of_measure',
  'unitOfMeasure',
  'engineering_units',
  'engineeringUnits',
  'x-unit',
  'x-units',
  'x-uom',
];

/** Characters of a comment; catalogs refuse what is much longer. */
const MAX_LENGTH = 1000;

/**
 * What a member's schema says of it, as the comment of its column: `Flow of the line.
 * Unit: m3/h.` Undefined where it says nothing.
 */
export function columnComment(schema: Json | undefined): string | undefined {
  if (!isObject(schema)) return undefined;
  const unit = UNIT_KEYWORDS.map((keyword) => textOf(schema[keyword])).find(
    (text) => text !== '',
  );
  const sentences = [
    sentence(textOf(schema['description'])),
    unit === undefined ? '' : sentence(`Unit: ${unit}`),
  ];
  return joined(sentences);
}

/** Which stream a table holds, and what its schema says of it. */
export function tableComment({descriptor, jsonSchema}: ConfiguredStream): string {
  const {name, namespace} = descriptor;
  const from = namespace === undefined ? '' : ` of namespace ${namespace}`;
  const origin = cleaned(`Stream ${name}${from}, loaded by Airbyte.`);
  return joined([origin, sentence(textOf(jsonSchema['description']))]) ?? origin;
}

function joined(sentences: readonly string[]): string | undefined {
  const text = sentences.filter((each) => each !== '').join(' ');
  if (text === '') return undefined;
  if (text.length <= MAX_LENGTH) return text;
  const half = /[\ud800-\udbff]$/;
  return `${text.slice(0, MAX_LENGTH - 1).replace(half, '')}\u2026`;
}

function sentence(text: string): string {
  return text === '' || /[.!?\u3002]$/u.test(text) ? text : `${text}.`;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? cleaned(value) : '';
}

/** Without NULs, halves of characters and other signs that statements cannot carry. */
function cleaned(text: string): string {
  return toUSVString(text)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .trim();
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
