import {createHash} from 'node:crypto';
import {toUSVString} from 'node:util';

import {isOwnName, NANOS_PREFIX, RESERVED_NAMES} from './airbyte-columns';
import type {Column} from './table-definition';

const MAX_LENGTH = 255;
const SHORT_HASH = 8;

/**
 * The name in Airbyte's alphabet: accents are taken off, everything but letters, digits
 * and `_` becomes `_`, and a digit is not the first character. Never empty, at most 255
 * characters; a longer one is cut and marked with the hash of the original.
 */
export function plainName(original: string): string {
  const safe = inAlphabet(original);
  return safe.length > MAX_LENGTH ? marked(safe, hashOf(original, SHORT_HASH)) : safe;
}

/** Name of a table, a schema or a catalog: plain, in lower case. */
export function plainObjectName(original: string): string {
  return plainName(original).toLowerCase();
}

/** Name of a table whose plain name belongs to another stream. */
export function hashedObjectName(original: string): string {
  return marked(inAlphabet(original), hashOf(original, SHORT_HASH)).toLowerCase();
}

/**
 * A column name for every member, all different ignoring case.
 *
 * A member whose column is stored keeps it. Of the others, each gets its plain name where
 * that is free; of several that want one name, the member that is already in the alphabet
 * gets it, then the first in code unit order, and the rest get hashed names. The order of
 * `members` is of no importance.
 */
export function nameColumns(
  members: readonly string[],
  stored: readonly Column[] = [],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(RESERVED_NAMES);
  const wanted = new Set(members);
  for (const column of stored) {
    const member = memberOf(column, wanted);
    if (member === undefined) continue;
    taken.add(column.name.toLowerCase());
    if (wanted.has(member) && !names.has(member)) names.set(member, column.name);
  }
  const newcomers = [...wanted].filter((member) => !names.has(member));
  return new Map([...names, ...freeNames(newcomers, taken)]);
}

/**
 * A name for every original, all different ignoring case and none of `taken`, which is in
 * lower case: plain where that is free, else hashed. The order is of no importance.
 */
export function freeNames(
  originals: readonly string[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set(taken);
  const give = (original: string, name: string): void => {
    used.add(name.toLowerCase());
    names.set(original, name);
  };
  const late = [...originals].sort(byClaim).filter((original) => {
    const name = plainName(original);
    const lower = name.toLowerCase();
    const isFree = !used.has(lower) && !lower.startsWith(NANOS_PREFIX);
    if (isFree) give(original, name);
    return !isFree;
  });
  for (const original of late) give(original, freeHashedName(original, used));
  return names;
}

/** A column of unknown origin belongs to the member of exactly its name, if there is one. */
function memberOf(
  {name, member}: Column,
  wanted: ReadonlySet<string>,
): string | undefined {
  return member ?? (wanted.has(name) && !isOwnName(name) ? name : undefined);
}

function inAlphabet(original: string): string {
  const safe = original
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^A-Za-z0-9_]/gu, '_');
  if (safe === '') return '_';
  return /^[0-9]/.test(safe) ? `_${safe}` : safe;
}

/** A text that UTF-8 cannot say is hashed by its UTF-16 units, so that none are equal. */
function hashOf(original: string, hexDigits: number): string {
  const encoding = toUSVString(original) === original ? 'utf8' : 'utf16le';
  const bytes = Buffer.from(original, encoding);
  return createHash('sha256').update(bytes).digest('hex').slice(0, hexDigits);
}

function marked(safe: string, hash: string): string {
  return `${safe.slice(0, MAX_LENGTH - hash.length - 1)}_${hash}`;
}

function byClaim(a: string, b: string): number {
  const claim = Number(plainName(b) === b) - Number(plainName(a) === a);
  return claim !== 0 ? claim : a < b ? -1 : 1;
}

/** Ends: every salt gives another hash. */
function freeHashedName(member: string, taken: ReadonlySet<string>, salt = ''): string {
  const name = marked(inAlphabet(member), hashOf(member + salt, SHORT_HASH));
  return taken.has(name.toLowerCase())
    ? freeHashedName(member, taken, `${salt}+`)
    : name;
}

/** Names of columns differ only if they differ in more than case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
