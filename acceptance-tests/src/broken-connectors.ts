import {existsSync, mkdtempSync, readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {loadPlan} from './config/load';
import {judge} from './harness';
import {failedIds} from './report/result';
import {executable} from './run/executable';
import {Stage} from './stage/stage';

const BROKEN = path.join(__dirname, '../broken');

/** A connector with one fault on purpose, and the check that must notice. */
export interface BrokenConnector {
  readonly id: string;
  /** The fault, where a check has several scripts: `R3-strict-integer`. */
  readonly name: string;
  readonly script: string;
}

/** The scripts of a kind whose ids begin with one of the letters. */
export function brokenConnectors(
  kind: 'source' | 'destination',
  letters: string,
): readonly BrokenConnector[] {
  const folder = path.join(BROKEN, kind);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const found = /^(([SCDRFIAMX])\d+)(-[a-z0-9-]+)?\.cjs$/.exec(file);
      const [, id = '', letter = ''] = found ?? [];
      if (found === null || !letters.includes(letter)) return [];
      return [{id, name: path.basename(file, '.cjs'), script: path.join(folder, file)}];
    });
}

/** The source and the destination without fault. */
export const SOUND = {
  source: path.join(BROKEN, 'source/sound-source.cjs'),
  destination: path.join(BROKEN, 'destination/sound-destination.cjs'),
} as const;

/**
 * Judges a script by the plan of its own name beside it, else by `plan/`.
 *
 * @returns `id: message` of every error, and the ids that failed.
 */
export async function verdictOn(
  script: string,
): Promise<{ids: readonly string[]; said: readonly string[]}> {
  const own = path.join(path.dirname(script), path.basename(script, '.cjs'));
  const plan = existsSync(own) ? own : path.join(path.dirname(script), 'plan');
  const work = mkdtempSync(path.join(tmpdir(), 'broken-'));
  const stage = new Stage(
    loadPlan(path.join(plan, 'acceptance-test-config.yml')),
    executable(script, {work}),
  );
  const results = await judge(stage);
  return {
    ids: failedIds(results),
    said: results.flatMap(({id, findings}) =>
      findings.map(({severity, message}) => `${id} ${severity}: ${message}`),
    ),
  };
}
