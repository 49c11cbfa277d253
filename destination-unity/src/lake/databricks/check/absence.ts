import type {Refusal} from '../warehouse';
import {isDenied} from '../grants';

/** What can be missing, as the warehouse calls it. */
export type Absent = 'catalog' | 'schema' | 'volume';

const BY_CLASS: ReadonlyMap<string, Absent> = new Map([
  ['NO_SUCH_CATALOG_EXCEPTION', 'catalog'],
  ['CATALOG_NOT_FOUND', 'catalog'],
  ['CATALOG_DOES_NOT_EXIST', 'catalog'],
  ['SCHEMA_NOT_FOUND', 'schema'],
  ['SCHEMA_DOES_NOT_EXIST', 'schema'],
  ['VOLUME_NOT_FOUND', 'volume'],
  ['UC_VOLUME_NOT_FOUND', 'volume'],
  ['VOLUME_DOES_NOT_EXIST', 'volume'],
  ['PATH_NOT_FOUND', 'volume'],
]);

/** `Catalog 'main' was not found`: what is missing comes before that it is. */
const WORDS =
  /\b(catalog|schema|volume)\b(?:(?!\bcatalog\b|\bschema\b|\bvolume\b)[^.])*(?:not (?:be )?found|not exist)/i;

/**
 * What is missing, by the error class or, where that is none we know, by the words.
 * Undefined if the statement was refused for something else.
 */
export function absentIn(refusal: Refusal): Absent | undefined {
  if (isDenied(refusal)) return undefined;
  const {errorClass, message} = refusal;
  const told = WORDS.exec(message)?.[1]?.toLowerCase() as Absent | undefined;
  return BY_CLASS.get(errorClass) ?? told;
}
