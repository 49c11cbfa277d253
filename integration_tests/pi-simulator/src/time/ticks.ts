/**
 * An instant in ticks of 100 ns since 2020-01-01T00:00:00Z, as a whole number.
 *
 * Counted from 2020 and not from 1970 so that a plain number holds every tick from
 * 1991 to 2048 exactly; instants on whole microseconds stay exact from 1963 to 2077.
 */
export type Ticks = number;

export const TICKS_PER_SECOND = 10_000_000;
export const TICKS_PER_MS = 10_000;
export const TICKS_PER_DAY = 86_400 * TICKS_PER_SECOND;

const EPOCH_MS = Date.UTC(2020, 0, 1);
const EPOCH_DAY = EPOCH_MS / 86_400_000;

export function ticksFromMs(epochMs: number): Ticks {
  return Math.round((epochMs - EPOCH_MS) * TICKS_PER_MS);
}

/** Whole milliseconds since 1970, rounded down. */
export function msFromTicks(ticks: Ticks): number {
  return Math.floor(ticks / TICKS_PER_MS) + EPOCH_MS;
}

/** The archive keeps events of points at 1/65536 s: the nearest instant not later. */
export function quantizeToPoint(ticks: Ticks): Ticks {
  const second = Math.floor(ticks / TICKS_PER_SECOND);
  const units = Math.floor(((ticks - second * TICKS_PER_SECOND) * 512 + 511) / 78_125);
  return second * TICKS_PER_SECOND + ticksOfUnits(units);
}

/** Ticks of a whole number of archive units (1/65536 s), rounded down. */
export function ticksOfUnits(units: number): Ticks {
  return Math.floor((units * 78_125) / 512);
}

/** Event frames are kept at 1/300 s: the nearest such instant not later. */
export function quantizeToFrame(ticks: Ticks): Ticks {
  const second = Math.floor(ticks / TICKS_PER_SECOND);
  const parts = Math.floor(((ticks - second * TICKS_PER_SECOND) * 3 + 2) / 100_000);
  return second * TICKS_PER_SECOND + Math.floor((parts * 100_000) / 3);
}

const TWO_DIGITS = Array.from({length: 100}, (_, n) => String(n).padStart(2, '0'));

/** The last day formatted: neighbours in a series nearly always share it. */
let cachedDay = Number.NaN;
let cachedDayText = '';

function dayText(day: number): string {
  if (day !== cachedDay) {
    cachedDay = day;
    cachedDayText = new Date((day + EPOCH_DAY) * 86_400_000).toISOString().slice(0, 11);
  }
  return cachedDayText;
}

function twoDigits(value: number): string {
  return TWO_DIGITS[value] ?? '00';
}

function format(ticks: Ticks, fraction: (ticksOfSecond: number) => string): string {
  let second = Math.floor(ticks / TICKS_PER_SECOND);
  let rest = ticks - second * TICKS_PER_SECOND;
  if (rest < 0) {
    second -= 1;
    rest += TICKS_PER_SECOND;
  }
  const day = Math.floor(second / 86_400);
  const ofDay = second - day * 86_400;
  const hour = (ofDay / 3600) | 0;
  const minute = ((ofDay - hour * 3600) / 60) | 0;
  return `${dayText(day)}${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(ofDay - hour * 3600 - minute * 60)}${fraction(rest)}`;
}

function trimmedFraction(rest: number): string {
  if (rest === 0) return 'Z';
  const digits = String(TICKS_PER_SECOND + rest);
  let end = 8;
  while (digits.charCodeAt(end - 1) === 48) end -= 1;
  return `.${digits.slice(1, end)}Z`;
}

function fullFraction(rest: number): string {
  return `.${String(TICKS_PER_SECOND + rest).slice(1, 8)}Z`;
}

/** UTC with no more decimals than needed, as PI Web API prints it: `…:04.28Z`, `…:00Z`. */
export function formatTrimmed(ticks: Ticks): string {
  return format(ticks, trimmedFraction);
}

/** UTC with exactly seven decimals, as the streams carry it. */
export function formatFull(ticks: Ticks): string {
  return format(ticks, fullFraction);
}

const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** Reads an ISO 8601 instant; without a zone it is UTC. Undefined for anything else. */
export function parseIso(text: string): Ticks | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const [, date = '', time = '00:00', second = '00', fraction, zone] = match;
  const whole = `${date}T${time}:${second}.000Z`;
  const ms = Date.parse(whole);
  // A day that does not exist (31 February) is carried over or refused.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== whole) return undefined;
  const minutes = zone === undefined ? 0 : zoneMinutes(zone);
  return ticksFromMs(ms - minutes * 60_000) + ticksOfFraction(fraction);
}

function ticksOfFraction(digits = ''): number {
  return Number(digits.slice(0, 7).padEnd(7, '0'));
}

function zoneMinutes(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}
