import type {StoredEvent, StoredPoint, StoredValue} from 'pi-simulator';

import type {Chance} from '../chance';
import {after, type Instant} from '../instant';

type PointType = StoredPoint['type'];

export const POINT_TYPES: readonly PointType[] = [
  'Float32',
  'Float64',
  'Int16',
  'Int32',
  'Float16',
  'Digital',
  'String',
  'Timestamp',
  'Blob',
];

const SYSTEM_CODES = [246, 253, 255, 210, 249, 254, 307];

const TEXTS = [
  '',
  ' ',
  'Batch "7"\\B',
  'zwei\nZeilen\r\n\tTab',
  'Größe – 漢字 – 😀🛢️ – \u{10ffff}',
  'NaN',
  '\u0000\u001f\u007f\u2028\u2029',
  '{"Timestamp":"2026-03-01T00:00:00Z","Value":1}',
  '2026-03-29T01:30:00Z',
  'null',
];

const ODD_NUMBERS: readonly StoredValue[] = [
  0,
  -1,
  1e-7,
  1e21,
  123456789.125,
  5e-324,
  1.7976931348623157e308,
  0.1,
  {number: 'NaN'},
  {number: 'Infinity'},
  {number: '-Infinity'},
];

const float = (chance: Chance): StoredValue =>
  chance.happens(0.04) ? chance.one(ODD_NUMBERS) : fraction(chance);

const VALUES: Readonly<Record<PointType, (chance: Chance) => StoredValue>> = {
  Int16: (chance) => chance.whole(0, 32_767),
  Int32: (chance) => chance.whole(-2_147_450_880, 2_147_483_647),
  Float16: float,
  Float32: float,
  Float64: float,
  Digital: (chance) => ({digital: chance.whole(0, 4)}),
  String: (chance) =>
    chance.happens(0.3) ? chance.one(TEXTS) : `text ${chance.whole(0, 999)}`,
  Timestamp: (chance) => ({timestamp: anyInstant(chance)}),
  Blob: (chance) => ({base64: bytes(chance).toString('base64')}),
};

/** A value that a point of the type can hold; the odd ones come often enough. */
export function valueOf(type: PointType, chance: Chance): StoredValue {
  if (chance.happens(0.03)) return {system: chance.one(SYSTEM_CODES)};
  return VALUES[type](chance);
}

function fraction(chance: Chance): number {
  return Math.round(chance.share() * 2e6 - 1e6) / 1000;
}

function anyInstant(chance: Chance): Instant {
  return after('2026-01-01T00:00:00.0000000Z', chance.whole(0, 4e14));
}

function bytes(chance: Chance): Buffer {
  return Buffer.from(
    Array.from({length: chance.whole(0, 20)}, () => chance.whole(0, 255)),
  );
}

/** An event with a value of its point's type, now and then with a flag. */
export function eventAt(
  timestamp: Instant,
  type: PointType,
  chance: Chance,
): StoredEvent {
  const event = {timestamp, value: valueOf(type, chance)};
  if (!chance.happens(0.05)) return event;
  const flag = chance.one(['bad', 'questionable', 'substituted', 'annotated']);
  return {...event, [flag]: true};
}
