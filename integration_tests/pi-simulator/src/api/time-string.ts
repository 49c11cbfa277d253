import {
  TICKS_PER_DAY,
  TICKS_PER_SECOND,
  msFromTicks,
  parseIso,
  ticksFromMs,
  type Ticks,
} from '../time/ticks';
import {badRequest} from './api-error';

const FIXED_UNITS: Readonly<Record<string, number>> = {
  ms: TICKS_PER_SECOND / 1000,
  s: TICKS_PER_SECOND,
  m: 60 * TICKS_PER_SECOND,
  h: 3600 * TICKS_PER_SECOND,
  d: TICKS_PER_DAY,
  w: 7 * TICKS_PER_DAY,
};
const CALENDAR_MONTHS: Readonly<Record<string, number>> = {mo: 1, y: 12};
const DAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

const OFFSET = /^(.*?)\s*([+-])\s*(\d+(?:\.\d+)?)\s*(ms|mo|s|m|h|d|w|y)$/i;
const SHORT_DATE =
  /^(\d{1,2})-([a-z]{3})-(\d{2,4})(?: (\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?$/i;

/**
 * Reads a PI time string: a base (`*`, `t`, `y`, a weekday, a month, a date) and at most
 * one offset (`-8h`). The zone of this server is UTC.
 *
 * @throws ApiError 400 for anything else.
 */
export function parseTime(text: string, now: Ticks): Ticks {
  const trimmed = text.trim();
  const ticks = absolute(trimmed) ?? relative(trimmed, now);
  if (ticks !== undefined) return ticks;
  throw badRequest(`The specified time string '${text}' is not a valid PI time.`);
}

function absolute(text: string): Ticks | undefined {
  return parseIso(text) ?? shortDate(text);
}

function relative(text: string, now: Ticks): Ticks | undefined {
  const [, before = text, sign, amount, unit = ''] = OFFSET.exec(text) ?? [];
  const base = relativeBase(before.trim(), now);
  if (base === undefined || amount === undefined) return base;
  return shift(base, Number(amount) * (sign === '-' ? -1 : 1), unit.toLowerCase());
}

/** A span such as `1h` or `30m`, in ticks. */
export function parseInterval(text: string): Ticks {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)$/i.exec(text.trim());
  const ticks =
    Number(match?.[1] ?? 0) * (FIXED_UNITS[match?.[2]?.toLowerCase() ?? ''] ?? 0);
  if (ticks <= 0) throw badRequest(`The specified interval '${text}' is not valid.`);
  return ticks;
}

function shift(base: Ticks, amount: number, unit: string): Ticks {
  const months = CALENDAR_MONTHS[unit];
  if (months === undefined) return Math.round(base + amount * (FIXED_UNITS[unit] ?? 0));
  const date = new Date(msFromTicks(base));
  const before = date.getTime();
  date.setUTCMonth(date.getUTCMonth() + amount * months);
  return base + ticksFromMs(date.getTime()) - ticksFromMs(before);
}

const DAYS_FROM_TODAY: Readonly<Record<string, number>> = {
  t: 0,
  today: 0,
  y: -1,
  yesterday: -1,
};

function relativeBase(text: string, now: Ticks): Ticks | undefined {
  const word = text.replace(/^(['"])(.*)\1$/, '$2').toLowerCase();
  if (word === '' || word === '*') return now;
  const today = Math.floor(now / TICKS_PER_DAY) * TICKS_PER_DAY;
  const days = DAYS_FROM_TODAY[word];
  if (days !== undefined) return today + days * TICKS_PER_DAY;
  return absolute(word) ?? calendarBase(word, today);
}

/** `mon`, `january`, a day of this month, a year. */
function calendarBase(word: string, today: Ticks): Ticks | undefined {
  const date = new Date(msFromTicks(today));
  const named = (names: readonly string[]): number =>
    word.length < 3 ? -1 : names.findIndex((name) => name.startsWith(word));
  const weekday = named(DAYS);
  if (weekday >= 0)
    return today - ((date.getUTCDay() - weekday + 7) % 7) * TICKS_PER_DAY;
  const month = named(MONTHS);
  if (month >= 0) return ticksFromMs(date.setUTCMonth(month));
  if (/^(19[7-9]|20)\d+$/.test(word) && word.length === 4) {
    return ticksFromMs(Date.UTC(Number(word), 0, 1));
  }
  const day = /^\d{1,2}$/.test(word) ? Number(word) : 0;
  return day >= 1 && day <= 31 ? ticksFromMs(date.setUTCDate(day)) : undefined;
}

/** `02-Mar-26 06:00:00`. */
function shortDate(text: string): Ticks | undefined {
  const match = SHORT_DATE.exec(text);
  if (match === null) return undefined;
  const [, day = '', name = '', year = '', time = '00:00:00'] = match;
  const month =
    MONTHS.findIndex((candidate) => candidate.startsWith(name.toLowerCase())) + 1;
  const full = year.length === 2 ? `20${year}` : year;
  return parseIso(
    `${full}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T${time}Z`,
  );
}
