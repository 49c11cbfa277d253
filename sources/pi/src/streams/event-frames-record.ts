import type {Json, JsonObject} from 'airbyte-cdk-ts';

import type {AssetDatabase} from '../client/asset-databases';
import type {EventFrame, FrameValues} from '../client/event-frames';
import {decodeLink, decodeWebId, type DecodedWebId} from '../client/web-id';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {instantOrAbsent, textOrAbsent} from './absent';
import {
  BOOLEAN,
  field,
  INSTANT,
  NUMBER,
  OBJECT,
  recordSchema,
  STRING,
  STRINGS,
} from './field-types';

/** JSON Schema of a record of `event_frames`. */
export const EVENT_FRAMES_SCHEMA: JsonObject = recordSchema({
  event_frame_id: {type: 'string', description: 'GUID of the event frame.'},
  event_name: field(STRING, 'Name of the event frame.'),
  template_name: field(STRING, 'Name of the event frame template.'),
  start_time: {
    type: 'string',
    format: 'date-time',
    airbyte_type: 'timestamp_with_timezone',
    description: 'Start, UTC.',
  },
  end_time: field(INSTANT, 'End, UTC; null while the event frame is open.'),
  is_open: field(BOOLEAN, 'Whether the event frame has no end yet.'),
  duration_minutes: field(NUMBER, 'Minutes from start to end; null while open.'),
  primary_element_id: field(STRING, 'GUID of the primary referenced element.'),
  referenced_element_ids: field(STRINGS, 'GUIDs of all referenced elements.'),
  event_attributes: field(OBJECT, 'Attribute values of the event frame by name.'),
  severity: field(STRING, 'None, Information, Warning, Minor, Major or Critical.'),
  is_acknowledged: field(BOOLEAN, 'Whether somebody has acknowledged it.'),
  acknowledged_by: field(STRING, 'Who has acknowledged it.'),
  acknowledged_date: field(INSTANT, 'When it was acknowledged, UTC.'),
  category_names: field(STRINGS, 'Names of the categories.'),
  parent_event_frame_id: field(
    STRING,
    'GUID of the event frame above; null at the top.',
  ),
  database_name: field(STRING, 'Name of the asset database.'),
  web_id: field(STRING, 'WebID 2.0 (IDOnly) of the event frame.'),
});

/** When the event frame ended; undefined while it is open. */
export function endOf({EndTime}: EventFrame): PiTimestamp | undefined {
  return instantOrAbsent(EndTime);
}

/**
 * The record of an event frame; fields that PI leaves empty are left out. `values` is
 * undefined where PI does not give them.
 */
export function eventFrameRecord(
  frame: EventFrame,
  values: FrameValues | undefined,
  database: AssetDatabase,
): JsonObject {
  const end = endOf(frame);
  return {
    event_frame_id: frame.Id.toLowerCase(),
    event_name: frame.Name,
    template_name: textOrAbsent(frame.TemplateName),
    start_time: frame.StartTime,
    end_time: end,
    is_open: end === undefined,
    duration_minutes:
      end === undefined ? undefined : minutesBetween(frame.StartTime, end),
    ...referencesOf(frame),
    event_attributes: values === undefined ? undefined : attributesOf(values),
    severity: textOrAbsent(frame.Severity),
    is_acknowledged: frame.IsAcknowledged ?? undefined,
    acknowledged_by: textOrAbsent(frame.AcknowledgedBy),
    acknowledged_date: instantOrAbsent(frame.AcknowledgedDate),
    category_names: frame.CategoryNames ?? undefined,
    database_name: database.name,
    web_id: frame.WebId,
  };
}

/** Identities that PI gives as links and WebIDs only. */
function referencesOf({
  Links: links,
  RefElementWebIds: webIds,
}: EventFrame): JsonObject {
  const elements = (webIds ?? []).flatMap(
    (webId) => idOf('element', decodeWebId(webId)) ?? [],
  );
  const primary = decodeLink(links?.PrimaryReferencedElement ?? undefined);
  const parent = decodeLink(links?.Parent ?? undefined);
  return {
    // By convention the primary element is the first of the references.
    primary_element_id: idOf('element', primary) ?? elements[0],
    referenced_element_ids: elements,
    parent_event_frame_id: idOf('event frame', parent),
  };
}

function idOf(
  kind: DecodedWebId['kind'],
  decoded: DecodedWebId | undefined,
): string | undefined {
  return decoded?.kind === kind ? decoded.id : undefined;
}

function attributesOf({Items}: FrameValues): JsonObject {
  const entries = Items.map(({Name, Value}) => [Name, attributeValue(Value)] as const);
  return Object.fromEntries(entries);
}

/** As PI hands it out, a state with code and name; null where there is only an error. */
function attributeValue(value: FrameValues['Items'][number]['Value']): Json {
  if (value === null || value === undefined || hasErrors(value.Errors)) return null;
  const plain = (value.Value ?? null) as Json;
  const isError = typeof plain === 'object' && plain !== null && 'Errors' in plain;
  return isError ? null : plain;
}

function hasErrors(errors: unknown): boolean {
  return Array.isArray(errors) && errors.length > 0;
}

const TICKS_PER_MINUTE = 600_000_000;

/** Exact in PI's steps of 100 ns as far as a number can be. */
function minutesBetween(start: PiTimestamp, end: PiTimestamp): number {
  return Number(ticksOf(end) - ticksOf(start)) / TICKS_PER_MINUTE;
}

function ticksOf(instant: PiTimestamp): bigint {
  const seconds = BigInt(Date.parse(`${instant.slice(0, 19)}Z`) / 1000);
  return seconds * 10_000_000n + BigInt(instant.slice(20, 27));
}
