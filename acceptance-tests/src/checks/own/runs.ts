import {accountOf, type ReadAccount} from '../../reading/account';
import type {Run, Stage} from '../../stage/stage';

/** A read that the checks of the basic read judge, counts and statuses included. */
export function isBasicRead(stage: Stage, {command}: Run): boolean {
  const {command: name, config, state} = command;
  if (name !== 'read' || state !== undefined) return false;
  return stage
    .tests('basic_read')
    .some(({config_path: path}) => isSame(stage.document(path), config?.content));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The account of a read that several checks ask for. */
export function accountOfRun(stage: Stage, {outcome}: Run): Promise<ReadAccount> {
  return stage.once(`account ${outcome.stdoutFile}`, () => accountOf(outcome));
}
