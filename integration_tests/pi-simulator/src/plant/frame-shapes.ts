import {
  formatTrimmed,
  type Ticks,
  TICKS_PER_DAY,
  TICKS_PER_SECOND,
} from '../time/ticks';
import {type AfElement} from './asset-model';
import {type FillingFrame, type FrameMaker} from './frame-maker';

const MINUTE = 60 * TICKS_PER_SECOND;
const HOUR = 60 * MINUTE;

/** The kinds of things that bring forth event frames. */
export type FrameKind = 'batch' | 'downtime' | 'alarm';

/** What frames are about. */
export interface FrameSubject {
  /** The primary one first. */
  readonly elements: readonly AfElement[];
  /** Name of the primary element, and of its site, when the plant was built. */
  readonly name: string;
  readonly site: string;
}

/** What makes the frames of each kind of source. */
export const FRAME_SHAPES: Readonly<
  Record<
    FrameKind,
    (maker: FrameMaker, subject: FrameSubject, slotStart: Ticks) => void
  >
> = {batch, downtime, alarm};

/** A batch with three phases, the middle one with a hold inside. */
function batch(maker: FrameMaker, subject: FrameSubject, slotStart: Ticks): void {
  const start = slotStart + maker.chance(1) * 30 * MINUTE;
  const end = start + (5.5 + maker.chance(2) * 1.75) * HOUR;
  const parent = maker.add({
    template: 'Batch',
    name: `${subject.site} ${subject.name} Batch ${maker.place.slot}`,
    start,
    end,
    elements: subject.elements,
  });
  phases(maker, parent);
}

function phases(maker: FrameMaker, batchFrame: FillingFrame): void {
  const {start, end, elements} = batchFrame;
  const phase = (name: string, from: Ticks, to: Ticks) =>
    ({
      template: 'Phase',
      name,
      start: from,
      end: to,
      elements: elements.slice(0, 1),
    }) as const;
  const [first, second] = [start + (end - start) * 0.2, start + (end - start) * 0.8];
  maker.add({...phase('Charge', start, first), parent: batchFrame});
  const react = maker.add({...phase('React', first, second), parent: batchFrame});
  const hold = first + (second - first) * (0.2 + maker.chance(3) * 0.2);
  maker.add({...phase('Hold', hold, hold + HOUR), parent: react});
  maker.add({...phase('Discharge', second, end), parent: batchFrame});
}

function downtime(maker: FrameMaker, machine: FrameSubject, slotStart: Ticks): void {
  if (maker.chance(1) > 0.5) return;
  const start = slotStart + maker.chance(2) * 3 * TICKS_PER_DAY;
  const end = start + 20 * MINUTE + maker.chance(3) * 40 * HOUR;
  maker.add({
    template: 'Downtime',
    name: `${machine.name} Downtime ${minuteText(start)}`,
    start,
    end,
    elements: machine.elements.slice(0, 1),
    description: 'Machine does not run',
    acknowledgement: maker.acknowledgement(start),
  });
}

function alarm(maker: FrameMaker, machine: FrameSubject, slotStart: Ticks): void {
  if (maker.chance(1) > 0.25) return;
  const start = slotStart + maker.chance(2) * 22 * HOUR;
  const end = start + MINUTE + maker.chance(3) * 90 * MINUTE;
  const severities = ['Minor', 'Minor', 'Major', 'Critical'] as const;
  maker.add({
    template: 'Alarm',
    name: `${machine.name} Alarm ${minuteText(start)}`,
    start,
    end,
    elements: machine.elements.slice(0, 1),
    severity: severities[maker.place.salt & 3] ?? 'Minor',
    acknowledgement: maker.acknowledgement(end),
  });
}

/** `2026-03-02 05:58`. */
function minuteText(ticks: Ticks): string {
  return formatTrimmed(Math.floor(ticks)).slice(0, 16).replace('T', ' ');
}
