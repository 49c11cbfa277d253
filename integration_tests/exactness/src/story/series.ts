import type {Chance} from '../chance';
import {DAY, HOUR, MINUTE, SECOND} from '../instant';

/** How the events of a point lie in time. */
export type Shape =
  | 'steady'
  | 'dense'
  | 'daily'
  | 'burst'
  | 'seams'
  | 'adjacent'
  | 'ties'
  | 'clumps'
  | 'created'
  | 'empty';

export const SHAPES: readonly Shape[] = [
  'steady',
  'steady',
  'dense',
  'daily',
  'burst',
  'seams',
  'adjacent',
  'ties',
  'clumps',
  'created',
  'empty',
];

export interface SeriesPlan {
  readonly shape: Shape;
  /** Ticks of the history, counted from its beginning. */
  readonly length: number;
  /** About how many events; shapes that cannot have as many have fewer. */
  readonly events: number;
}

/** Offsets of the events in ticks, ascending; equal ones are events of one timestamp. */
export function offsetsOf(plan: SeriesPlan, chance: Chance): number[] {
  return SERIES[plan.shape](plan, chance)
    .filter((offset) => offset >= 0 && offset < plan.length)
    .sort((a, b) => a - b);
}

type Maker = (plan: SeriesPlan, chance: Chance) => number[];

const SERIES: Readonly<Record<Shape, Maker>> = {
  steady: ({length, events}, chance) => {
    const every = length / Math.max(1, events);
    return numbers(events, (n) => Math.floor((n + chance.share()) * every));
  },
  dense: ({length, events}, chance) => {
    const from = Math.floor(chance.share() * (length - (events * SECOND) / 10));
    return numbers(events, (n) => from + n * (SECOND / 10));
  },
  daily: ({length}, chance) => {
    const first = chance.whole(0, Math.min(DAY, length) - 1);
    return numbers(Math.ceil(length / DAY), (n) => first + n * DAY);
  },
  burst: ({length, events}, chance) => {
    const at = wholeSeconds(chance.share() * length);
    const few = numbers(20, () => chance.whole(0, length - 1));
    return [...numbers(Math.min(1500, events), () => at), ...few];
  },
  // On whole hours, where first windows end, and one tick to either side.
  seams: ({length}, chance) => {
    const hours = numbers(Math.min(60, Math.floor(length / HOUR) + 1), (n) => n * HOUR);
    const seconds = numbers(20, () => wholeSeconds(chance.share() * length));
    return [...hours, ...seconds].flatMap((at) => [at - 1, at, at, at + 1]);
  },
  adjacent: ({length, events}, chance) => {
    const from = chance.whole(0, length - 1);
    return numbers(Math.min(events, 400), (n) => from + n);
  },
  ties: ({length, events}, chance) =>
    numbers(Math.ceil(events / 3), () => chance.whole(0, length - 1)).flatMap((at) =>
      numbers(chance.whole(1, 5), () => at),
    ),
  clumps: ({length, events}, chance) =>
    numbers(4, () => chance.whole(0, length - 1)).flatMap((from) =>
      numbers(Math.ceil(events / 4), () => from + chance.whole(0, MINUTE)),
    ),
  created: ({length}, chance) => [chance.whole(0, length - 1)],
  empty: () => [],
};

function numbers(count: number, make: (n: number) => number): number[] {
  return Array.from({length: count}, (_, n) => make(n));
}

function wholeSeconds(ticks: number): number {
  return Math.floor(ticks / SECOND) * SECOND;
}
