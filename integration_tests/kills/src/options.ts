import {parseArgs} from 'node:util';

/** How many kills, from which seed on. */
export interface KillsOptions {
  readonly kills: number;
  /** Seed of the first journey; the others follow it. */
  readonly seed: number;
}

export const USAGE = `npm run kills [-- --kills N --seed S]
  --kills N   kills over all journeys        (default 200)
  --seed S    seed of the first journey      (default 1)`;

/** Reads the command line; undefined where it asks for help or is not understood. */
export function parseOptions(args: readonly string[]): KillsOptions | undefined {
  try {
    const {values} = parseArgs({
      args: [...args],
      options: {
        kills: {type: 'string', default: '200'},
        seed: {type: 'string', default: '1'},
        help: {type: 'boolean', default: false},
      },
    });
    const {kills, seed, help} = values;
    if (help || !/^[1-9]\d*$/.test(kills) || !/^\d+$/.test(seed)) return undefined;
    return {kills: Number(kills), seed: Number(seed)};
  } catch {
    return undefined;
  }
}
