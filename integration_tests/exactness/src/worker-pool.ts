import {type ChildProcess, fork} from 'node:child_process';
import path from 'node:path';

import type {Answer, Task} from './work';

export interface PoolOptions {
  readonly workers: number;
  /** Folder with the built source. */
  readonly source: string;
  /** Called with each answer, in the order in which they come. */
  readonly onAnswer: (answer: Answer) => void;
  /** Asked before each task: whether the rest need not be done. */
  readonly isEnough?: () => boolean;
  /** A task that takes longer is given up, and its worker replaced. */
  readonly longestMs: number;
}

const WORKER = path.join(__dirname, 'worker.js');

/** Has tasks done by several processes; resolves when all are answered. */
export async function inParallel(
  tasks: readonly Task[],
  options: PoolOptions,
): Promise<void> {
  const waiting = [...tasks];
  const readers = Math.min(options.workers, tasks.length);
  await Promise.all(Array.from({length: readers}, () => workOff(waiting, options)));
}

async function workOff(waiting: Task[], options: PoolOptions): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    if (options.isEnough?.() === true) break;
    worker ??= fork(WORKER, [options.source], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const answer = await ask(worker, task, options.longestMs);
    options.onAnswer(answer);
    if (answer.kind !== 'broken') continue;
    worker.kill('SIGKILL');
    worker = undefined;
  }
  worker?.disconnect();
}

function ask(worker: ChildProcess, task: Task, longestMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(answer);
    };
    const broken = (reason: string): void =>
      end({kind: 'broken', seed: task.seed, reason});
    const timer = setTimeout(
      () => broken(`No end after ${longestMs / 1000} s.`),
      longestMs,
    );
    worker.once('message', (answer: Answer) => end(answer));
    worker.once('exit', (code) =>
      broken(`The worker ended with ${code ?? 'a signal'}.`),
    );
    worker.once('error', (error) => broken(error.message));
    worker.send(task);
  });
}
