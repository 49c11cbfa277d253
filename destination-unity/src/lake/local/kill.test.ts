import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import {trialDefinition, trialLake, trialRows} from './trial-table';

const LIBRARY = path.join(__dirname, '../../../lib/lake/local');
const ROWS = 300;
const BATCHES = 16;

let root: string;
let encoder: ParquetEncoder;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'kill-'));
  encoder = new ParquetEncoder({
    memoryLimitBytes: 2e8,
    tempFolder: path.join(root, 'x'),
  });
});

afterAll(async () => {
  await encoder.close();
  await rm(root, {recursive: true});
});

describe('a process killed at random moments', () => {
  it('leaves whole batches only, and everything it acknowledged', async () => {
    const chance = seeded(20_240_229);
    const acknowledged: string[] = [];
    let kills = 0;

    for (let attempt = 0; acknowledged.length < BATCHES; attempt++) {
      const first = acknowledged.length;
      const done = await runUntilKilled({first, attempt}, chance);
      acknowledged.push(...done.acknowledged);
      if (done.isKilled) kills++;
    }

    expect(kills).toBeGreaterThan(2);
    const lake = trialLake({folder: root, encoder});
    const appended = await lake.ensure(trialDefinition('appended'));
    const groups = await trialRows(appended, encoder, ['cursor::VARCHAR || text']);
    const sizes = new Map<string, number>();
    for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    expect(new Set(sizes.values())).toEqual(new Set([ROWS]));
    expect([...sizes.keys()]).toEqual(
      expect.arrayContaining(acknowledged.map((name) => `["${name}"]`)),
    );

    const merged = await lake.ensure(trialDefinition('merged'));
    const keys = await trialRows(merged, encoder, ['tag::BIGINT']);
    expect(keys).toHaveLength(ROWS);
    const [least] = await trialRows(merged, encoder, ['cursor::BIGINT']);
    expect(least).toBe(`["${BATCHES - 1}"]`);
  });
});

interface Run {
  readonly first: number;
  readonly attempt: number;
}

interface Ended {
  readonly acknowledged: string[];
  readonly isKilled: boolean;
}

/** Lets a process append and merge batch after batch, and kills it after some of them. */
async function runUntilKilled(run: Run, chance: () => number): Promise<Ended> {
  const script = writerScript();
  const args = [root, LIBRARY, String(run.first), String(run.attempt)];
  const child = spawn(process.execPath, ['-e', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  const killAfter = 1 + Math.floor(chance() * 4);
  const delayMs = chance() * 40;
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(line);
    if (acknowledged.length === killAfter) {
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    }
  }
  const [, signal] =
    child.signalCode === null && child.exitCode === null
      ? ((await once(child, 'exit')) as [number | null, string | null])
      : [child.exitCode, child.signalCode];
  return {acknowledged, isKilled: signal === 'SIGKILL'};
}

function writerScript(): string {
  return `
    const [root, library, first, attempt] = process.argv.slice(1);
    const {openLocalLake} = require(library + '/local-lake.js');
    const {trialBatch, trialDefinition, collectingLog} = require(library + '/trial-table.js');
    const lake = openLocalLake({path: root, log: collectingLog([])});
    const rows = Array.from({length: ${ROWS}}, (_, i) => i);
    (async () => {
      const appended = await lake.ensure(trialDefinition('appended'));
      const merged = await lake.ensure(trialDefinition('merged'));
      for (let n = Number(first); n < ${BATCHES}; n++) {
        const text = ' of ' + attempt;
        await merged.merge(trialBatch(rows.map((i) => [i, 'x', BigInt(n), 1n])));
        await appended.append(trialBatch(rows.map((i) => [i, text, BigInt(n), 1n])));
        process.stdout.write(n + text + '\\n');
      }
      await lake.close();
    })();`;
}

/** A small generator of numbers in [0, 1), the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
