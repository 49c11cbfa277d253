import type {JsonObject} from 'airbyte-cdk-ts';

import type {AssetDatabase} from '../client/asset-databases';
import type {BatchResult} from '../client/batch-get';
import type {FrameAnnotations, FrameValues} from '../client/event-frame-values';
import type {EventFrame} from '../client/event-frames';
import {decodeLink, decodeWebId, type DecodedWebId} from '../client/web-id';
import type {PiTimestamp} from '../sync/pi-timestamp';
import {instantOrAbsent, textOrAbsent} from './absent';
import type {KnownFrame} from './event-frames-known';
import {annotationFields, attributeFields} from './event-frames-parts';
import {ticksOf} from './event-frames-ticks';
import {
  BOOLEAN,
  field,
  INSTANT,
  NUMBER,
  OBJECT,
  OBJECTS,
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
  event_attributes: field(
    OBJECT,
    'Values of the attributes by name, as they belong to the time of the event frame; a child attribute is named with those above it, as in Output|Limit. Null where PI has an error in place of the value.',
  ),
  attributes_error: field(
    STRING,
    'Why attribute values are missing: what PI said for the whole event frame, or for each attribute at fault.',
  ),
  severity: field(STRING, 'None, Information, Warning, Minor, Major or Critical.'),
  is_acknowledged: field(BOOLEAN, 'Whether somebody has acknowledged it.'),
  acknowledged_by: field(STRING, 'Who has acknowledged it.'),
  acknowledged_date: field(INSTANT, 'When it was acknowledged, UTC.'),
  is_annotated: field(BOOLEAN, 'Whether somebody has annotated it.'),
  annotations: field(
    OBJECTS,
    'The annotations: id, name, description, value, creator, creation_date, modifier and modify_date of each. Null where there are none, and where the setting says not to read them.',
  ),
  annotations_error: field(STRING, 'Why the annotations could not be read.'),
  category_names: field(STRINGS, 'Names of the categories.'),
  parent_event_frame_id: field(
    STRING,
    'GUID of the event frame above; null at the top.',
  ),
  database_name: field(STRING, 'Name of the asset database.'),
  web_id: field(STRING, 'WebID 2.0 (IDOnly) of the event frame.'),
  is_deleted: field(
    BOOLEAN,
    'True in the last row of an event frame that PI deleted, or hides from the account, after it was delivered; all but the key, the start and the time of detection is null there. A recalculation deletes event frames and creates others. Seen as far back as the lookback reaches.',
  ),
  deleted_detected_at: field(
    INSTANT,
    'Time at PI, UTC, when the sync began that found the event frame deleted.',
  ),
});

/** When the event frame ended; undefined while it is open. */
function endOf({EndTime}: EventFrame): PiTimestamp | undefined {
  return instantOrAbsent(EndTime);
}

/** What is asked for besides the event frame. */
export interface FrameParts {
  readonly values: BatchResult<FrameValues>;
  /** Undefined where there are none, or they are not wanted. */
  readonly annotations: BatchResult<FrameAnnotations> | undefined;
  readonly database: AssetDatabase;
}

/** The record of an event frame; fields that PI leaves empty are left out. */
export function eventFrameRecord(
  frame: EventFrame,
  {values, annotations, database}: FrameParts,
): JsonObject {
  return {
    event_frame_id: idOfFrame(frame),
    event_name: frame.Name,
    template_name: textOrAbsent(frame.TemplateName),
    ...timeFields(frame),
    ...referencesOf(frame),
    ...attributeFields(values),
    severity: textOrAbsent(frame.Severity),
    is_acknowledged: frame.IsAcknowledged ?? undefined,
    acknowledged_by: textOrAbsent(frame.AcknowledgedBy),
    acknowledged_date: instantOrAbsent(frame.AcknowledgedDate),
    is_annotated: frame.IsAnnotated ?? undefined,
    ...annotationFields(annotations),
    category_names: frame.CategoryNames ?? undefined,
    database_name: database.name,
    web_id: frame.WebId,
    is_deleted: false,
  };
}

/** The last record of a frame that is gone: what it was is in the records before. */
export function deletedFrameRecord(
  {id, start}: KnownFrame,
  detectedAt: PiTimestamp,
): JsonObject {
  return {
    event_frame_id: id,
    start_time: start,
    is_deleted: true,
    deleted_detected_at: detectedAt,
  };
}

/** What is kept of a frame to know it again. */
export function knownFrame(frame: EventFrame): KnownFrame {
  const {WebId: webId, StartTime: start} = frame;
  return {id: idOfFrame(frame), webId, start, end: endOf(frame)};
}

function idOfFrame({Id: id}: EventFrame): string {
  return id.toLowerCase();
}

function timeFields(frame: EventFrame): JsonObject {
  const end = endOf(frame);
  return {
    start_time: frame.StartTime,
    end_time: end,
    is_open: end === undefined,
    duration_minutes:
      end === undefined ? undefined : minutesBetween(frame.StartTime, end),
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

const TICKS_PER_MINUTE = 600_000_000;

/** Exact in PI's steps of 100 ns as far as a number can be. */
function minutesBetween(start: PiTimestamp, end: PiTimestamp): number {
  return Number(ticksOf(end) - ticksOf(start)) / TICKS_PER_MINUTE;
}
