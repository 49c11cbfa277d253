import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {DestinationBuild} from './destination-build';
import {InProcessClient} from './in-process-client';
import {playStory, type Stage, type StoryResult} from './play-story';
import {ProgramClient} from './program-client';
import {shareTrust} from './shared-trust';
import {writeStory} from './write-story';

/** One story to play. */
export interface StoryTask {
  readonly seed: number;
  readonly programShare: number;
}

/** A process that plays one story after another, as it is told. */
function main(): void {
  shareTrust();
  const folder = mkdtempSync(path.join(tmpdir(), 'fault-runs-'));
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
  const build = new DestinationBuild(process.argv[2] ?? '');
  const stage: Stage = {
    folder,
    inProcess: new InProcessClient(build),
    program: new ProgramClient(build.program),
  };
  process.on('message', (task: StoryTask) => {
    void played(task, stage).then((result) => process.send?.(result));
  });
  process.on('disconnect', () => process.exit());
}

async function played(task: StoryTask, stage: Stage): Promise<StoryResult> {
  const {seed, programShare} = task;
  try {
    return await playStory(writeStory(seed, programShare), stage);
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.stack : String(thrown);
    const problems = [`The story could not be played: ${said ?? ''}`];
    return {seed, problems, attempts: 0, cuts: 0, kills: 0, faults: {}};
  }
}

main();
