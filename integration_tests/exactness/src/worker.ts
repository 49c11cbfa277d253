import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {SourceBuild} from './play/source-build';
import type {Stage} from './play/player';
import {tellStory} from './report/tell-story';
import {runStory} from './run';
import {shrink} from './shrink';
import {writeStory} from './story/write-story';
import type {Answer, Task} from './work';

/** A process that plays one story after another, as it is told. */
function main(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'exactness-'));
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
  const build = new SourceBuild(process.argv[2] ?? '');
  const stage = {build, folder, realMs: () => Date.now()};
  // Stories are played one at a time: the time zone and the counter belong to the process.
  let last = Promise.resolve();
  process.on('message', (task: Task) => {
    last = last.then(async () => {
      process.send?.(await answer(task, stage));
    });
  });
  process.on('disconnect', () => process.exit());
}

async function answer(task: Task, stage: Stage): Promise<Answer> {
  try {
    if (task.kind === 'shrink') return await shrunk(task, stage);
    return {kind: 'ran', result: await runStory(writeStory(task.seed), stage)};
  } catch (thrown) {
    const said =
      thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const reason = said.split('\n').slice(0, 4).join(' ');
    return {kind: 'broken', seed: task.seed, reason};
  }
}

async function shrunk(
  {seed, forMs}: Extract<Task, {kind: 'shrink'}>,
  stage: Stage,
): Promise<Answer> {
  const endMs = stage.realMs() + forMs;
  const story = writeStory(seed);
  const {problems} = await runStory(story, stage);
  const charge = problems[0]?.charge;
  const small = await shrink(
    story,
    async (candidate) => {
      const result = await runStory(candidate, stage);
      return result.problems.some((problem) => problem.charge === charge);
    },
    () => stage.realMs() > endMs,
  );
  return {
    kind: 'shrunk',
    seed,
    story: tellStory(small),
    result: await runStory(small, stage),
  };
}

main();
