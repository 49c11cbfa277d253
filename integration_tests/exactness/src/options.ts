import path from 'node:path';
import {parseArgs} from 'node:util';

/** What the command line asks for. */
export interface ExactnessOptions {
  readonly runs: number;
  /** Of the first run; the next one has the next number. */
  readonly seed: number;
  readonly workers: number;
  /** Folder with the built source: `sources/pi` and `airbyte-cdk-ts`. */
  readonly source: string;
  /** Where the results go as JSON. */
  readonly json: string | undefined;
  /** Whether failing stories are made small. */
  readonly shrinks: boolean;
}

export const USAGE = `npm run exactness [-- --runs N --seed S]
  --runs N       how many runs                              (default 1000)
  --seed S       seed of the first run, the next has S + 1  (default 1000)
  --workers N    processes that run at once                 (default 2)
  --source DIR   folder with another build of the source    (default: this repository)
  --json FILE    writes the result of every run
  --no-shrink    shows failing stories as they are`;

const ROOT = path.join(__dirname, '../../..');

/** Reads the command line; undefined where it asks for help or is not understood. */
export function parseOptions(args: readonly string[]): ExactnessOptions | undefined {
  try {
    const {values} = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        runs: {type: 'string', default: '1000'},
        seed: {type: 'string', default: '1000'},
        workers: {type: 'string', default: '2'},
        source: {type: 'string', default: ROOT},
        json: {type: 'string'},
        shrink: {type: 'boolean', default: true},
        help: {type: 'boolean', default: false},
      },
    });
    const numbers = [values.runs, values.seed, values.workers].map(wholeNumber);
    const [runs, seed, workers] = numbers;
    if (values.help || runs === undefined || seed === undefined || !workers)
      return undefined;
    const {source, json, shrink: shrinks} = values;
    return {
      ...{runs, seed, workers, shrinks, source: atCaller(source)},
      json: json === undefined ? undefined : atCaller(json),
    };
  } catch {
    return undefined;
  }
}

/** npm runs scripts in the package's folder; a relative path means the caller's. */
function atCaller(file: string): string {
  return path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
