import {encodeWebId} from '../identity/web-id';
import {type Archive} from '../archive/archive';
import {eventBefore} from '../archive/interpolation';
import {
  ANNOTATED,
  BAD,
  QUESTIONABLE,
  SUBSTITUTED,
  type ArchiveEvent,
} from '../plant/archive-event';
import {type Plant} from '../plant/plant';
import {pointIdentity, type Point} from '../plant/point';
import {formatFull, type Ticks} from '../time/ticks';

/** A window in time, the end not included. */
export interface Window {
  readonly from: Ticks;
  readonly to: Ticks;
  /** Leave out the newest event of each point, which compression may yet discard. */
  readonly snapshot?: 'include' | 'leave_out';
}

/** About how much text is handed on at once. */
const CHUNK_CHARS = 64 * 1024;

/**
 * Every event of every point in the window, as lines of JSON in the fields of the
 * `timeseries` stream, a piece of text at a time.
 */
export function* timeseriesTruth(
  plant: Plant,
  archive: Archive,
  window: Window,
): Generator<string> {
  let text = '';
  for (const point of plant.dataServers.flatMap((server) => server.points)) {
    for (const piece of pointTruth(archive, point, window)) {
      text += piece;
      if (text.length < CHUNK_CHARS) continue;
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

/** Events are taken in stretches, so that a long history never stands in memory at once. */
const EVENTS_PER_STRETCH = 500;

function* pointTruth(
  archive: Archive,
  point: Point,
  {from, to, snapshot}: Window,
): Generator<string> {
  const newest =
    snapshot === 'leave_out'
      ? eventBefore(archive, point, {at: Infinity, strictly: false})
      : undefined;
  const head = `{"tag_webid":"${encodeWebId(pointIdentity(point), 'IDOnly')}","tag_name":${JSON.stringify(point.name)},"timestamp":"`;
  const units = point.units === '' ? '' : `,"units":${JSON.stringify(point.units)}`;
  let next = from;
  while (next < to) {
    const stretch = readStretch(archive, point, {from: next, to});
    const isLast = stretch.next === undefined;
    const hasNewest = isLast && newest !== undefined && newest.ticks < to;
    const lines = hasNewest ? stretch.lines.slice(0, -1) : stretch.lines;
    yield lines.map((line) => head + line + units + '}\n').join('');
    if (stretch.next === undefined) return;
    next = stretch.next;
  }
}

interface Stretch {
  /** From the timestamp on, without head and tail. */
  readonly lines: readonly string[];
  /** Where the next stretch begins; undefined after the last. */
  readonly next: Ticks | undefined;
}

function readStretch(archive: Archive, point: Point, {from, to}: Window): Stretch {
  const lines: string[] = [];
  let previous = Number.NaN;
  let sequence = 0;
  let next: Ticks | undefined;
  archive.forward(point, {from, to: to - 1}, (event) => {
    const isTie = event.ticks === previous;
    if (!isTie && lines.length >= EVENTS_PER_STRETCH) {
      next = event.ticks;
      return false;
    }
    sequence = isTie ? sequence + 1 : 0;
    previous = event.ticks;
    lines.push(
      `${formatFull(event.ticks)}","sequence":${sequence}${valueFields(event)}`,
    );
    return true;
  });
  return {lines, next};
}

function valueFields(event: ArchiveEvent): string {
  return `${kindFields(event)},"quality_good":${isGood(event)}${qualityFields(event.flags)}`;
}

function isGood({kind, flags}: ArchiveEvent): boolean {
  return kind !== 'system' && (flags & BAD) === 0;
}

function qualityFields(flags: number): string {
  return `,"quality_questionable":${(flags & QUESTIONABLE) !== 0},"quality_substituted":${(flags & SUBSTITUTED) !== 0},"quality_annotated":${(flags & ANNOTATED) !== 0}`;
}

function kindFields(event: ArchiveEvent): string {
  switch (event.kind) {
    case 'number':
      return `${numberField(event)},"value_kind":"number"`;
    case 'digital':
    case 'system':
      return `,"digital_code":${event.number},"digital_name":${JSON.stringify(event.text)},"value_kind":"${event.kind === 'digital' ? 'digital' : 'system_state'}"`;
    case 'string':
      return `,"value_string":${JSON.stringify(event.text)},"value_kind":"string"`;
    case 'timestamp':
      return `,"value_string":"${formatFull(event.number)}","value_kind":"timestamp"`;
    case 'blob':
      return `,"value_string":"${event.text}","value_kind":"blob"`;
  }
}

/** What JSON cannot write as a number is text; a doubtful number is still the number. */
function numberField({number}: ArchiveEvent): string {
  return Number.isFinite(number) ? `,"value":${number}` : `,"value_string":"${number}"`;
}
