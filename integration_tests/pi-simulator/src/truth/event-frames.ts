import {valueJson} from '../archive/event-json';
import {encodeWebId} from '../identity/web-id';
import {
  acknowledged,
  frameIdentity,
  isOpen,
  type EventFrame,
} from '../plant/event-frame';
import {frameAttributes} from '../plant/event-frame-attributes';
import {type FrameAnnotation} from '../plant/frame-act';
import {type Plant} from '../plant/plant';
import {formatFull, TICKS_PER_SECOND, type Ticks} from '../time/ticks';

const TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND;

/**
 * Every event frame that overlaps the window, as lines of JSON in the fields of the
 * `event_frames` stream, as it stands at `now`.
 */
export function* eventFramesTruth(
  {assets}: Plant,
  {from, to, now}: {readonly from: Ticks; readonly to: Ticks; readonly now: Ticks},
): Generator<string> {
  for (const frames of assets.eventFrames) {
    for (const frame of frames.overlapping({from, to: to - 1, now})) {
      yield `${JSON.stringify(frameRecord(frame, now))}\n`;
    }
  }
}

function frameRecord(frame: EventFrame, now: Ticks): Record<string, unknown> {
  const {database, start, end, elements, parent} = frame;
  const open = isOpen(frame, now);
  const acknowledgement = acknowledged(frame, now);
  return {
    event_frame_id: frame.guid,
    event_name: frame.name,
    template_name: frame.template,
    start_time: formatFull(start),
    ...(!open && {
      end_time: formatFull(end),
      duration_minutes: (end - start) / TICKS_PER_MINUTE,
    }),
    is_open: open,
    primary_element_id: elements[0]?.guid,
    referenced_element_ids: elements.map(({guid}) => guid),
    event_attributes: attributeValues(frame, now),
    severity: frame.severity,
    is_acknowledged: acknowledgement !== undefined,
    ...(acknowledgement !== undefined && {
      acknowledged_by: acknowledgement.by,
      acknowledged_date: formatFull(acknowledgement.at),
    }),
    is_annotated: frame.annotations.length > 0,
    ...(frame.annotations.length > 0 && {
      annotations: frame.annotations.map(annotationRecord),
    }),
    category_names: frame.categories,
    ...(parent !== undefined && {parent_event_frame_id: parent.guid}),
    database_name: database.name,
    web_id: encodeWebId(frameIdentity(frame), 'IDOnly'),
  };
}

function annotationRecord(annotation: FrameAnnotation): Record<string, unknown> {
  const {created, modified, modifier, ...said} = annotation;
  return {
    ...said,
    creation_date: formatFull(created),
    modifier,
    modify_date: formatFull(modified),
  };
}

/** The values as PI hands them out: an enumeration value stays an object. */
function attributeValues(frame: EventFrame, now: Ticks): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const {name, source} of frameAttributes(frame)) {
    if (source.kind === 'constant')
      values[name] = JSON.parse(valueJson(source.valueAt(now)));
  }
  return values;
}
