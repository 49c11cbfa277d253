import {writeFileSync} from 'node:fs';

import {type ExactnessOptions, parseOptions, USAGE} from './options';
import {Account} from './report/account';
import {tellFailure, tellProblems} from './report/tell-failure';
import type {RunResult} from './run';
import type {Answer, Task} from './work';
import {inParallel} from './worker-pool';

const LONGEST_MS = 180_000;
const SHRINK_MS = 90_000;
/** So many failing stories are made small. */
const MOST_SHRUNK = 3;
const TELL_EVERY_MS = 15_000;

/** What a run came to, or why it came to nothing. */
type Outcome = RunResult | {readonly seed: number; readonly broken: string};

/** Runs stories, tells how it goes, and gathers what came of them. */
class Exactness {
  readonly account = new Account();
  readonly outcomes: Outcome[] = [];
  private readonly beganAtMs = Date.now();
  private toldAtMs = Date.now();

  constructor(private readonly options: ExactnessOptions) {}

  async run(): Promise<void> {
    const {runs, seed} = this.options;
    const tasks = Array.from({length: runs}, (_, n): Task => ({
      kind: 'run',
      seed: seed + n,
    }));
    await this.have(tasks);
    process.stdout.write(this.account.table((Date.now() - this.beganAtMs) / 1000));
    if (this.options.shrinks) await this.shrink();
  }

  private async shrink(): Promise<void> {
    const failed = this.outcomes.filter(
      (outcome) => 'problems' in outcome && outcome.problems.length > 0,
    );
    const tasks = failed
      .slice(0, MOST_SHRUNK)
      .map(({seed}): Task => ({kind: 'shrink', seed, forMs: SHRINK_MS}));
    await this.have(tasks);
  }

  private async have(tasks: readonly Task[]): Promise<void> {
    const {workers, source} = this.options;
    const onAnswer = (answer: Answer): void => this.take(answer);
    await inParallel(tasks, {workers, source, onAnswer, longestMs: LONGEST_MS});
  }

  private take(answer: Answer): void {
    switch (answer.kind) {
      case 'ran':
        this.account.add(answer.result);
        this.outcomes.push(answer.result);
        if (answer.result.problems.length > 0) say(tellFailure(answer.result));
        break;
      case 'shrunk':
        say(`The smallest story found that fails as seed ${answer.seed} does:\n`);
        say([...answer.story, ...tellProblems(answer.result.problems), ''].join('\n'));
        break;
      case 'broken':
        this.account.addBroken();
        this.outcomes.push({seed: answer.seed, broken: answer.reason});
        say(`seed ${answer.seed} came to no verdict: ${answer.reason}\n`);
    }
    this.tell();
  }

  private tell(): void {
    if (Date.now() - this.toldAtMs < TELL_EVERY_MS) return;
    this.toldAtMs = Date.now();
    const {runs, failed} = this.account;
    say(`${runs} of ${this.options.runs} runs, ${failed} failed\n`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`.replace(/\n\n$/, '\n'));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const exactness = new Exactness(options);
  await exactness.run();
  const {account, outcomes} = exactness;
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(outcomes));
  process.stdout.write(
    `${account.runs - account.failed} passed, ${account.failed} failed\n`,
  );
  if (account.failed > 0) process.exitCode = 1;
}

void main();
