import type {Problem} from '../judge/problems';
import type {RunResult} from '../run';

/** What is wrong with a run, and how to see it again. */
export function tellFailure({seed, theme, problems, problemCount}: RunResult): string {
  return [
    `seed ${seed} (${theme}) FAILED: ${problemCount} findings`,
    ...tellProblems(problems),
    `    again: npm run exactness -- --seed ${seed} --runs 1`,
    '',
  ].join('\n');
}

const LONGEST = 700;
const MOST = 6;

/** The first findings, one in a line. */
export function tellProblems(problems: readonly Problem[]): string[] {
  return problems
    .slice(0, MOST)
    .map(({charge, what}) => `    ${charge}: ${what.slice(0, LONGEST)}`);
}
