import {fraction, mix} from '../chance/hash';
import {SUBSTITUTED, type ArchiveEvent} from '../plant/archive-event';
import {type ComputedSeries} from '../plant/series';
import {slotTicks} from '../plant/signals';
import {TICKS_PER_DAY, TICKS_PER_SECOND, type Ticks} from '../time/ticks';

/**
 * What becomes of the events of one slot after they happened: when they reach the
 * archive, and when they are edited or deleted there.
 */
export interface SlotLife {
  /** Whether anything becomes of them at all. */
  readonly isEventful: boolean;
  /** When they reach the archive; for most, the instant at which they happened. */
  readonly arrival: (happened: Ticks) => Ticks;
  /** `Infinity` for events that stay as they came. */
  readonly editedAt: Ticks;
  readonly deletedAt: Ticks;
}

/** No event is late, edited or deleted longer than this after it happened. */
export const MAX_AFTERMATH_TICKS = 3 * TICKS_PER_DAY;

const LATE_SHARE = 1 / 40;
const EDITED_SHARE = 1 / 60;
const DELETED_SHARE = 1 / 90;
const SALT = 0x71fe01;
const MINUTE = 60 * TICKS_PER_SECOND;

/** A pure function of (salt of the series, slot). */
export function slotLife(series: ComputedSeries, slot: number): SlotLife {
  const hash = mix(series.salt ^ SALT, slot);
  const chance = (purpose: number): number => fraction(mix(hash, purpose));
  const end = (slot + 1) * slotTicks(series);
  const stretch = lostStretch(series, slot * slotTicks(series));
  const delay = chance(1) < LATE_SHARE ? delayTicks(chance(2)) : 0;
  const arrived = Math.max(end + delay, stretch?.sentAt ?? 0);
  const editedAt =
    chance(3) < EDITED_SHARE ? arrived + delayTicks(chance(4)) : Infinity;
  const deletedAt =
    chance(5) < DELETED_SHARE ? arrived + delayTicks(chance(6)) : Infinity;
  return {
    ...{editedAt, deletedAt},
    isEventful:
      delay > 0 || stretch !== undefined || Math.min(editedAt, deletedAt) < Infinity,
    arrival: (happened) =>
      stretch !== undefined && stretch.from <= happened && happened < stretch.to
        ? stretch.sentAt
        : happened + delay,
  };
}

/** From two minutes to a day, the short ones as likely as the long ones. */
function delayTicks(chance: number): Ticks {
  return Math.floor(2 * MINUTE * 720 ** chance);
}

/** A stretch that a lost connection kept back, and that was sent as a whole. */
interface LostStretch {
  readonly from: Ticks;
  /** Not included. */
  readonly to: Ticks;
  readonly sentAt: Ticks;
}

/** The stretch that was lost on the day of an instant; on most days none. */
function lostStretch(series: ComputedSeries, instant: Ticks): LostStretch | undefined {
  const day = Math.floor(instant / TICKS_PER_DAY);
  const hash = mix(series.salt ^ SALT ^ 0x5bd1, day);
  if (hash % 12 !== 0) return undefined;
  const chance = (purpose: number): number => fraction(mix(hash, purpose));
  const from = Math.floor((day + chance(1) * 0.8) * TICKS_PER_DAY);
  const to = from + Math.floor((30 + chance(2) * 150) * MINUTE);
  return {from, to, sentAt: to + Math.floor((5 + chance(3) * 55) * MINUTE)};
}

/** Gives an event the value it was edited to. */
export function edit(event: ArchiveEvent): void {
  event.flags |= SUBSTITUTED;
  if (event.kind === 'string') event.text += ' (corrected)';
  if (event.kind === 'timestamp') event.number += TICKS_PER_DAY;
  if (event.kind === 'number' && Number.isFinite(event.number)) event.number += 1;
}

const GHOST_SHARE = 1 / 3;

/** Whether compression throws the event of a slot away once a newer one has come. */
export function isDiscarded(series: ComputedSeries, slot: number): boolean {
  return fraction(mix(series.salt ^ 0x6057, slot)) < GHOST_SHARE;
}
