import {piTimestamp} from '../sync/pi-timestamp';
import type {PiPoint, PointType} from '../sync/pi-point';

/** One event as PI writes it; members of any shape, since nothing was checked yet. */
export interface RawEvent {
  Timestamp?: unknown;
  readonly Value?: unknown;
  readonly UnitsAbbreviation?: unknown;
  readonly Good?: unknown;
  readonly Questionable?: unknown;
  readonly Substituted?: unknown;
  readonly Annotated?: unknown;
  readonly Errors?: unknown;
}

interface RawState {
  readonly Name: string;
  readonly Value: number;
  readonly IsSystem?: unknown;
}

const NUMBER_TYPES: ReadonlySet<PointType> = new Set([
  'Int16',
  'Int32',
  'Float16',
  'Float32',
  'Float64',
]);
const NOT_FINITE: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);

/** The end of a record's value part, where the value is a number. */
export const NUMBER_KIND = ',"value_kind":"number"';

/** Whether a value has one of the shapes that `valueMembers` can write. */
export function isKnownValue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value) || isState(value) || 'Errors' in value;
}

function isState(value: unknown): value is RawState {
  if (typeof value !== 'object' || value === null) return false;
  const {Name, Value} = value as Partial<RawState>;
  return typeof Name === 'string' && Number.isInteger(Value);
}

/** Whether PI says of the event itself that it could not be read. */
export function hasErrors({Value, Errors}: RawEvent): boolean {
  if (Array.isArray(Errors) && Errors.length > 0) return true;
  return typeof Value === 'object' && Value !== null && 'Errors' in Value;
}

/**
 * The members `value` to `value_kind` of a record, each with a comma before it.
 *
 * A value stays of its kind: a number is never a text, a state never a number. What
 * PI marks as failed (`hasErrors`) has no value at all.
 */
export function valueMembers(value: unknown, pointType: PointType): string {
  if (typeof value === 'number') return numberMembers(value);
  if (typeof value === 'string') return textMembers(value, pointType);
  if (typeof value === 'boolean') return stringMembers(String(value), 'string');
  if (Array.isArray(value)) return arrayMembers(value, pointType);
  return isState(value) ? stateMembers(value) : nothing(pointType);
}

/** Too large for a double: its sign is all that is left of it. */
function numberMembers(value: number): string {
  if (Number.isFinite(value)) return `,"value":${value}${NUMBER_KIND}`;
  return `,"value_string":"${value}"${NUMBER_KIND}`;
}

function textMembers(value: string, pointType: PointType): string {
  if (NUMBER_TYPES.has(pointType) && NOT_FINITE.has(value)) {
    return `,"value_string":"${value}"${NUMBER_KIND}`;
  }
  if (pointType === 'Timestamp') {
    return stringMembers(piTimestamp(value) ?? value, 'timestamp');
  }
  return stringMembers(value, pointType === 'Blob' ? 'blob' : 'string');
}

function stateMembers({Name, Value, IsSystem}: RawState): string {
  const kind = IsSystem === true ? 'system_state' : 'digital';
  const name = JSON.stringify(Name);
  return `,"digital_code":${Value},"digital_name":${name},"value_kind":"${kind}"`;
}

function arrayMembers(value: readonly unknown[], pointType: PointType): string {
  if (pointType === 'Blob' && value.every(isByte)) {
    return stringMembers(Buffer.from(value).toString('base64'), 'blob');
  }
  return stringMembers(JSON.stringify(value), 'array');
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

function stringMembers(value: string, kind: string): string {
  return `,"value_string":${JSON.stringify(value)},"value_kind":"${kind}"`;
}

const KINDS: Readonly<Record<string, string>> = {
  Digital: 'digital',
  String: 'string',
  Timestamp: 'timestamp',
  Blob: 'blob',
};

/** PI sent no value and no error: the row stays, its kind is that of the point. */
function nothing(pointType: PointType): string {
  return `,"value_kind":"${KINDS[pointType] ?? 'number'}"`;
}

/** The member `error` with a comma before it, of an event that `hasErrors`. */
export function errorMember({Value, Errors}: RawEvent): string {
  const own = Array.isArray(Errors) && Errors.length > 0;
  const said = messages(own ? Errors : (Value as {readonly Errors?: unknown}).Errors);
  return `,"error":${JSON.stringify(said.length === 0 ? 'not named by PI' : said.join('; '))}`;
}

function messages(errors: unknown): string[] {
  if (typeof errors === 'string') return [errors];
  if (Array.isArray(errors)) return errors.flatMap(messages);
  if (typeof errors !== 'object' || errors === null) return [];
  return messages((errors as {readonly Message?: unknown}).Message);
}

/** The first members of every record of a point, up to its timestamp. */
export function recordStart({webId, name}: PiPoint): string {
  return `{"tag_webid":${JSON.stringify(webId)},"tag_name":${JSON.stringify(name)},"timestamp":"`;
}

const FLAGS = [
  'quality_good',
  'quality_questionable',
  'quality_substituted',
  'quality_annotated',
] as const;

/** Per combination of flags, its members; index as `flagsIndex` gives it. */
export const FLAG_MEMBERS: readonly string[] = Array.from({length: 81}, (_, index) =>
  FLAGS.map((name, position) => {
    const flag = Math.floor(index / 3 ** (3 - position)) % 3;
    return flag === 0 ? '' : `,"${name}":${flag === 2}`;
  }).join(''),
);

/** Which combination of flags an event has: each absent, false or true. */
export function flagsIndex(event: RawEvent): number {
  return (
    27 * flagOf(event.Good) +
    9 * flagOf(event.Questionable) +
    3 * flagOf(event.Substituted) +
    flagOf(event.Annotated)
  );
}

function flagOf(flag: unknown): number {
  if (flag === true) return 2;
  return flag === false ? 1 : 0;
}

/** The member `units` with a comma before it; empty where neither names a unit. */
export function unitsMember(ofValue: unknown, ofPoint: string | undefined): string {
  const units = typeof ofValue === 'string' && ofValue !== '' ? ofValue : ofPoint;
  return units === undefined || units === '' ? '' : `,"units":${JSON.stringify(units)}`;
}

/** The members behind those of the value, up to the end of the record. */
export function restMembers(event: RawEvent, {units}: PiPoint): string {
  const flags = FLAG_MEMBERS[flagsIndex(event)] ?? '';
  return `${flags}${unitsMember(event.UnitsAbbreviation, units)}}`;
}

/** Everything behind the sequence, to the end of the record. */
export function eventMembers(event: RawEvent, point: PiPoint): string {
  const rest = restMembers(event, point);
  if (!hasErrors(event)) return valueMembers(event.Value, point.pointType) + rest;
  return `,"value_kind":"error"${rest.slice(0, -1)}${errorMember(event)}}`;
}

/** Whether a record of the event counts as one that PI does not call good. */
export function isNotGood(event: RawEvent): boolean {
  return event.Good === false || hasErrors(event);
}
