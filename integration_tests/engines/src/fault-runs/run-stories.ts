import {type ChildProcess, fork} from 'node:child_process';
import path from 'node:path';

import type {StoryResult} from './play-story';
import type {StoryTask} from './worker';

export interface RunOptions {
  readonly workers: number;
  /** Folder with the built destination. */
  readonly build: string;
  /** Told of each story as it ends. */
  readonly onResult: (result: StoryResult) => void;
}

const WORKER = path.join(__dirname, 'worker.js');
/** Far beyond what a story takes: only what hangs is stopped by it. */
const LONGEST_MS = 300_000;
/** A process is replaced after so many stories, with all that they have left in it. */
const STORIES_PER_WORKER = 25;

/** Plays stories in several processes; resolves when all are told. */
export async function runStories(
  tasks: readonly StoryTask[],
  options: RunOptions,
): Promise<readonly StoryResult[]> {
  const waiting = [...tasks];
  const results: StoryResult[] = [];
  const lane = async (): Promise<void> => {
    while (waiting.length > 0) {
      const worker = fork(WORKER, [options.build]);
      for (let played = 0; played < STORIES_PER_WORKER; played += 1) {
        const task = waiting.shift();
        if (task === undefined) break;
        const result = await ask(worker, task);
        results.push(result);
        options.onResult(result);
        if (worker.exitCode !== null || worker.signalCode !== null) break;
      }
      if (worker.connected) worker.disconnect();
    }
  };
  await Promise.all(Array.from({length: options.workers}, lane));
  return results;
}

/** A story that does not end takes its process with it. */
function ask(worker: ChildProcess, task: StoryTask): Promise<StoryResult> {
  return new Promise((resolve) => {
    const end = (result: StoryResult): void => {
      clearTimeout(timer);
      worker.removeAllListeners('message').removeAllListeners('exit');
      resolve(result);
    };
    const broken = (problem: string): void => {
      worker.kill('SIGKILL');
      const nothing = {attempts: 0, cuts: 0, kills: 0, faults: {}};
      end({...nothing, seed: task.seed, problems: [problem]});
    };
    const timer = setTimeout(() => broken('It did not end.'), LONGEST_MS);
    worker.once('message', (result: StoryResult) => end(result));
    worker.once('exit', () => broken('Its process ended.'));
    worker.send(task);
  });
}
