import {isDeepStrictEqual} from 'node:util';

import {inside} from '../../../run/outcome';
import type {Row} from '../storage';

/** An entry of `_airbyte_meta.changes`. */
interface Change {
  readonly field?: unknown;
  readonly change?: unknown;
  readonly reason?: unknown;
}

/** `_airbyte_meta`, as an object or as JSON text. */
export function metaOf(row: Row): unknown {
  return opened(row['_airbyte_meta']);
}

export function changesOf(row: Row): readonly Change[] {
  const changes = inside(metaOf(row), 'changes');
  return Array.isArray(changes) ? (changes as Change[]) : [];
}

/** Whether a row says, in the protocol's words, that a field lost its value here. */
export function isTold(row: Row, member: string): boolean {
  return changesOf(row).some(
    ({field, change, reason}) =>
      field === member &&
      (change === 'NULLED' || change === 'TRUNCATED') &&
      String(reason).startsWith('DESTINATION_'),
  );
}

/** Objects and arrays, which may be stored as JSON text. */
export function isSameJson(stored: unknown, given: unknown): boolean {
  return isDeepStrictEqual(opened(stored), given);
}

/**
 * A number by the digits it came with: as many are stored, as text where a double cannot
 * say them, or the nearest double.
 */
export function isSameNumber(stored: unknown, digits: string): boolean {
  if (typeof stored === 'number') return stored === Number(digits);
  return typeof stored === 'string' && plainDigits(stored) === plainDigits(digits);
}

/** An integer, every digit of it. */
export function isSameInteger(stored: unknown, digits: string): boolean {
  return String(stored) === digits;
}

/** One instant, however its text is written; without zone it is UTC. */
export function isSameInstant(stored: unknown, given: string): boolean {
  const instant = microseconds(String(stored));
  return instant !== undefined && instant === microseconds(given);
}

const INSTANT =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** Since 1970; undefined for what is no instant of the years 0 to 9999. */
export function microseconds(text: string): bigint | undefined {
  const [, day, time, fraction = '', zone = 'Z'] = INSTANT.exec(text) ?? [];
  if (day === undefined) return undefined;
  const offset = zone.length === 3 ? `${zone}:00` : zone;
  const ms = Date.parse(`${day}T${time}${offset}`);
  if (Number.isNaN(ms)) return undefined;
  return BigInt(ms) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

function plainDigits(text: string): string {
  const [whole = '', decimals = ''] = text.split('.');
  const tail = decimals.replace(/0+$/, '');
  return tail === '' ? whole : `${whole}.${tail}`;
}

function opened(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
