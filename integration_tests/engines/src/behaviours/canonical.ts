import type {Cell, StoredType} from './engine';

const MICROS_A_SECOND = 1_000_000n;
const DECIMALS = 9;

/** Text of a moment given in microseconds since 1970. */
export function instantText(micros: bigint, hasZone: boolean): string {
  const rest = ((micros % MICROS_A_SECOND) + MICROS_A_SECOND) % MICROS_A_SECOND;
  const ms = Number((micros - rest) / 1000n);
  const seconds = new Date(ms).toISOString().slice(0, -5);
  return `${seconds}.${String(rest).padStart(6, '0')}${hasZone ? 'Z' : ''}`;
}

/** The agreed text for what an engine's own cast to text gave. */
export function canonical(text: Cell, type: StoredType): Cell {
  const agree = AGREED[type];
  return text === null || agree === undefined ? text : agree(text);
}

/** Types whose texts differ between engines. */
const AGREED: Partial<Record<StoredType, (text: string) => string>> = {
  double: doubleText,
  decimal: decimalText,
  timestamp: (text) => `${sqlInstant(text)}Z`,
  timestamp_ntz: sqlInstant,
};

function doubleText(text: string): string {
  const number = Number(
    text.replace(/inf(inity)?/i, 'Infinity').replace(/nan/i, 'NaN'),
  );
  return Object.is(number, -0) ? '-0' : String(number);
}

/** Plain digits with nine decimals, also from `1E-9`. */
function decimalText(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(text);
  if (match === null) return `not a decimal: ${text}`;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const scale = DECIMALS - fraction.length + Number(exponent);
  const digits = (whole + fraction + '0'.repeat(Math.max(0, scale))).padStart(
    DECIMALS + 1,
    '0',
  );
  return `${sign}${digits.slice(0, -DECIMALS).replace(/^0+(?=\d)/, '')}.${digits.slice(-DECIMALS)}`;
}

/** `2026-03-01 06:07:08.12` with a `T` and six decimals. */
function sqlInstant(text: string): string {
  const [seconds = '', fraction = ''] = text.replace(' ', 'T').split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
}
