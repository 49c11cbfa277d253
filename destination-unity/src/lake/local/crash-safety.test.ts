import {mkdtemp, readdir, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {ConfigError} from 'airbyte-cdk-ts';

import {ParquetEncoder} from '../../parquet/parquet-encoder';
import {localDisk, type Disk} from './disk';
import {fileFailure} from './file-failure';
import type {LocalTable} from './local-table';
import {
  trialBatch,
  trialDefinition,
  trialFolder,
  trialLake,
  trialRows,
  type TrialRow,
} from './trial-table';

let root: string;
let encoder: ParquetEncoder;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'crash-'));
  encoder = new ParquetEncoder({
    memoryLimitBytes: 2e8,
    tempFolder: path.join(root, '_airbyte_tmp_crash'),
  });
});

afterAll(async () => {
  await encoder.close();
  await rm(root, {recursive: true});
});

const STORED: readonly TrialRow[] = [
  [1, 'a', 1n, 1n],
  [2, 'b', 1n, 1n],
];

describe('a process that ends at any step', () => {
  it('of an append leaves the table without or with the whole batch', async () => {
    const outcomes = await endedAtEveryStep({
      name: 'append',
      act: (table) => table.append(trialBatch([[3, 'c', 1n, 1n]])),
    });

    for (const {atCrash} of outcomes) {
      expect([BEFORE, [...BEFORE, '["3","c","1","1"]']]).toContainEqual(atCrash);
    }
  });

  it('of a merge leaves the table before or after it, and it can be repeated', async () => {
    const after = ['["1","a","2","2"]', '["2","b","1","1"]', '["3","c","1","1"]'];

    const outcomes = await endedAtEveryStep({
      name: 'merge',
      act: (table) =>
        table.merge(
          trialBatch([
            [1, 'a', 2n, 2n],
            [3, 'c', 1n, 1n],
          ]),
        ),
    });

    for (const {atCrash, repeated} of outcomes) {
      expect([BEFORE, after]).toContainEqual(atCrash);
      expect(repeated).toEqual(after);
    }
  });

  it('of a replacement leaves the old rows or the new, and it can be repeated', async () => {
    const after = ['["3","c","1","1"]'];

    const outcomes = await endedAtEveryStep({
      name: 'replace',
      act: async (table) => {
        if ((await table.generations())?.max === 8) return;
        const successor = await table.successor(8);
        await successor.merge(trialBatch([[3, 'c', 1n, 1n]], 8n));
        await table.replaceWith(successor);
      },
    });

    for (const {atCrash, repeated} of outcomes) {
      expect([BEFORE, after]).toContainEqual(atCrash);
      expect(repeated).toEqual(after);
    }
  });

  it('of a checkpoint loses nothing', async () => {
    const outcomes = await endedAtEveryStep({
      name: 'checkpoint',
      prepare: async (table) => {
        while (table.delta.snapshot.version < 9)
          await table.append(trialBatch([LATER]));
      },
      act: (table) => table.merge(trialBatch([LATER])),
    });

    for (const {repeated} of outcomes)
      expect(repeated).toEqual([...BEFORE, LATER_TEXT]);
    const {folder} = await trialLake({folder: root, encoder})
      .ensure(trialDefinition('checkpoint_0'))
      .then(({delta}) => delta);
    expect(await readdir(path.join(folder, '_delta_log'))).toContain(
      '_last_checkpoint',
    );
  });

  it('of putting small files together changes no row, and it can be repeated', async () => {
    const outcomes = await endedAtEveryStep({
      name: 'join',
      prepare: async (table) => {
        for (let sync = 0; sync < 7; sync++) await table.append(trialBatch([LATER]));
      },
      act: (table) => table.finish(),
    });

    const after = [...BEFORE, ...Array<string>(7).fill(LATER_TEXT)];
    for (const {atCrash, repeated} of outcomes) {
      expect(atCrash).toEqual(after);
      expect(repeated).toEqual(after);
    }
    const {delta} = await trialLake({folder: root, encoder}).ensure(
      trialDefinition('join_0'),
    );
    expect(delta.snapshot.files.size).toBe(1);
  });

  it('of the creation of a table leaves a folder in which it can be created', async () => {
    for (let steps = 0; ; steps++) {
      const definition = trialDefinition(`created_${steps}`);
      const {disk, isOver} = endingDisk(steps);
      await trialLake({folder: root, encoder, disk})
        .ensure(definition)
        .catch(() => undefined);

      const table = await trialLake({folder: root, encoder}).ensure(definition);
      await table.append(trialBatch(STORED));

      expect(await trialRows(table, encoder)).toEqual(BEFORE);
      if (!isOver()) break;
    }
  });
});

describe('a full disk', () => {
  it('at a commit is told as something the user must act on, and loses nothing', async () => {
    const definition = trialDefinition('full');
    const disk: Disk = {
      ...localDisk,
      putIfAbsent: (file) =>
        Promise.reject(fileFailure({code: 'ENOSPC', syscall: 'write'}, file)),
    };
    const table = await trialLake({folder: root, encoder}).ensure(definition);
    await table.append(trialBatch(STORED));
    const full = await trialLake({folder: root, encoder, disk}).ensure(definition);

    const refused = full.append(trialBatch([[3, 'c', 1n, 1n]]));

    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(/full\/_delta_log.*full disk/);
    expect(await trialRows(table, encoder)).toEqual(BEFORE);
  });
});

describe('two writers at once', () => {
  it('lose no append and no merge of each other', async () => {
    const definition = trialDefinition('shared');
    const writers = await Promise.all(
      [0, 1].map(async (writer) => ({
        writer,
        table: await trialLake({folder: root, encoder}).ensure(definition),
      })),
    );

    await Promise.all(
      writers.map(async ({writer, table}) => {
        for (let i = 0; i < 15; i++) {
          await table.append(trialBatch([[100 + writer, `${i}`, 1n, 1n]]));
          await table.merge(
            trialBatch([
              [i, 'merged', BigInt(i + writer), 1n],
              [-1, 'merged', BigInt(2 * i + writer), 1n],
            ]),
          );
        }
      }),
    );

    const reopened = await trialLake({folder: root, encoder}).ensure(definition);
    const rows = await trialRows(reopened, encoder);
    expect(rows).toHaveLength(2 * 15 + 15 + 1);
    expect(rows).toContain('["-1","merged","29","1"]');
    for (let i = 0; i < 15; i++)
      expect(rows).toContain(`["${i}","merged","${i + 1}","1"]`);
  });
});

const BEFORE = ['["1","a","1","1"]', '["2","b","1","1"]'];

const LATER: TrialRow = [3, 'c', 1n, 1n];
const LATER_TEXT = '["3","c","1","1"]';

interface Trial {
  readonly name: string;
  /** Done on a disk that works. */
  readonly prepare?: (table: LocalTable) => Promise<void>;
  readonly act: (table: LocalTable) => Promise<void>;
}

interface Outcome {
  /** What the next process finds. */
  readonly atCrash: readonly string[];
  /** What is there once the next process has done it again. */
  readonly repeated: readonly string[];
}

/** Ends the act before its 1st, 2nd, .. use of the disk, until it comes to its end. */
async function endedAtEveryStep({name, prepare, act}: Trial): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let steps = 0; ; steps++) {
    const definition = trialDefinition(`${name}_${steps}`);
    const whole = await trialLake({folder: root, encoder}).ensure(definition);
    await whole.append(trialBatch(STORED));
    await prepare?.(whole);
    const {disk, isOver} = endingDisk(steps);
    await trialLake({folder: root, encoder, disk})
      .ensure(definition)
      .then(act)
      .catch(() => undefined);

    const next = await trialLake({folder: root, encoder}).ensure(definition);
    const atCrash = await trialRows(next, encoder);
    await act(next);
    outcomes.push({atCrash, repeated: await trialRows(next, encoder)});
    const folder = trialFolder(root, definition.name.table);
    expect(await readdir(path.dirname(folder))).not.toContainEqual(
      expect.stringMatching(/^_airbyte_discarded/),
    );
    if (!isOver()) return outcomes;
  }
}

/** A disk that works a number of times and then never again, as if the process had ended. */
function endingDisk(steps: number): {disk: Disk; isOver: () => boolean} {
  let used = 0;
  const disk = Object.fromEntries(
    Object.entries(localDisk).map(
      ([name, act]: [string, (...given: never[]) => unknown]) => [
        name,
        (...given: never[]) => {
          if (used++ < steps) return act(...given);
          return Promise.reject(new TypeError('the process has ended'));
        },
      ],
    ),
  ) as unknown as Disk;
  return {disk, isOver: () => used > steps};
}
