import type {FaultRule} from 'pi-simulator';

import {judge} from './judge/judge';
import type {Problem} from './judge/problems';
import {type Performance, play, type Stage} from './play/player';
import type {Story} from './story/story';

/** What a run came to, in numbers that can be added up. */
export interface RunResult {
  readonly seed: number;
  readonly theme: string;
  /** The first few things that are wrong; none for a run that passed. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly counts: RunCounts;
}

export interface RunCounts {
  /** Rows of `timeseries` that were delivered, over all attempts. */
  readonly events: number;
  readonly attempts: number;
  readonly requests: number;
  readonly killsInProcess: number;
  readonly killsOfPrograms: number;
  readonly changes: number;
  readonly refusedChanges: number;
  /** Points that had been set aside and caught up. */
  readonly healed: number;
  /** Rules, by what they do. */
  readonly faults: Readonly<Record<string, number>>;
  readonly ms: number;
}

/** Plays a story and judges what came of it. */
export async function runStory(story: Story, stage: Stage): Promise<RunResult> {
  const beganAtMs = stage.realMs();
  const performance = await play(story, stage);
  const {problems, problemCount, events, healed} = judge(performance);
  const ms = stage.realMs() - beganAtMs;
  return {
    seed: story.seed,
    theme: story.theme,
    problems,
    problemCount,
    counts: {...countsOf(performance), events, healed, ms},
  };
}

function countsOf(
  performance: Performance,
): Omit<RunCounts, 'events' | 'healed' | 'ms'> {
  const {story, attempts, changes} = performance;
  const killed = attempts.filter(({exitCode}) => exitCode === undefined);
  const faults: Record<string, number> = {};
  for (const rule of story.syncs.flatMap((sync) => sync.faults)) {
    const name = faultName(rule);
    faults[name] = (faults[name] ?? 0) + 1;
  }
  return {
    attempts: attempts.length,
    requests: attempts.reduce((sum, {requests}) => sum + requests, 0),
    killsInProcess: killed.filter(({way}) => way === 'in process').length,
    killsOfPrograms: killed.filter(({way}) => way === 'program').length,
    changes: changes.made,
    refusedChanges: changes.refused,
    faults,
  };
}

const EFFECTS = [
  ['truncateAfterBytes', 'truncated'],
  ['reset', 'connection reset'],
  ['trickleBytes', 'slow body'],
  ['delayMs', 'too late'],
  ['webExceptionAfterValues', 'WebException'],
  ['maxReturnedItems', 'lower limit'],
  ['linkHost', 'wrong links'],
] as const;

function faultName(rule: FaultRule): string {
  const effect = EFFECTS.find(([member]) => rule[member] !== undefined);
  if (effect !== undefined) return effect[1];
  const where = rule.on === 'stream' ? `point (${rule.scope ?? 'whole'})` : 'request';
  const part = rule.match.startsWith('GET /piwebapi/streamsets') ? 'part' : where;
  return `${part} ${rule.status ?? ''}${rule.body === 'html' ? ' web page' : ''}`;
}
