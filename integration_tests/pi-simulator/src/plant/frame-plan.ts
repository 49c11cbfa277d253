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

/** The event frames that a database is going to have, computed from (seed, source, slot). */
export class FramePlan {
  /** What the GUIDs of the frames are sealed with. */
  readonly guidSalt: number;
  private readonly sources: readonly FrameSource[];

  constructor(
    private readonly database: AssetDatabase,
    seed: number,
    private readonly historyStart: Ticks,
  ) {
    this.sources = frameSources(database);
    this.guidSalt = mixAll(seed, 'event-frame', database.name);
  }

  /** The frames without a parent whose slots overlap the span; their children hang below. */
  *roots({
    from,
    to,
  }: {
    readonly from: Ticks;
    readonly to: Ticks;
  }): Generator<EventFrame> {
    for (const [index, {slotTicks}] of this.sources.entries()) {
      const first = Math.floor(Math.max(from, this.historyStart) / slotTicks);
      for (let slot = first; slot * slotTicks <= to; slot += 1) {
        yield* this.slot(index, slot);
      }
    }
  }

  /** The frames without a parent of the slot that a GUID belongs to. */
  rootsOf(guid: Guid): readonly EventFrame[] {
    const content = openGuid(this.guidSalt, guid);
    return content === undefined ? [] : this.slot(content.low >>> 8, content.high);
  }

  private slot(index: number, slot: number): readonly EventFrame[] {
    const source = this.sources[index];
    if (source === undefined) return [];
    const salt = mix(mix(this.guidSalt, index), slot);
    const maker = new FrameMaker(this.database, this.guidSalt, {index, slot, salt});
    FRAME_SHAPES[source.kind](maker, source.subject, slot * source.slotTicks);
    const roots = maker.frames.filter(({parent}) => parent === undefined);
    return roots.filter(({start}) => start >= this.historyStart);
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
