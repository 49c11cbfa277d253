import {fraction, mix} from '../chance/hash';
import {TICKS_PER_SECOND, formatTrimmed, type Ticks} from '../time/ticks';
import {emptyEvent, type ArchiveEvent} from './archive-event';
import {type AfAttribute} from './asset-model';
import {enumerated, templatedAttribute} from './attributes';
import {frameIdentity, type EventFrame} from './event-frame';
import {DOWNTIME_REASON, PRODUCTS} from './reference-data';
import {attributesOf} from './templates';

/** The attributes of an event frame: captured at its end, and until then as of now. */
export function frameAttributes(frame: EventFrame): readonly AfAttribute[] {
  const owner = {identity: frameIdentity(frame), letter: 'F'} as const;
  return attributesOf(frame.template).map((template, ordinal) =>
    templatedAttribute({
      owner,
      ownerTemplate: frame.template,
      template,
      ordinal,
      source: {kind: 'constant', valueAt: (now) => valueOf(frame, template.name, now)},
    }),
  );
}

function valueOf(frame: EventFrame, name: string, now: Ticks): ArchiveEvent {
  const ticks = Math.max(frame.start, Math.min(now, frame.end));
  const event = {...emptyEvent(), ticks};
  return captured(frame, VALUES[name]?.(frame, event) ?? event);
}

/** Values that were captured again differ from those that were captured before. */
function captured({recaptures}: EventFrame, event: ArchiveEvent): ArchiveEvent {
  if (recaptures === 0) return event;
  if (event.kind === 'number') return {...event, number: event.number + recaptures};
  if (event.kind !== 'string') return event;
  return {...event, text: `${event.text} (captured again, ${recaptures})`};
}

type Valuation = (frame: EventFrame, event: ArchiveEvent) => ArchiveEvent;

const text = (event: ArchiveEvent, value: string): ArchiveEvent => ({
  ...event,
  kind: 'string',
  text: value,
});

/** Grows by the minute while the frame is open. */
const growing =
  (perMinute: number): Valuation =>
  (frame, event) => {
    const minutes = Math.floor((event.ticks - frame.start) / (60 * TICKS_PER_SECOND));
    return {...event, number: Math.round(minutes * perMinute * 10) / 10};
  };

const between =
  (low: number, high: number): Valuation =>
  ({salt}, event) => ({
    ...event,
    number: Math.round((low + fraction(mix(salt, low)) * (high - low)) * 100) / 100,
  });

const COMMENTS = [
  '',
  'Lager heiß gelaufen',
  'waiting for spare part "12-B"',
  'power dip < 1 s',
];

const VALUES: Readonly<Record<string, Valuation>> = {
  'Batch ID': (frame, event) => text(event, frame.name.replaceAll(' ', '-')),
  Product: ({salt}, event) => text(event, PRODUCTS[salt % PRODUCTS.length] ?? ''),
  Output: growing(12.5),
  'Lost Output': growing(3.3),
  Yield: between(88, 99),
  'Target Temperature': between(60, 140),
  Limit: between(100, 150),
  Peak: between(151, 190),
  Reason: ({salt}, event) => enumerated(event, DOWNTIME_REASON, salt % 5),
  Comment: (frame, event) =>
    text(
      event,
      `${COMMENTS[frame.salt % 4] ?? ''} [${formatTrimmed(frame.start)}]`.trim(),
    ),
};
