import {mixAll} from '../chance/hash';
import {sealGuid, type Guid} from '../identity/guid';
import {type AfElement} from '../plant/asset-model';
import {isOpen, type EventFrame} from '../plant/event-frame';
import {type EventFrames} from '../plant/event-frames';
import {type FrameAct} from '../plant/frame-act';
import {type Plant} from '../plant/plant';
import {instantOf} from '../plant/stored-point';
import {SEVERITIES, templateByName, type Severity} from '../plant/templates';
import {UsageError} from '../plant/usage-error';
import {quantizeToFrame, type Ticks} from '../time/ticks';
import {type ChangedWorld} from './changed-world';
import {elementNamed} from './element-changes';

/** A change of an event frame, which is named by its GUID. */
export type FrameChange =
  | {
      readonly action: 'open_frame';
      readonly name: string;
      readonly template: string;
      /** Paths or GUIDs, the primary one first. */
      readonly elements: readonly string[];
      /** ISO 8601; now, if not given. */
      readonly start?: string;
      readonly severity?: string;
      readonly description?: string;
      /** GUID of another frame that was opened by hand. */
      readonly parent?: string;
    }
  | {
      /** With all that is still open below it. */
      readonly action: 'close_frame';
      readonly frame: string;
      /** ISO 8601; now, if not given. */
      readonly end?: string;
    }
  | {
      readonly action: 'acknowledge_frame';
      readonly frame: string;
      readonly by?: string;
    }
  | {
      readonly action: 'annotate_frame';
      readonly frame: string;
      readonly value: string;
      readonly name?: string;
      readonly description?: string;
      readonly by?: string;
    }
  | {
      readonly action: 'set_frame_severity';
      readonly frame: string;
      readonly severity: string;
    }
  | {
      /** Its attribute values are captured once more, and come out different. */
      readonly action: 'recapture_frame';
      readonly frame: string;
    }
  | {
      /** Deleted and made anew with all below it, each with another GUID. */
      readonly action: 'recalculate_frame';
      readonly frame: string;
    }
  | {
      /** With all below it. */
      readonly action: 'delete_frame';
      readonly frame: string;
    };

/** What the account says of the frame of a change. */
export interface FrameFacts {
  readonly event_frame_id: Guid;
  readonly event_name: string;
  /** Of a recalculation: the frames that went and what came in their place. */
  readonly recreated?: readonly Recreated[];
}

interface Recreated {
  readonly event_frame_id: Guid;
  readonly new_event_frame_id: Guid;
}

type NamedChange = Exclude<FrameChange, {readonly action: 'open_frame'}>;

const ACTIONS: readonly string[] = [
  'open_frame',
  'close_frame',
  'acknowledge_frame',
  'annotate_frame',
  'set_frame_severity',
  'recapture_frame',
  'recalculate_frame',
  'delete_frame',
] satisfies readonly FrameChange['action'][];
const SOMEBODY = 'PLANT\\operator';

export function isFrameChange(change: {
  readonly action: string;
}): change is FrameChange {
  return ACTIONS.includes(change.action);
}

/** @throws UsageError for a frame that is not there or cannot be changed so. */
export function changeFrame(
  {plant, archive}: ChangedWorld,
  change: FrameChange,
): FrameFacts {
  const now = archive.now();
  if (change.action === 'open_frame') return factsOf(open(plant, change, now));
  const {frames, frame} = frameNamed(plant, change.frame, now);
  if (change.action === 'recalculate_frame') {
    return {...factsOf(frame), recreated: recalculate(frames, frame, now)};
  }
  frames.act(frame, actOf(frame, change, now));
  return factsOf(frame);
}

function actOf(
  frame: EventFrame,
  change: Exclude<NamedChange, {readonly action: 'recalculate_frame'}>,
  now: Ticks,
): FrameAct {
  switch (change.action) {
    case 'close_frame':
      return {kind: 'close', at: now, end: endOf(frame, change.end, now)};
    case 'acknowledge_frame':
      return acknowledgementOf(frame, change.by, now);
    case 'annotate_frame':
      return {kind: 'annotate', at: now, annotation: annotationOf(frame, change, now)};
    case 'set_frame_severity':
      return {kind: 'set_severity', at: now, severity: severityNamed(change.severity)};
    case 'recapture_frame':
      return {kind: 'recapture', at: now};
    case 'delete_frame':
      return {kind: 'delete', at: now};
  }
}

function acknowledgementOf(
  {name, template}: EventFrame,
  by: string | undefined,
  now: Ticks,
): FrameAct {
  if (templateByName(template)?.canBeAcknowledged === true)
    return {kind: 'acknowledge', at: quantizeToFrame(now), by: by ?? SOMEBODY};
  throw new UsageError(`"${name}" cannot be acknowledged.`);
}

function endOf(frame: EventFrame, given: string | undefined, now: Ticks): Ticks {
  const end = given === undefined ? now : instantOf(given);
  if (!isOpen(frame, now)) throw new UsageError(`"${frame.name}" is closed already.`);
  if (end > now || end <= frame.start)
    throw new UsageError(`"${frame.name}" must end after its start and by now.`);
  return quantizeToFrame(end);
}

function annotationOf(
  frame: EventFrame,
  change: FrameChange & {readonly action: 'annotate_frame'},
  now: Ticks,
): (FrameAct & {readonly kind: 'annotate'})['annotation'] {
  const {value, name = value, description = '', by: creator = SOMEBODY} = change;
  const at = quantizeToFrame(now);
  const ordinal = frame.annotations.length;
  const id = sealGuid(mixAll('annotation', frame.guid), {high: ordinal, low: 2});
  return {
    ...{id, name, description, value, creator},
    ...{created: at, modifier: creator, modified: at},
  };
}

function severityNamed(text: string): Severity {
  const severity = SEVERITIES.find((known) => known === text);
  if (severity !== undefined) return severity;
  throw new UsageError(`A severity is one of ${SEVERITIES.join(', ')}.`);
}

function recalculate(
  frames: EventFrames,
  frame: EventFrame,
  now: Ticks,
): readonly Recreated[] {
  const guid = frames.guidAnew(frame);
  frames.act(frame, {kind: 'recalculate', at: now, guid});
  return [
    {event_frame_id: frame.guid, new_event_frame_id: guid},
    ...frame.children.flatMap((child) => recalculate(frames, child, now)),
  ];
}

function open(
  plant: Plant,
  change: FrameChange & {readonly action: 'open_frame'},
  now: Ticks,
): EventFrame {
  const elements = change.elements.map((named) => elementNamed(plant, named));
  const {name, template, description = '', severity} = change;
  if (templateByName(template)?.instanceType !== 'EventFrame')
    throw new UsageError(`There is no event frame template "${template}".`);
  const start = change.start === undefined ? now : instantOf(change.start);
  if (start > now) throw new UsageError('An event frame cannot start after now.');
  return framesAbout(plant, elements).open({
    ...{name, template, description, elements},
    start: quantizeToFrame(start),
    severity: severity === undefined ? undefined : severityNamed(severity),
    parent: change.parent === undefined ? undefined : opened(plant, change.parent, now),
  });
}

function opened(plant: Plant, guid: Guid, now: Ticks): EventFrame {
  const {frames, frame} = frameNamed(plant, guid, now);
  if (frames.isOpenedByHand(frame)) return frame;
  throw new UsageError(`"${frame.name}" was not opened by hand.`);
}

function framesAbout({assets}: Plant, [primary]: readonly AfElement[]): EventFrames {
  const frames = primary && assets.eventFrames[primary.database.index];
  if (frames === undefined) throw new UsageError('An event frame needs an element.');
  return frames;
}

function frameNamed(
  {assets}: Plant,
  guid: Guid,
  now: Ticks,
): {readonly frames: EventFrames; readonly frame: EventFrame} {
  for (const frames of /^[\da-f-]{36}$/.test(guid) ? assets.eventFrames : []) {
    const frame = frames.find(guid, now);
    if (frame !== undefined) return {frames, frame};
  }
  throw new UsageError(`There is no event frame "${guid}".`);
}

function factsOf({guid, name}: EventFrame): FrameFacts {
  return {event_frame_id: guid, event_name: name};
}
