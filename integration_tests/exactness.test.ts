import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {hardCaseOf} from './exactness/src/story/hard-cases';

const PROGRAM = path.join(__dirname, 'exactness/lib/main.js');
const RUNS = 60;
/** About half a minute on two free cores; a limit is for what hangs. */
const LONGEST_MS = 600_000;
const SEEDS = Array.from({length: RUNS}, (_, seed) => ({
  seed,
  theme: hardCaseOf(seed) ?? 'a story of everything',
}));

describe('source-pi over random syncs, faults, kills and changes', () => {
  let outcomes: ReadonlyMap<number, unknown>;

  beforeAll(async () => {
    outcomes = await played();
  }, LONGEST_MS);

  it.each(SEEDS)(
    'delivers exactly what PI archived, and claims no more (seed $seed: $theme)',
    ({seed}) => {
      expect(outcomes.get(seed)).toMatchObject({seed, problems: []});
    },
  );
});

async function played(): Promise<ReadonlyMap<number, unknown>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'exactness-test-'));
  const json = path.join(folder, 'outcomes.json');
  try {
    const args = ['--runs', String(RUNS), '--seed', '0', '--json', json, '--no-shrink'];
    await once(spawn(process.execPath, [PROGRAM, ...args], {stdio: 'ignore'}), 'close');
    const list = JSON.parse(readFileSync(json, 'utf8')) as {readonly seed: number}[];
    return new Map(list.map((outcome) => [outcome.seed, outcome]));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
