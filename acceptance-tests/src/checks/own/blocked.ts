import {statSync} from 'node:fs';

import type {OwnConfig} from '../../config/own-config';
import {endOf, type Outcome} from '../../run/outcome';
import type {Command, ReaderBehaviour} from '../../run/runner';
import {wholly} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {error, unless, type Check, type Finding} from '../check';
import {flood} from './flood';

type Blocked = NonNullable<OwnConfig['blocked_reader']>;

/** Output after which the reader behaves badly. */
const AFTER_BYTES = 1 << 14;

/** Less would fit into the pipe and the buffers on both of its ends. */
const MIN_OUTPUT_BYTES = 1 << 20;

const MEGABYTE = 1 << 20;

/** X4: a reader sets the pace, and its end is the end. */
export const BLOCKED: Check = {
  id: 'X4',
  title: 'a reader that stops reading costs no memory, one that goes away ends the run',
  bypass: ({plan}) =>
    plan.own.blocked_reader === undefined
      ? 'the plan names no config for it'
      : undefined,
  run: async (stage) => {
    const {blocked_reader: blocked} = stage.plan.own;
    if (blocked === undefined) return [];
    const stopped = await stops(stage, blocked);
    return stage.kind === 'source'
      ? [...stopped, ...(await goesAway(stage, blocked))]
      : stopped;
  },
};

async function stops(stage: Stage, blocked: Blocked): Promise<readonly Finding[]> {
  const pause = {afterBytes: stage.kind === 'source' ? AFTER_BYTES : 1, ...blocked};
  const outcome = await run(stage, blocked, {pause});
  const bytes = statSync(outcome.stdoutFile).size;
  return [
    ...unless(outcome.exit === 0, `held up for a while, the run ${endOf(outcome)}`),
    ...unless(
      bytes >= MIN_OUTPUT_BYTES,
      `${bytes} bytes of output hold nobody up: ${MIN_OUTPUT_BYTES} are needed`,
    ),
    ...memoryFindings(outcome, blocked.max_rss_mb),
  ];
}

function memoryFindings(
  {pausedRssBytes, peakRssBytes}: Outcome,
  maxMb: number,
): readonly Finding[] {
  const mb = Math.max(pausedRssBytes, peakRssBytes) / MEGABYTE;
  return unless(
    mb <= maxMb,
    `${mb.toFixed(0)} MB of memory while its reader read nothing, ${maxMb} MB may be`,
  );
}

async function goesAway(stage: Stage, blocked: Blocked): Promise<readonly Finding[]> {
  const {exit_seconds: limit} = blocked;
  const outcome = await run(stage, blocked, {
    closeAfterBytes: AFTER_BYTES,
    killSecondsAfterClose: limit + 1,
  });
  const seconds = outcome.secondsAfterClose;
  if (seconds === undefined) return [error('it ended before its reader went away')];
  return [
    ...unless(
      seconds <= limit,
      `${seconds.toFixed(1)} s from the end of its reader to its own, ${limit} s may be`,
    ),
    ...unless(
      outcome.exit !== 0,
      'it ended with exit code 0, as if all had been read, though its reader was gone',
    ),
  ];
}

async function run(
  stage: Stage,
  {config_path: configPath}: Blocked,
  reader: ReaderBehaviour,
): Promise<Outcome> {
  const more: Partial<Command> = {reader};
  if (stage.kind === 'destination')
    return stage.runner.run(flood(stage, configPath, more));
  const catalog = wholly(await stage.streams(configPath));
  return stage.read({configPath, catalog, more});
}
