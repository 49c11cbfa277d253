import {parseArgs} from 'node:util';

/** How many stories, from which seed on, and how they are told. */
export interface FaultRunOptions {
  readonly runs: number;
  /** Of the first story; the others follow it. */
  readonly seed: number;
  /** Share of the stories whose clients are programs that die of SIGKILL. */
  readonly programShare: number;
  /** Folder with the built destination; default: this repository. */
  readonly build: string | undefined;
  /** File for the results as JSON. */
  readonly json: string | undefined;
}

export const USAGE = `main-faults [--runs N] [--seed S] [--programs SHARE] [--build DIR] [--json FILE]
  --runs N          stories to play                                   (default 300)
  --seed S          seed of the first story                           (default 1)
  --programs SHARE  share of stories that kill the program itself     (default 0.6)
  --build DIR       folder with the built destination                 (default: here)
  --json FILE       where the results go as JSON`;

/** Reads the command line; undefined where it asks for help or is not understood. */
export function parseOptions(args: readonly string[]): FaultRunOptions | undefined {
  try {
    const {values} = parseArgs({
      args: [...args],
      options: {
        runs: {type: 'string', default: '300'},
        seed: {type: 'string', default: '1'},
        programs: {type: 'string', default: '0.6'},
        build: {type: 'string'},
        json: {type: 'string'},
        help: {type: 'boolean', default: false},
      },
    });
    const {runs, seed, programs, build, json, help} = values;
    const isClear =
      /^[1-9]\d*$/.test(runs) && /^\d+$/.test(seed) && /^[01](\.\d+)?$/.test(programs);
    if (help || !isClear) return undefined;
    return {
      ...{build, json},
      runs: Number(runs),
      seed: Number(seed),
      programShare: Number(programs),
    };
  } catch {
    return undefined;
  }
}
