/** UTC with seven decimals: `2026-03-01T00:00:00.1234567Z`. Text order is time order. */
export type Instant = string;

export const SECOND = 10_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant so many ticks of 100 ns after a whole second. */
export function after(start: Instant, ticks: number): Instant {
  const seconds = Math.floor(ticks / SECOND);
  const whole = new Date(Date.parse(wholeSecond(start)) + seconds * 1000);
  return `${whole.toISOString().slice(0, 19)}.${decimals(ticks - seconds * SECOND)}Z`;
}

function decimals(ticks: number): string {
  return String(ticks).padStart(7, '0');
}

/** The same instant without its decimals, in the form that settings take. */
export function wholeSecond(instant: Instant): string {
  return `${instant.slice(0, 19)}Z`;
}

/** Ticks from a whole second to an instant. */
export function ticksBetween(start: Instant, instant: Instant): number {
  const ms = Date.parse(wholeSecond(instant)) - Date.parse(wholeSecond(start));
  return ms * 10_000 + Number(instant.slice(20, -1).padEnd(7, '0'));
}

/** The instant one tick later. */
export function nextTick(instant: Instant): Instant {
  return after(instant, Number(instant.slice(20, -1)) + 1);
}

/** Any ISO text with `Z` in the one form that is compared. */
export function fullInstant(text: string): Instant {
  const [seconds = '', fraction = ''] = text.replace(/Z$/, '').split('.');
  return `${seconds}.${fraction.padEnd(7, '0')}Z`;
}
