import {parseArgs} from 'node:util';

import {BenchError} from './bench-error';

const USAGE = `Usage: npm run bench -- [options]
  --short           small history, few rounds: a look, not a result
  --json FILE       writes the measures as a list
  --save FILE       writes the measures with machine, commit and single runs
  --only NAME       source, destination, memory, start-up, warehouse or spark;
                    may be repeated
  --points N        PI points of the plant
  --days N          days of history at 1x
  --rounds N        rounds of the interleaved measures
  --keep            leaves the scratch folder, for a look at what went wrong
`;

/** The parts of the bench. */
export const PARTS = [
  'source',
  'destination',
  'memory',
  'start-up',
  'warehouse',
  'spark',
] as const;
type Part = (typeof PARTS)[number];

/** What the command line asks for. */
export interface BenchOptions {
  readonly short: boolean;
  readonly keep: boolean;
  readonly json: string | undefined;
  readonly save: string | undefined;
  readonly parts: ReadonlySet<Part>;
  readonly points: number;
  readonly days: number;
  readonly rounds: number;
  readonly longRounds: number;
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
    parts: parts(values.only ?? PARTS),
    points: count(values.points, 960),
    days: count(values.days, short ? 0.5 : 2),
    rounds: count(values.rounds, short ? 3 : 5),
    longRounds: short ? 1 : 3,
  };
}

interface Values {
  readonly short?: boolean;
  readonly keep?: boolean;
  readonly json?: string;
  readonly save?: string;
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
  const known = names.map((name) => PARTS.find((part) => part === name));
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
