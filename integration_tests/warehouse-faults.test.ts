import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const PROGRAM = path.join(__dirname, 'engines/lib/main-faults.js');
const RUNS = 16;
/** About half a minute on two free cores; a limit is for what hangs. */
const LONGEST_MS = 900_000;
const SEEDS = Array.from({length: RUNS}, (_, number) => ({seed: 1000 + number}));

describe('destination-unity on a stand-in of a warehouse that faults', () => {
  let outcomes: ReadonlyMap<number, unknown>;

  beforeAll(async () => {
    outcomes = await played();
  }, LONGEST_MS);

  it.each(SEEDS)(
    'leaves the tables that the model says, and acknowledges nothing too early (seed $seed)',
    ({seed}) => {
      expect(outcomes.get(seed)).toMatchObject({seed, problems: []});
    },
  );
});

async function played(): Promise<ReadonlyMap<number, unknown>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'warehouse-faults-test-'));
  const json = path.join(folder, 'outcomes.json');
  const [first] = SEEDS;
  try {
    const args = [
      '--runs',
      String(RUNS),
      '--seed',
      String(first?.seed),
      '--json',
      json,
    ];
    const child = spawn(process.execPath, [PROGRAM, ...args, '--programs', '0.2'], {
      stdio: 'ignore',
    });
    await once(child, 'close');
    const list = JSON.parse(readFileSync(json, 'utf8')) as {readonly seed: number}[];
    return new Map(list.map((outcome) => [outcome.seed, outcome]));
  } finally {
    rmSync(folder, {recursive: true});
  }
}
