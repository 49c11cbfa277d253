import {fraction, mix} from '../chance/hash';
import {TICKS_PER_SECOND, formatTrimmed, ticksOfUnits, type Ticks} from '../time/ticks';
import {
  ANNOTATED,
  QUESTIONABLE,
  SUBSTITUTED,
  type ArchiveEvent,
  type EventBuffer,
} from './archive-event';
import {MACHINE_STATE, systemStateName} from './digital-sets';
import {type SensorKind, type Shape} from './sensor-kinds';
import {type ComputedSeries} from './series';

const SECONDS_PER_DAY = 86_400;

/** One slot of a series: a stretch of the sensor's period that yields its few events. */
interface Slot {
  readonly series: ComputedSeries;
  readonly number: number;
  readonly startSecond: number;
  readonly hash: number;
  readonly out: EventBuffer;
}

/** The length of a slot. Slots tile time from 2020 on, so they never depend on a window. */
export function slotTicks(series: ComputedSeries): Ticks {
  return series.kind.periodSeconds * TICKS_PER_SECOND;
}

/**
 * Puts the events of slot `number` into `out`, ascending, ties in archive order.
 *
 * A pure function of (salt, slot): asked in any order, from any window, the answer is
 * the same. Every event lies inside its slot.
 */
export function fillSlot(
  series: ComputedSeries,
  number: number,
  out: EventBuffer,
): void {
  out.clear();
  const {kind} = series;
  const startSecond = number * kind.periodSeconds;
  const slot = {series, number, startSecond, hash: mix(series.salt, number), out};
  if (kind.shape === 'forecast') {
    forecast(slot);
  } else if (!outage(slot)) {
    SHAPES[kind.shape](slot);
  }
}

/** An irregular instant of the slot, at the archive's resolution of 1/65536 s. */
function instant(slot: Slot): Ticks {
  const units = Math.floor(
    fraction(mix(slot.hash, 1)) * slot.series.kind.periodSeconds * 65_536,
  );
  return slot.startSecond * TICKS_PER_SECOND + ticksOfUnits(units);
}

/** Lost communication on some days of some sensors: a state, then silence for a while. */
function outage(slot: Slot): boolean {
  const day = Math.floor(slot.startSecond / SECONDS_PER_DAY);
  const hash = mix(slot.series.salt ^ 0x5bd1e995, day);
  if ((hash & 7) !== 0) return false;
  const first = (hash >>> 3) % 80_000;
  const into = slot.startSecond - day * SECONDS_PER_DAY - first;
  const {periodSeconds} = slot.series.kind;
  if (into < 0 || into >= 600 + (hash >>> 20)) return false;
  if (into < periodSeconds || slot.number % 30 === 0) systemState(slot, hash);
  return true;
}

const OUTAGE_CODES = [246, 246, 246, 255, 254, 246, 255, 246];

function systemState(slot: Slot, hash: number): void {
  const event = slot.out.push(instant(slot), 'system');
  event.number = OUTAGE_CODES[(hash >>> 7) & 7] ?? 246;
  event.text = systemStateName(event.number);
}

const SHAPES: Readonly<Record<Exclude<Shape, 'forecast'>, (slot: Slot) => void>> = {
  wave,
  counter: (slot) => numberEvent(slot, Math.floor(slot.startSecond / 4000) - 36_000),
  pulse: (slot) => numberEvent(slot, mix(slot.hash, 2) % 500),
  state,
  batch,
  date,
  spectrum,
  log,
};

function copiesOf(hash: number): number {
  const dice = (hash >>> 5) % 499;
  return dice === 0 ? 2 : dice === 1 ? 4 : 1;
}

/** Whether the slot of a series of numbers holds several events on one instant. */
export function holdsTies({salt, kind}: ComputedSeries, number: number): boolean {
  return kind.shape === 'wave' && copiesOf(mix(salt, number)) > 1;
}

/** One slot in 32 is empty (compression), one in 250 holds several events at once. */
function wave(slot: Slot): void {
  if ((slot.hash & 31) === 0) return;
  const ticks = instant(slot);
  const copies = copiesOf(slot.hash);
  for (let copy = 0; copy < copies; copy += 1) {
    const event = slot.out.push(ticks, 'number');
    const noise = fraction(mix(slot.hash, 2 + copy)) * 2 - 1;
    event.number = stored(
      slot.series.kind,
      physical(slot.series, slot.startSecond, noise),
    );
    if (copy === 0) flag(event, slot.hash);
  }
  if (slot.series.kind.code === 'EQ' && slot.hash % 19 === 0) notANumber(slot);
}

/** A calculation that divided by zero is archived as it came out. */
function notANumber(slot: Slot): void {
  const kinds = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  slot.out.at(slot.out.length - 1).number = kinds[slot.number % 3] ?? Number.NaN;
}

function physical(series: ComputedSeries, second: number, noise: number): number {
  const [mean, daily, spread] = series.kind.signal;
  const days = second / SECONDS_PER_DAY;
  const cycle = Math.sin(2 * Math.PI * days + series.phase) * daily;
  const drift = Math.sin((2 * Math.PI * days) / 9.3 + series.phase * 3) * daily * 0.4;
  return mean + cycle + drift + noise * spread + anomaly(series, second) * daily;
}

/** Now and then a sensor runs away for less than an hour. */
function anomaly(series: ComputedSeries, second: number): number {
  const day = Math.floor(second / SECONDS_PER_DAY);
  const hash = mix(series.salt ^ 0x1b873593, day);
  if (hash % 5 !== 0) return 0;
  const into = second - day * SECONDS_PER_DAY - ((hash >>> 4) % 80_000);
  return into < 0 || into > 3000 ? 0 : Math.sin((Math.PI * into) / 3000) * 2.5;
}

/** The value as its point type keeps it. */
function stored(kind: SensorKind, value: number): number {
  if (kind.type === 'Float16') {
    const parts = Math.round(((value - kind.zero) / kind.span) * 32_767);
    return round(kind.zero + (parts * kind.span) / 32_767, 4);
  }
  return kind.decimals === undefined ? value : round(value, kind.decimals);
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

function flag(event: ArchiveEvent, hash: number): void {
  const dice = hash >>> 9;
  if (dice % 211 === 0) event.flags |= QUESTIONABLE;
  if (dice % 503 === 0) event.flags |= SUBSTITUTED;
  if (dice % 701 === 0) event.flags |= ANNOTATED;
}

function numberEvent(slot: Slot, value: number): void {
  const event = slot.out.push(instant(slot), 'number');
  event.number = value;
  flag(event, slot.hash);
}

function state(slot: Slot): void {
  const dice = slot.hash % 100;
  if (dice < 40) return;
  const event = slot.out.push(instant(slot), 'digital');
  event.number = dice < 85 ? 2 : dice % 5;
  event.text = MACHINE_STATE.states[event.number]?.name ?? '';
  flag(event, slot.hash);
}

function batch(slot: Slot): void {
  const event = slot.out.push(instant(slot), 'string');
  event.text = `${slot.series.label}-B${slot.number}`;
}

function date(slot: Slot): void {
  const event = slot.out.push(instant(slot), 'timestamp');
  const days = 20 + (slot.hash % 40);
  event.number = (slot.startSecond + days * SECONDS_PER_DAY) * TICKS_PER_SECOND;
  if ((slot.hash & 1) === 0) event.number += ticksOfUnits(slot.hash & 0xffff);
}

function spectrum(slot: Slot): void {
  const event = slot.out.push(instant(slot), 'blob');
  const bytes = Buffer.alloc(24 + (slot.hash % 40));
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = mix(slot.hash, i) & 255;
  event.text = bytes.toString('base64');
}

/** Exactly on the hour, as schedules are written. */
function forecast(slot: Slot): void {
  const event = slot.out.push(slot.startSecond * TICKS_PER_SECOND, 'number');
  const noise = fraction(mix(slot.hash, 2)) * 2 - 1;
  event.number = stored(
    slot.series.kind,
    physical(slot.series, slot.startSecond, noise),
  );
}

const REMARKS = [
  'round finished',
  'valve checked, "ok"',
  'sample taken at 80 °C',
  'filter ΔP high, see note\nsecond line',
  'Schichtübergabe ohne Befund',
  'C:\\logs\\shift.txt stored',
];

/** Notes come alone, in threes, and once a day as a burst on a single instant. */
function log(slot: Slot): void {
  const hour = slot.number % 24;
  const copies = hour === 7 ? 37 : hour % 6 === 2 ? 3 : 1;
  const ticks = instant(slot);
  for (let copy = 0; copy < copies; copy += 1) {
    const event = slot.out.push(ticks, 'string');
    const remark = REMARKS[mix(slot.hash, copy) % REMARKS.length] ?? '';
    event.text = `${copy + 1}/${copies} ${remark} (${formatTrimmed(ticks)})`;
  }
}
