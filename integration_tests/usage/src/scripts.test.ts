import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';

import {truthRecords} from 'pi-simulator';

import {LakeReader} from '../../demo/src/lake';
import {blocksOf} from './page';
import {openWorkshop, START, type Ran, type Workshop} from './workshop';

const LATER = '2026-03-02T07:00:00Z';

describe('the scripts of README.md', () => {
  it('check both ends, sync, go on where they stood, and leave what the pages ask', async () => {
    await using workshop = await openWorkshop();
    const [prepare = '', sync = ''] = scripts('README.md', 'node');

    const prepared = await workshop.sh(prepare);
    const first = await workshop.sh(sync);
    const rows = [await rowsOf(workshop), truthOf(workshop)];
    workshop.simulator.advanceClock(LATER);
    const second = await workshop.sh(sync);

    expect([prepared, first, second].map(failureOf)).toEqual(['', '', '']);
    expect(prepared.stdout.match(/"SUCCEEDED"/g)).toHaveLength(2);
    expect(rows[0]).toBe(rows[1]);
    expect(await rowsOf(workshop)).toBe(truthOf(workshop));
    expect(truthOf(workshop)).toBeGreaterThan(rows[1] ?? 0);
    expect(await answers(workshop)).toEqual([
      12,
      expect.any(Number),
      0,
      expect.any(Number),
    ]);
  });

  it('replay an export', async () => {
    await using workshop = await openWorkshop();
    writeFileSync(
      path.join(workshop.folder, 'export.csv'),
      'tag,timestamp,value\nRiver,2026-03-01T00:00:00Z,1.5\n',
    );
    const [script = ''] = scripts('README.md', 'node, in the background');

    const child = spawn('bash', ['-c', `exec ${script}`], {cwd: workshop.folder});
    const [line] = (await once(createInterface({input: child.stdout}), 'line')) as [
      string,
    ];
    child.kill();
    await once(child, 'close');

    expect(Object.keys(JSON.parse(line) as object)).toEqual(
      expect.arrayContaining(['url', 'username', 'password']),
    );
  });
});

describe.each(['source-pi', 'destination-unity'])(
  'the scripts of the page of %s',
  (name) => {
    it('run as they are printed', async () => {
      await using workshop = await openWorkshop();
      const found = scripts(`spec/${name}/docs.md`, 'node');

      for (const script of found) expect(failureOf(await workshop.sh(script))).toBe('');
      expect(found.length).toBeGreaterThan(0);
    });
  },
);

/** How many rows answer each question that the pages put to the tables. */
async function answers(workshop: Workshop): Promise<readonly number[]> {
  const lake = await lakeOf(workshop);
  const questions = ['spec/destination-unity/docs.md', 'spec/guides/second-source.md']
    .flatMap(blocksOf)
    .filter(({language, text}) => language === 'sql' && !text.includes('GRANT'))
    .flatMap(({text}) => text.split(';'))
    .filter((text) => text.includes('SELECT'));
  const counts = [];
  for (const question of questions) {
    // The tables stand in no catalog here.
    const sql = question.replaceAll(/main\.(pi|plant)\./g, '');
    counts.push((await lake.rows(sql)).length);
  }
  return counts;
}

/** The blocks of a page that are run in this way, in order. */
function scripts(page: string, way: string): readonly string[] {
  return blocksOf(page)
    .filter(({marks}) => marks.get('run') === way)
    .map(({text}) => text);
}

/** Empty for a script that went through. */
function failureOf({exit, stdout, stderr}: Ran): string {
  const failed = stdout.split('\n').filter((line) => /"FAILED"|"ERROR"/.test(line));
  return exit === 0 && failed.length === 0
    ? ''
    : `exit ${exit}\n${failed.join('\n')}\n${stderr}`;
}

async function lakeOf({folder}: Workshop): Promise<LakeReader> {
  const lake = await LakeReader.open(path.join(folder, 'lake/main/plant'));
  await lake.refresh('timeseries');
  await lake.refresh('event_frames');
  // What Spark has and the engine of the tests calls otherwise.
  await lake.connection.run(
    `CREATE MACRO get_json_object(json, place) AS json_extract_string(json, place);
     CREATE MACRO current_timestamp() AS TIMESTAMPTZ '2026-03-02 07:00:00Z'`,
  );
  return lake;
}

async function rowsOf(workshop: Workshop): Promise<number> {
  const lake = await lakeOf(workshop);
  return lake.number('SELECT count(*) FROM timeseries');
}

function truthOf({simulator}: Workshop): number {
  const to = simulator.now();
  return [...truthRecords(simulator, 'timeseries', {from: START, to})].length;
}
