import {mix, mixAll} from '../chance/hash';
import {type Guid, openGuid} from '../identity/guid';
import {type Ticks, TICKS_PER_DAY, TICKS_PER_SECOND} from '../time/ticks';
import {type AfElement, type AssetDatabase} from './asset-model';
import {type EventFrame} from './event-frame';
import {FrameMaker} from './frame-maker';
import {FRAME_SHAPES, type FrameKind, type FrameSubject} from './frame-shapes';

const HOUR = 3600 * TICKS_PER_SECOND;

/**
 * Something that brings forth event frames: one stretch of `slotTicks` at a time, and
 * none that reaches beyond its stretch.
 */
interface FrameSource {
  readonly kind: FrameKind;
  readonly subject: FrameSubject;
  readonly slotTicks: Ticks;
}

const SLOT_TICKS: Readonly<Record<FrameKind, Ticks>> = {
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
    for (const [index, {slotTicks}] of this.sources.entries()) {
      const first = Math.floor(Math.max(from, this.historyStart) / slotTicks);
      for (let slot = first; slot * slotTicks <= last; slot += 1) {
        const frames = this.slot(index, slot);
        yield* frames.filter(({start, end}) => start <= last && end >= from);
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
    FRAME_SHAPES[source.kind](maker, source.subject, slot * source.slotTicks);
    const [root] = maker.frames;
    return root === undefined || root.start < this.historyStart ? [] : maker.frames;
  }
}

function frameSources({elements}: AssetDatabase): readonly FrameSource[] {
  const source = (kind: FrameKind, element: AfElement): FrameSource => ({
    kind,
    subject: frameSubject(element),
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

/** What its frames say of an element stays, whatever becomes of the element. */
function frameSubject(element: AfElement): FrameSubject {
  const reactors = element.children.filter(({template}) => template === 'Reactor');
  return {
    elements: [element, ...reactors],
    name: element.name,
    site: element.path.split('\\')[4] ?? '',
  };
}
