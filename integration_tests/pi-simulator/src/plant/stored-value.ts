import {parseIso} from '../time/ticks';
import {type ArchiveEvent, type EventKind} from './archive-event';
import {DIGITAL_SETS, systemStateName} from './digital-sets';
import {type PointType} from './sensor-kinds';
import {UsageError} from './usage-error';

/**
 * A value as it is given in options and changes: a number or a text as they are, any
 * other kind as an object with one member. `{"system": 246}` suits every type of point.
 */
export type StoredValue =
  | number
  | string
  | {readonly number: 'NaN' | 'Infinity' | '-Infinity'}
  /** A state of the point's digital set. */
  | {readonly digital: number}
  | {readonly system: number}
  | {readonly base64: string}
  /** ISO 8601. */
  | {readonly timestamp: string};

/** The part of an event that is its value. */
export type EventValue = Pick<ArchiveEvent, 'kind' | 'number' | 'text'>;

/** What decides which values a point can hold. */
export interface ValueTarget {
  readonly type: PointType;
  readonly digitalSet: string;
}

const KIND_OF_TYPE: Readonly<Record<PointType, EventKind>> = {
  Int16: 'number',
  Int32: 'number',
  Float16: 'number',
  Float32: 'number',
  Float64: 'number',
  Digital: 'digital',
  String: 'string',
  Timestamp: 'timestamp',
  Blob: 'blob',
};

/** @throws UsageError for a value that is none, or that a point of this type cannot hold. */
export function eventValue(value: StoredValue, target: ValueTarget): EventValue {
  const read = readValue(value, target.digitalSet);
  if (read === undefined) {
    throw new UsageError(`${JSON.stringify(value)} is not a value.`);
  }
  if (read.kind !== 'system' && read.kind !== KIND_OF_TYPE[target.type]) {
    const text = JSON.stringify(value);
    throw new UsageError(`A point of type ${target.type} cannot hold ${text}.`);
  }
  return read;
}

function readValue(value: unknown, digitalSet: string): EventValue | undefined {
  if (typeof value === 'number') return {kind: 'number', number: value, text: ''};
  if (typeof value === 'string') return {kind: 'string', number: 0, text: value};
  if (typeof value !== 'object' || value === null) return undefined;
  const [entry, ...more] = Object.entries<unknown>({...value});
  if (entry === undefined || more.length > 0) return undefined;
  const [kind, content] = entry;
  return READERS[kind]?.(content, digitalSet);
}

const QUOTED_NUMBERS = ['NaN', 'Infinity', '-Infinity'];

const READERS: Readonly<
  Record<string, (content: unknown, digitalSet: string) => EventValue | undefined>
> = {
  number: (text) =>
    QUOTED_NUMBERS.includes(String(text))
      ? {kind: 'number', number: Number(text), text: ''}
      : undefined,
  digital: (code, set) =>
    state('digital', code, (own) => digitalStateName(set, own) ?? `?${own}`),
  system: (code) => state('system', code, systemStateName),
  base64: (text) =>
    typeof text === 'string' ? {kind: 'blob', number: 0, text} : undefined,
  timestamp: (text) => {
    const ticks = typeof text === 'string' ? parseIso(text) : undefined;
    return ticks === undefined
      ? undefined
      : {kind: 'timestamp', number: ticks, text: ''};
  },
};

function state(
  kind: 'digital' | 'system',
  code: unknown,
  nameOf: (code: number) => string,
): EventValue | undefined {
  if (typeof code !== 'number') return undefined;
  return {kind, number: code, text: nameOf(code)};
}

function digitalStateName(setName: string, code: number): string | undefined {
  const set = DIGITAL_SETS.find(({name}) => name === setName);
  return set?.states.find((known) => known.code === code)?.name;
}
