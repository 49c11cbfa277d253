import {type ArchiveEvent, EventBuffer} from '../plant/archive-event';
import {type Archive} from '../archive/archive';
import {mayBeDiscarded} from '../archive/held';
import {MAX_AFTERMATH_TICKS, slotLife, type SlotLife} from '../archive/life';
import {type ChangeRecord} from '../changes/change';
import {encodeWebId} from '../identity/web-id';
import {type EventFrame} from '../plant/event-frame';
import {type EventFrames} from '../plant/event-frames';
import {type FrameAct} from '../plant/frame-act';
import {pointIdentity, type Point} from '../plant/point';
import {fillSlot, slotTicks} from '../plant/signals';
import {formatFull, parseIso, type Ticks} from '../time/ticks';
import {type Window} from './timeseries';
import {type TruthSource} from './truth-source';

/**
 * What changed in the window and by now, as lines of JSON in the form of the account of
 * changes: first what was changed by hand and by schedule in points and elements, then
 * what became of event frames, then what became of the events of each point in turn.
 * Values that come in time, and snapshots that go, are no changes.
 */
export function* changesTruth(
  {plant, archive, changeBook}: TruthSource,
  {from, to}: Window,
): Generator<string> {
  const now = archive.now();
  const isWithin = (at: Ticks): boolean => at >= from && at < to && at <= now;
  for (const record of changeBook.all()) {
    if (isWithin(parseIso(record.at) ?? 0)) yield line(record);
  }
  for (const frames of plant.assets.eventFrames) {
    yield* frameChanges(frames, {from, to: Math.min(to, now + 1)}, isWithin);
  }
  for (const point of plant.dataServers.flatMap((server) => server.points)) {
    yield* eventChanges(archive, point, {from, isWithin});
  }
}

function line(record: ChangeRecord): string {
  return `${JSON.stringify(record)}\n`;
}

const FRAME_ACTIONS: Readonly<Record<FrameAct['kind'], string>> = {
  acknowledge: 'acknowledge_frame',
  annotate: 'annotate_frame',
  set_severity: 'set_frame_severity',
  recapture: 'recapture_frame',
  recalculate: 'recalculate_frame',
  close: 'close_frame',
  delete: 'delete_frame',
};

type IsWithin = (at: Ticks) => boolean;

function* frameChanges(
  frames: EventFrames,
  window: Window,
  isWithin: IsWithin,
): Generator<string> {
  for (const {frame, acts} of frames.planned(window)) {
    const {start, end, acknowledgement} = frame;
    const tell = (at: Ticks, action: string, facts: object = {}): string =>
      isWithin(at) ? line(frameRecord(frame, at, {action, ...facts})) : '';
    yield tell(start, 'open_frame');
    yield tell(end, 'close_frame');
    if (acknowledgement !== undefined)
      yield tell(acknowledgement.at, 'acknowledge_frame', {by: acknowledgement.by});
    for (const {at, kind, ...facts} of acts) {
      const more = 'guid' in facts ? {new_event_frame_id: facts.guid} : facts;
      yield tell(at, FRAME_ACTIONS[kind], 'annotation' in facts ? {} : more);
    }
  }
}

function frameRecord(
  {guid, name}: EventFrame,
  at: Ticks,
  facts: {readonly action: string},
): ChangeRecord {
  return {at: formatFull(at), ...facts, event_frame_id: guid, event_name: name};
}

interface Asked {
  readonly from: Ticks;
  readonly isWithin: IsWithin;
}

function* eventChanges(
  archive: Archive,
  point: Point,
  {from, isWithin}: Asked,
): Generator<string> {
  const {series, future} = point;
  if (!archive.habits.life || series.origin === 'stored' || future) return;
  const width = slotTicks(series);
  const first = Math.max(from - MAX_AFTERMATH_TICKS, series.created);
  const last = Math.floor(archive.now() / width);
  const buffer = new EventBuffer();
  for (let slot = Math.floor(first / width); slot <= last; slot += 1) {
    const life = slotLife(series, slot);
    if (!life.isEventful) continue;
    fillSlot(series, slot, buffer);
    const discards = archive.habits.snapshots && mayBeDiscarded(series, slot);
    const story = slotStory(series.created, {life, buffer, discards});
    const told = story.filter(({at}) => isWithin(at));
    if (told.length > 0)
      yield told.map((one) => line(eventRecord(point, one))).join('');
  }
}

interface Told {
  readonly at: Ticks;
  readonly action: 'insert_events' | 'edit_event' | 'delete_event';
  readonly timestamp: Ticks;
  readonly sequence: number;
}

interface LivedSlot {
  readonly life: SlotLife;
  readonly buffer: EventBuffer;
  /** Whether numbers that come in time are discarded once they are not the newest. */
  readonly discards: boolean;
}

function slotStory(created: Ticks, lived: LivedSlot): readonly Told[] {
  const {buffer} = lived;
  const story: Told[] = [];
  let previous = Number.NaN;
  let sequence = 0;
  for (let i = 0; i < buffer.length; i += 1) {
    const event = buffer.at(i);
    sequence = event.ticks === previous ? sequence + 1 : 0;
    previous = event.ticks;
    if (event.ticks > created) story.push(...eventStory(event, sequence, lived));
  }
  return story;
}

function eventStory(
  {ticks: timestamp, kind}: ArchiveEvent,
  sequence: number,
  {life, discards}: LivedSlot,
): readonly Told[] {
  const arrival = life.arrival(timestamp);
  const isLate = arrival > timestamp;
  if (discards && kind === 'number' && !isLate) return [];
  const place = {timestamp, sequence};
  const story: Told[] = [{at: life.deletedAt, action: 'delete_event', ...place}];
  if (isLate) story.unshift({at: arrival, action: 'insert_events', ...place});
  if (life.editedAt < life.deletedAt)
    story.unshift({at: life.editedAt, action: 'edit_event', ...place});
  return story.filter(({at}) => at < Infinity);
}

function eventRecord(point: Point, {at, timestamp, ...told}: Told): ChangeRecord {
  return {
    at: formatFull(at),
    ...told,
    point: point.name,
    tag_webid: encodeWebId(pointIdentity(point), 'IDOnly'),
    timestamp: formatFull(timestamp),
  };
}
