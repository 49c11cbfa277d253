import {type AssetDatabase} from '../plant/asset-model';
import {acknowledged, type EventFrame, isOpen} from '../plant/event-frame';
import {derivesFrom, SEVERITIES, templateByName} from '../plant/templates';
import {type Ticks} from '../time/ticks';
import {badRequest} from './api-error';
import {nameFilter} from './name-filter';
import {type Call} from './route';
import {sorted, type SortFields} from './sorting';
import {parseTime} from './time-string';
import {type World} from './world';

/** An event frame seen at an instant: its end is beyond all time while it is open. */
interface Seen {
  readonly frame: EventFrame;
  readonly end: Ticks;
}

/** What a search mode selects, and for those with a direction, the order. */
interface Mode {
  readonly selects: (seen: Seen, start: Ticks, end: Ticks) => boolean;
  readonly order?: (a: Seen, b: Seen) => number;
}

const within = (ticks: Ticks, start: Ticks, end: Ticks): boolean =>
  ticks >= start && ticks <= end;
const isUnfinished = ({end}: Seen): boolean => end === Infinity;
const byStart = (a: Seen, b: Seen): number => a.frame.start - b.frame.start;
const byEnd = (a: Seen, b: Seen): number => compare(a.end, b.end);

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const MODES: Readonly<Record<string, Mode>> = {
  StartInclusive: {selects: ({frame}, s, e) => within(frame.start, s, e)},
  EndInclusive: {selects: ({end}, s, e) => within(end, s, e)},
  Inclusive: {
    selects: ({frame, end}, s, e) => within(frame.start, s, e) && within(end, s, e),
  },
  Overlapped: {selects: ({frame, end}, s, e) => frame.start <= e && end >= s},
  InProgress: {
    selects: (seen, s, e) => isUnfinished(seen) && within(seen.frame.start, s, e),
  },
  BackwardFromStartTime: {
    selects: ({frame}, s) => frame.start <= s,
    order: (a, b) => byStart(b, a),
  },
  ForwardFromStartTime: {selects: ({frame}, s) => frame.start >= s, order: byStart},
  BackwardFromEndTime: {selects: ({end}, s) => end <= s, order: (a, b) => byEnd(b, a)},
  ForwardFromEndTime: {selects: ({end}, s) => end > s, order: byEnd},
  BackwardInProgress: {
    selects: (seen, s) => isUnfinished(seen) && seen.frame.start <= s,
    order: (a, b) => byStart(b, a),
  },
  ForwardInProgress: {
    selects: (seen, s) => isUnfinished(seen) && seen.frame.start >= s,
    order: byStart,
  },
};

/** The parameters of every search for event frames. */
export const FRAME_SEARCH_PARAMETERS = [
  ...[
    'searchMode',
    'startTime',
    'endTime',
    'sortField',
    'sortOrder',
    'startIndex',
    'maxCount',
  ],
  ...['nameFilter', 'templateName', 'categoryName', 'severity'],
  ...['canBeAcknowledged', 'isAcknowledged'],
];
export const REFERENCED_ELEMENT_PARAMETERS = [
  'referencedElementNameFilter',
  'referencedElementTemplateName',
];

const SORT_FIELDS: SortFields<Seen> = {
  name: ({frame}) => frame.name.toUpperCase(),
  id: ({frame}) => frame.guid,
  starttime: ({frame}) => frame.start,
  endtime: ({end}) => end,
  template: ({frame}) => frame.template.toUpperCase(),
  severity: ({frame}) => SEVERITIES.indexOf(frame.severity),
};

/** A stretch of time as it looks at `now`. */
export interface FrameWindow {
  readonly from: Ticks;
  readonly to: Ticks;
  readonly now: Ticks;
}

/**
 * The frames that a call asks for, in its order.
 *
 * @throws ApiError 400 for mixtures of parameters that exclude each other.
 */
export function searchFrames(
  call: Call,
  candidates: (window: FrameWindow) => Iterable<EventFrame>,
): readonly EventFrame[] {
  const {selects, order} = modeOf(call);
  const window = windowOf(call, order !== undefined);
  const {from, to, now} = window;
  const isWanted = frameFilter(call);
  const found: Seen[] = [];
  const all = order === undefined ? window : {from: -Infinity, to: now, now};
  for (const frame of candidates(all)) {
    const seen = {frame, end: isOpen(frame, now) ? Infinity : frame.end};
    if (selects(seen, from, to) && isWanted(frame)) found.push(seen);
  }
  const ordered =
    order === undefined ? sorted(call, found, SORT_FIELDS) : found.toSorted(order);
  return ordered.map(({frame}) => frame);
}

function windowOf({query, world}: Call, isDirected: boolean): FrameWindow {
  const now = world.clock.now();
  const from = parseTime(query.text('startTime') ?? '*-8h', now);
  const to = parseTime(query.text('endTime') ?? '*', now);
  if (isDirected || from <= to) return {from, to, now};
  throw badRequest('The start time must not be later than the end time.');
}

function modeOf({query}: Call): Mode {
  const names = Object.keys(MODES);
  const name = query.word('searchMode', names) ?? 'Overlapped';
  const mode = MODES[name];
  if (mode === undefined) throw badRequest(`The search mode '${name}' is not valid.`);
  const forbidden = ['endTime', 'sortField', 'sortOrder'].find(
    (parameter) => mode.order !== undefined && query.text(parameter) !== undefined,
  );
  if (forbidden === undefined) return mode;
  throw badRequest(`The parameter '${forbidden}' may not be specified with '${name}'.`);
}

type FrameFilter = (frame: EventFrame) => boolean;

function frameFilter(call: Call): FrameFilter {
  const filters = [ownFilter(call), acknowledgeFilter(call), referenceFilter(call)];
  return (frame) => filters.every((filter) => filter(frame));
}

function ownFilter({query}: Call): FrameFilter {
  const isNamed = nameFilter(query.text('nameFilter'));
  const template = query.text('templateName');
  const category = query.text('categoryName')?.toLowerCase();
  const severities = query.all('severity').map((severity) => severity.toLowerCase());
  return (frame) =>
    isNamed(frame.name) &&
    (template === undefined || derivesFrom(frame.template, template)) &&
    (category === undefined ||
      frame.categories.some((own) => own.toLowerCase() === category)) &&
    (severities.length === 0 || severities.includes(frame.severity.toLowerCase()));
}

function acknowledgeFilter({query, world}: Call): FrameFilter {
  const now = world.clock.now();
  const can = query.flag('canBeAcknowledged');
  const is = query.flag('isAcknowledged');
  return (frame) =>
    (can === undefined || can === canBeAcknowledged(frame)) &&
    (is === undefined || is === (acknowledged(frame, now) !== undefined));
}

export function canBeAcknowledged({template}: EventFrame): boolean {
  return templateByName(template)?.canBeAcknowledged ?? false;
}

function referenceFilter({query}: Call): FrameFilter {
  const name = query.honours('referencedElementNameFilter')
    ? query.text('referencedElementNameFilter')
    : undefined;
  const template = query.honours('referencedElementTemplateName')
    ? query.text('referencedElementTemplateName')
    : undefined;
  const isNamed = nameFilter(name);
  return ({elements}) =>
    (name === undefined || elements.some((element) => isNamed(element.name))) &&
    (template === undefined ||
      elements.some((element) => derivesFrom(element.template, template)));
}

/** The frames of a database that overlap a window. */
export function framesOfDatabase(
  {plant}: World,
  database: AssetDatabase,
): (window: FrameWindow) => Iterable<EventFrame> {
  return (window) =>
    plant.assets.eventFrames[database.index]?.overlapping(window) ?? [];
}
