import {fraction, mix, mixAll} from '../chance/hash';
import {openGuid, sealGuid, type Guid} from '../identity/guid';
import {
  TICKS_PER_DAY,
  TICKS_PER_SECOND,
  formatTrimmed,
  quantizeToFrame,
  type Ticks,
} from '../time/ticks';
import {databasePath, type AfElement, type AssetDatabase} from './asset-model';
import {type Acknowledgement, type EventFrame} from './event-frame';
import {templateByName, type Severity} from './templates';

const MINUTE = 60 * TICKS_PER_SECOND;
const HOUR = 60 * MINUTE;

type Kind = 'batch' | 'downtime' | 'alarm';

/**
 * Something that brings forth event frames: one stretch of `slotTicks` at a time, and
 * none that reaches beyond its stretch.
 */
interface FrameSource {
  readonly kind: Kind;
  readonly element: AfElement;
  readonly slotTicks: Ticks;
}

const SLOT_TICKS: Readonly<Record<Kind, Ticks>> = {
  batch: 8 * HOUR,
  downtime: 5 * TICKS_PER_DAY,
  alarm: TICKS_PER_DAY,
};
const BATCH_UNITS_PER_SITE = 2;
const WATCHED_EQUIPMENT_PER_SITE = 12;

/** Every event frame of a database, computed from (seed, source, slot). */
export class EventFrames {
  private readonly sources: readonly FrameSource[];
  private readonly salt: number;

  constructor(
    private readonly database: AssetDatabase,
    seed: number,
    private readonly historyStart: Ticks,
  ) {
    this.sources = frameSources(database);
    this.salt = mixAll(seed, 'event-frame', database.name);
  }

  /** Frames that overlap the span and have begun by `now`, parents before children. */
  *overlapping({
    from,
    to,
    now,
  }: {
    from: Ticks;
    to: Ticks;
    now: Ticks;
  }): Generator<EventFrame> {
    const last = Math.min(to, now);
    for (const [index, source] of this.sources.entries()) {
      const first = Math.floor(Math.max(from, this.historyStart) / source.slotTicks);
      for (let slot = first; slot * source.slotTicks <= last; slot += 1) {
        for (const frame of this.slot(index, slot)) {
          if (frame.start <= last && frame.end >= from) yield frame;
        }
      }
    }
  }

  /** The frame of a GUID, if it has begun by `now`. */
  find(guid: Guid, now: Ticks): EventFrame | undefined {
    const content = openGuid(this.salt, guid);
    if (content === undefined) return undefined;
    const frames = this.slot(content.low >>> 8, content.high);
    return frames.find((frame) => frame.guid === guid && frame.start <= now);
  }

  private slot(index: number, slot: number): readonly EventFrame[] {
    const source = this.sources[index];
    if (source === undefined) return [];
    const salt = mix(mix(this.salt, index), slot);
    const maker = new FrameMaker(this.database, this.salt, {index, slot, salt});
    MAKERS[source.kind](maker, source.element, slot * source.slotTicks);
    const [root] = maker.frames;
    return root === undefined || root.start < this.historyStart ? [] : maker.frames;
  }
}

function frameSources({elements}: AssetDatabase): readonly FrameSource[] {
  const source = (kind: Kind, element: AfElement): FrameSource => ({
    kind,
    element,
    slotTicks: SLOT_TICKS[kind],
  });
  const sites = elements.filter(
    ({depth, template}) => depth === 0 && template === 'Site',
  );
  return sites.flatMap((site) => {
    const below = elements.filter(({path}) => path.startsWith(`${site.path}\\`));
    const units = below.filter(({template}) => template === 'Unit');
    const equipment = below
      .filter(({depth}) => depth === 3)
      .slice(0, WATCHED_EQUIPMENT_PER_SITE);
    return [
      ...units.slice(0, BATCH_UNITS_PER_SITE).map((unit) => source('batch', unit)),
      ...equipment.map((machine) => source('downtime', machine)),
      ...equipment.map((machine) => source('alarm', machine)),
    ];
  });
}

/** Where a slot's frames come from. */
interface Place {
  readonly index: number;
  readonly slot: number;
  readonly salt: number;
}

interface NewFrame {
  readonly template: string;
  readonly name: string;
  readonly start: Ticks;
  readonly end: Ticks;
  readonly elements: readonly AfElement[];
  readonly parent?: FillingFrame;
  readonly severity?: Severity;
  readonly acknowledgement?: Acknowledgement | undefined;
  readonly description?: string;
}

type FillingFrame = EventFrame & {readonly children: EventFrame[]};

/** Makes the frames of one slot. */
class FrameMaker {
  readonly frames: FillingFrame[] = [];

  constructor(
    private readonly database: AssetDatabase,
    private readonly guidSalt: number,
    readonly place: Place,
  ) {}

  /** A number in [0, 1) that belongs to this slot and purpose. */
  chance(purpose: number): number {
    return fraction(mix(this.place.salt, purpose));
  }

  add(made: NewFrame): FillingFrame {
    const {index, slot, salt} = this.place;
    const ordinal = this.frames.length;
    const template = templateByName(made.template);
    const {parent} = made;
    const frame: FillingFrame = {
      database: this.database,
      guid: sealGuid(this.guidSalt, {high: slot, low: ((index << 8) | ordinal) >>> 0}),
      name: made.name,
      path:
        parent === undefined
          ? `${databasePath(this.database)}\\EventFrames[${made.name}]`
          : `${parent.path}\\${made.name}`,
      template: made.template,
      description: made.description ?? '',
      start: quantizeToFrame(made.start),
      end: quantizeToFrame(made.end),
      severity: made.severity ?? template?.severity ?? 'None',
      acknowledgement: made.acknowledgement,
      categories: template?.categories ?? [],
      elements: made.elements,
      parent,
      children: [],
      salt: mix(salt, 100 + ordinal),
    };
    this.frames.push(frame);
    parent?.children.push(frame);
    return frame;
  }

  /** An acknowledgement some time after `from`, for about two thirds of the frames. */
  acknowledgement(from: Ticks): Acknowledgement | undefined {
    if (this.chance(20) > 0.66) return undefined;
    const by = ['PLANT\\m.keller', 'PLANT\\shift-b', 'PLANT\\a.øster'][
      this.place.salt % 3
    ];
    const at = quantizeToFrame(from + Math.floor(this.chance(21) * 3 * HOUR));
    return {by: by ?? '', at};
  }
}

const MAKERS: Readonly<
  Record<Kind, (maker: FrameMaker, element: AfElement, slotStart: Ticks) => void>
> = {batch, downtime, alarm};

/** A batch with three phases, the middle one with a hold inside. */
function batch(maker: FrameMaker, unit: AfElement, slotStart: Ticks): void {
  const start = slotStart + maker.chance(1) * 30 * MINUTE;
  const end = start + (5.5 + maker.chance(2) * 1.75) * HOUR;
  const reactors = unit.children.filter(({template}) => template === 'Reactor');
  const site = unit.path.split('\\')[4] ?? '';
  const root = maker.add({
    template: 'Batch',
    name: `${site} ${unit.name} Batch ${maker.place.slot}`,
    start,
    end,
    elements: [unit, ...reactors],
  });
  const elements = [unit];
  const [first, second] = [start + (end - start) * 0.2, start + (end - start) * 0.8];
  maker.add({
    template: 'Phase',
    name: 'Charge',
    start,
    end: first,
    elements,
    parent: root,
  });
  const react = {template: 'Phase', name: 'React', start: first, end: second, elements};
  const parent = maker.add({...react, parent: root});
  const holdStart = first + (second - first) * (0.2 + maker.chance(3) * 0.2);
  const hold = {
    template: 'Phase',
    name: 'Hold',
    start: holdStart,
    end: holdStart + HOUR,
  };
  maker.add({...hold, elements, parent});
  maker.add({
    template: 'Phase',
    name: 'Discharge',
    start: second,
    end,
    elements,
    parent: root,
  });
}

function downtime(maker: FrameMaker, machine: AfElement, slotStart: Ticks): void {
  if (maker.chance(1) > 0.5) return;
  const start = slotStart + maker.chance(2) * 3 * TICKS_PER_DAY;
  const end = start + 20 * MINUTE + maker.chance(3) * 40 * HOUR;
  maker.add({
    template: 'Downtime',
    name: `${machine.name} Downtime ${minuteText(start)}`,
    start,
    end,
    elements: [machine],
    description: 'Machine does not run',
    acknowledgement: maker.acknowledgement(start),
  });
}

function alarm(maker: FrameMaker, machine: AfElement, slotStart: Ticks): void {
  if (maker.chance(1) > 0.25) return;
  const start = slotStart + maker.chance(2) * 22 * HOUR;
  const end = start + MINUTE + maker.chance(3) * 90 * MINUTE;
  const severities = ['Minor', 'Minor', 'Major', 'Critical'] as const;
  maker.add({
    template: 'Alarm',
    name: `${machine.name} Alarm ${minuteText(start)}`,
    start,
    end,
    elements: [machine],
    severity: severities[maker.place.salt & 3] ?? 'Minor',
    acknowledgement: maker.acknowledgement(end),
  });
}

/** `2026-03-02 05:58`. */
function minuteText(ticks: Ticks): string {
  return formatTrimmed(Math.floor(ticks)).slice(0, 16).replace('T', ' ');
}
