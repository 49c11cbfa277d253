import {parseArgs} from 'node:util';

import {BenchError} from './bench-error';

const USAGE = `Usage: npm run bench -- [options]
  --short           small history, few rounds: a look, not a result
  --json FILE       writes the measures as a list
  --save FILE       writes the measures with machine, commit and single runs
  --only NAME       one part; may be repeated. The table: source, destination,
                    pipe, memory, start-up, journeys, warehouse, spark.
                    Only by name: growth, local-growth, profile, wire
  --against FILE    holds the ratios against a saved result; fails when one is more
                    than 25 % worse
  --accept          keeps this result as the one that CI holds the next ones against
  --points N        PI points of the plant
  --days N          days of history at 1x
  --rounds N        rounds of the interleaved measures
  --keep            leaves the scratch folder, for a look at what went wrong
`;

/** The parts of the table. */
export const PARTS = [
  'source',
  'destination',
  'pipe',
  'memory',
  'start-up',
  'journeys',
  'warehouse',
  'spark',
] as const;

/** Parts that run only when they are named. */
const FURTHER_PARTS = ['growth', 'local-growth', 'profile', 'wire'] as const;
/** A part of the bench. */
export type Part = (typeof PARTS)[number] | (typeof FURTHER_PARTS)[number];

/** What the short form runs: ratios that need neither Spark nor minutes. */
export const SHORT_PARTS: readonly Part[] = [
  'source',
  'destination',
  'pipe',
  'start-up',
];

/** What the command line asks for. */
export interface BenchOptions {
  readonly short: boolean;
  readonly keep: boolean;
  readonly json: string | undefined;
  readonly save: string | undefined;
  /** Path of the saved result whose ratios must hold. */
  readonly against: string | undefined;
  readonly accept: boolean;
  readonly parts: ReadonlySet<Part>;
  readonly points: number;
  readonly days: number;
  readonly rounds: number;
  readonly longRounds: number;
  /** Points of the wide journeys, days of the backfill. */
  readonly journeys: {readonly points: number; readonly days: number};
  /** The smallest plant and the shortest history of the growth. */
  readonly growth: {readonly points: number; readonly days: number};
  /** The shortest history of a table, and how often it is repeated in length. */
  readonly localGrowth: {readonly hours: number; readonly lengths: readonly number[]};
}

/** Rejects what it does not know with a `BenchError` that holds the usage. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const values = parsed(args);
  const short = values.short ?? false;
  return {
    short,
    keep: values.keep ?? false,
    json: values.json,
    save: values.save,
    against: values.against,
    accept: values.accept ?? false,
    parts: parts(values.only ?? (short ? SHORT_PARTS : PARTS)),
    ...sizes(values, short),
  };
}

type Sizes = Pick<
  BenchOptions,
  'points' | 'days' | 'rounds' | 'longRounds' | 'journeys' | 'growth' | 'localGrowth'
>;

/** As asked for, or what makes start-up a small part in the full form. */
function sizes({points, days, rounds}: Values, short: boolean): Sizes {
  return {
    points: count(points, 960),
    days: count(days, short ? 1 : 6),
    rounds: count(rounds, short ? 3 : 5),
    longRounds: short ? 1 : 3,
    journeys: {
      points: count(points, 30_000),
      days: Math.ceil(count(days, short ? 2 : 5)),
    },
    growth: {points: count(points, 1000), days: count(days, short ? 0.1 : 1)},
    localGrowth: {
      hours: Math.ceil(24 * count(days, short ? 0.1 : 1)),
      lengths: [1, 10, 100],
    },
  };
}

interface Values {
  readonly short?: boolean;
  readonly keep?: boolean;
  readonly json?: string;
  readonly save?: string;
  readonly against?: string;
  readonly accept?: boolean;
  readonly only?: readonly string[];
  readonly points?: string;
  readonly days?: string;
  readonly rounds?: string;
}

function parsed(args: readonly string[]): Values {
  const text = {type: 'string'} as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        short: {type: 'boolean'},
        keep: {type: 'boolean'},
        json: text,
        save: text,
        against: text,
        accept: {type: 'boolean'},
        only: {type: 'string', multiple: true},
        points: text,
        days: text,
        rounds: text,
      },
    }).values;
  } catch (thrown) {
    throw new BenchError(`${thrown instanceof Error ? thrown.message : ''}\n${USAGE}`);
  }
}

function parts(names: readonly string[]): ReadonlySet<Part> {
  const known = names.map((name) =>
    [...PARTS, ...FURTHER_PARTS].find((part) => part === name),
  );
  const found = known.filter((part) => part !== undefined);
  if (found.length < names.length) throw new BenchError(USAGE);
  return new Set(found);
}

function count(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0)) throw new BenchError(USAGE);
  return value;
}
