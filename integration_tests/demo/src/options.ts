import path from 'node:path';
import {parseArgs} from 'node:util';

/** How large the demonstration is and where it puts the lake. */
export interface DemoOptions {
  readonly points: number;
  readonly days: number;
  readonly seed: number;
  /** Folder of the lake; it is emptied first. */
  readonly out: string;
}

export const USAGE = `npm run demo [-- --points N --days D --out DIR --seed S]
  --points N   PI points of the simulated plants   (default 96)
  --days D     days of history that are loaded     (default 7)
  --out DIR    folder of the lake, emptied first   (default ./lake)
  --seed S     another seed, other plants          (default 1)`;

/** Reads the command line; undefined where it asks for help or is not understood. */
export function parseOptions(args: readonly string[]): DemoOptions | undefined {
  try {
    const {values} = parseArgs({
      args: [...args],
      options: {
        points: {type: 'string', default: '96'},
        days: {type: 'string', default: '7'},
        seed: {type: 'string', default: '1'},
        out: {type: 'string', default: 'lake'},
        help: {type: 'boolean', default: false},
      },
    });
    if (values.help) return undefined;
    const {points, days, seed} = {
      points: wholeNumber(values.points),
      days: wholeNumber(values.days),
      seed: wholeNumber(values.seed),
    };
    if (points === undefined || days === undefined || seed === undefined) {
      return undefined;
    }
    return {points, days, seed, out: path.resolve(callersFolder(), values.out)};
  } catch {
    return undefined;
  }
}

/** npm runs scripts in the package's folder; a relative path means the caller's. */
function callersFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}
