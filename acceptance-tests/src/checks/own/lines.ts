import {linesOf, type Line, type Outcome} from '../../run/outcome';
import {faultOf} from '../../protocol/validate';
import type {Run} from '../../stage/stage';
import {all, error, type Check, type Finding} from '../check';

/** Findings of one run that are told apart; what follows them is only counted. */
const TOLD = 5;

/** X1: whatever was run, standard output had messages of the protocol and nothing else. */
export const LINES: Check = {
  id: 'X1',
  title: 'each line of standard output is a message of the protocol, its type first',
  run: ({runs}) => all(runs, findings),
};

async function findings({outcome}: Run): Promise<readonly Finding[]> {
  const seen = new Map<string, number>();
  for await (const fault of faults(outcome))
    seen.set(fault, (seen.get(fault) ?? 0) + 1);
  const told = [...seen].slice(0, TOLD);
  return told.map(([fault, times]) =>
    error(`${outcome.command}: ${fault}${times > 1 ? ` (${times} times)` : ''}`),
  );
}

async function* faults(outcome: Outcome): AsyncIterable<string> {
  let last: Line | undefined;
  for await (const line of linesOf(outcome)) {
    if (last !== undefined) yield* faultsOf(last);
    last = line;
  }
  const isTorn = outcome.isCut && last?.message === undefined;
  if (last !== undefined && !isTorn) yield* faultsOf(last);
}

// The line itself is not shown: it may be a row of somebody's.
function* faultsOf({text, message}: Line): Iterable<string> {
  if (message === undefined) {
    yield `a line of ${text.length} characters is no JSON object`;
    return;
  }
  if (!/^\{\s*"type"\s*:/.test(text)) yield 'a message does not begin with its type';
  const fault = faultOf(message);
  if (fault !== undefined) yield fault;
}
