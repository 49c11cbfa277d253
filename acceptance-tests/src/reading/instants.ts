const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/i;

/** Whether there is such a day: `2024-02-29` is one, `2026-02-29` is none. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)];
  return Number(day) > 0 && Number(day) <= daysIn(Number(year), Number(month));
}

/** None, where there is no such month. */
function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether it is a time of day as RFC 3339 writes it, with an offset or without. */
export function isTime(text: string, hasOffset: boolean): boolean {
  const found = TIME.exec(text);
  if (found === null) return false;
  const [, hour, minute, second, offset] = found;
  return (
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    isSecond(Number(second), Number(minute)) &&
    (offset !== undefined) === hasOffset &&
    isOffset(offset)
  );
}

/** Whether it is an instant as RFC 3339 writes it, or the same without its offset. */
export function isDateTime(text: string, hasOffset: boolean): boolean {
  const [date = '', time = '', ...more] = text.split(/[T ]/i);
  return more.length === 0 && isDate(date) && isTime(time, hasOffset);
}

/** A leap second ends an hour in every zone that is off by whole or half hours. */
function isSecond(second: number, minute: number): boolean {
  return second < 60 || (second === 60 && (minute === 59 || minute === 29));
}

function isOffset(offset = 'Z'): boolean {
  if (offset.toUpperCase() === 'Z') return true;
  return Number(offset.slice(1, 3)) < 24 && Number(offset.slice(4)) < 60;
}
