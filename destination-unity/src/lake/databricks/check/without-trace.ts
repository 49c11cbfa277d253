import {ConfigError} from 'airbyte-cdk-ts';

import {absentIn} from './absence';
import {isDenied} from '../grants';
import type {Trial} from './trial';

/** A statement that did not take away what it should. */
interface Remainder {
  readonly drop: string;
  readonly reason: string;
  /** What may not even be looked at, or is not there, was not made. */
  readonly isLikely: boolean;
}

/**
 * Acts, and takes away what the trial made, whether it went well or not. Rejects with a
 * `ConfigError` where it went well and something stays.
 */
export async function withoutTrace<Result>(
  trial: Trial,
  act: () => Promise<Result>,
): Promise<Result> {
  let result: Result;
  try {
    result = await act();
  } catch (failure) {
    const rest = await cleanUp(trial);
    for (const {drop, reason, isLikely} of rest) {
      const text = `The check could not clean up by ${drop}: ${reason}`;
      if (isLikely) trial.engine.log.warn(text);
      else trial.engine.log.debug(text);
    }
    throw failure;
  }
  const [first] = await cleanUp(trial);
  if (first === undefined) return result;
  throw new ConfigError(
    `Everything was made, but not taken away again by ${first.drop}: ${first.reason} ` +
      'The principal must own what it makes.',
  );
}

/** Answers with what stays. Never rejects. */
async function cleanUp({
  engine: {warehouse},
  made,
}: Trial): Promise<readonly Remainder[]> {
  const rest: Remainder[] = [];
  for (const drop of [...made.drops].reverse()) {
    try {
      const outcome = await warehouse.attempt(drop);
      if (outcome.kind === 'done') continue;
      const {refusal} = outcome;
      const isLikely = !isDenied(refusal) && absentIn(refusal) === undefined;
      rest.push({drop, reason: refusal.message, isLikely});
    } catch (failure) {
      const reason = failure instanceof Error ? failure.message : String(failure);
      rest.push({drop, reason, isLikely: true});
    }
  }
  return rest;
}
