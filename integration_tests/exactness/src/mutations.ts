import path from 'node:path';

import {MUTATIONS} from './mutations/list';
import {MutatedCopy} from './mutations/mutated-copy';
import type {Mutation} from './mutations/mutation';
import {hardCaseOf} from './story/hard-cases';
import type {Answer} from './work';
import {inParallel} from './worker-pool';

const ROOT = path.join(__dirname, '../../..');
const LONGEST_MS = 120_000;
/** Those of `npm test`, which all pass as long as nothing is broken. */
const SEEDS = Array.from({length: 60}, (_, seed) => seed);
const LANES = 2;

/** What became of a mutation. */
interface Finding {
  readonly mutation: Mutation;
  readonly seed?: number;
  /** How it was caught, or what hindered the trial. */
  readonly how: string;
  readonly isCaught: boolean;
}

/** Breaks the source in each way in turn, and shows that stories fail by it. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const chosen = MUTATIONS.filter(
    ({name}) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );
  const waiting = [...chosen];
  const findings: Finding[] = [];
  const lane = async (): Promise<void> => {
    using copy = new MutatedCopy(ROOT);
    for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
      const finding = await tried(mutation, copy);
      findings.push(finding);
      process.stdout.write(told(finding));
    }
  };
  await Promise.all(Array.from({length: LANES}, lane));
  const caught = findings.filter(({isCaught}) => isCaught).length;
  process.stdout.write(`${caught} passed, ${findings.length - caught} failed\n`);
  if (caught < findings.length) process.exitCode = 1;
}

async function tried(mutation: Mutation, copy: MutatedCopy): Promise<Finding> {
  try {
    copy.breakBy(mutation.edits);
  } catch (thrown) {
    return {mutation, how: String(thrown), isCaught: false};
  }
  let found: Finding | undefined;
  const likely = SEEDS.filter((seed) =>
    mutation.cases?.includes(hardCaseOf(seed) ?? ''),
  );
  const seeds = new Set([...likely, ...SEEDS]);
  await inParallel(
    [...seeds].map((seed) => ({kind: 'run', seed})),
    {
      ...{workers: 1, source: copy.folder, longestMs: LONGEST_MS},
      onAnswer: (answer) => (found ??= caughtBy(answer, mutation)),
      isEnough: () => found !== undefined,
    },
  );
  return found ?? {mutation, how: `${seeds.size} stories passed`, isCaught: false};
}

function caughtBy(answer: Answer, mutation: Mutation): Finding | undefined {
  if (answer.kind === 'shrunk') return undefined;
  if (answer.kind === 'broken') {
    return {
      mutation,
      seed: answer.seed,
      how: `no verdict: ${answer.reason}`,
      isCaught: true,
    };
  }
  const {seed, problems} = answer.result;
  const [first] = problems;
  if (first === undefined) return undefined;
  return {mutation, seed, how: `${first.charge}: ${first.what}`, isCaught: true};
}

const MOST = 160;

function told({mutation, seed, how, isCaught}: Finding): string {
  const by = isCaught ? `caught by seed ${seed ?? '?'}` : 'NOT CAUGHT';
  return `${mutation.name}: ${by}\n    ${mutation.says}\n    ${how.slice(0, MOST)}\n`;
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${String(thrown)}\n`);
  process.exitCode = 1;
});
