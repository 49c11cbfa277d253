import type {Instant} from '../instant';
import {linesOf, type Message} from '../play/messages';
import type {Attempt} from '../play/player';
import type {Bounds} from './bounds';
import type {Claims} from './claims';
import type {PointCase} from './point-case';
import type {PointTruth} from './point-truth';
import type {Problem, Problems} from './problems';

/** An attempt at its end. */
export interface Ending {
  readonly attempt: Attempt;
  readonly cases: readonly PointCase[];
  readonly bounds: Bounds;
  /** Of the last state. */
  readonly claims: Claims;
  /** Whether everything must have healed by now. */
  readonly isLast: boolean;
  /** Of the server: more events on one timestamp cannot be read by anybody. */
  readonly maxReturnedItems: number;
}

/** Whether an attempt ended as what it did deserves. */
export function judgeEnd(ending: Ending, problems: Problems): void {
  const {attempt} = ending;
  const {number, exitCode, isEndless, requests} = attempt;
  if (isEndless) {
    problems.add('without end', `attempt ${number}: ${requests} requests, and no end.`);
    return;
  }
  if (exitCode === undefined) return;
  const messages = [...linesOf(attempt.text)].flatMap((line) =>
    line.kind === 'message' ? line.message : [],
  );
  judgeStatuses(attempt, messages, problems);
  const mustSucceed = !attempt.hasFaults || ending.isLast;
  if (mustSucceed && exitCode !== 0) {
    problems.add(
      'wrong end',
      `attempt ${number}: exit code ${exitCode} without any fault: ${errorsOf(messages)}`,
    );
  }
  if (exitCode === 0) judgeClaims(ending, problems);
}

/** Exit code 0 exactly where every stream is COMPLETE; otherwise an error says why. */
function judgeStatuses(
  {number, exitCode}: Attempt,
  messages: readonly Message[],
  problems: Problems,
): void {
  const statuses = new Map<string, string>();
  for (const {trace} of messages) {
    const told = trace?.stream_status;
    if (told !== undefined) statuses.set(told.stream_descriptor.name, told.status);
  }
  const open = [...statuses].filter(([, status]) => status !== 'COMPLETE');
  const isComplete = open.length === 0 && statuses.size > 0;
  if (isComplete !== (exitCode === 0)) {
    const said = JSON.stringify([...statuses]);
    problems.add(
      'wrong end',
      `attempt ${number}: exit code ${exitCode} with statuses ${said}.`,
    );
  }
  const isNamed = messages.some(({trace}) => trace?.error !== undefined);
  if (exitCode !== 0 && !isNamed) {
    problems.add(
      'wrong end',
      `attempt ${number}: exit code ${exitCode} without an error.`,
    );
  }
}

function errorsOf(messages: readonly Message[]): string {
  const errors = messages.flatMap(({trace}) => trace?.error ?? []);
  return errors
    .map((error) => error.internal_message ?? error.message)
    .join(' | ')
    .slice(0, 600);
}

/** A sync that is complete claims everything, or names what it does not claim. */
function judgeClaims(ending: Ending, problems: Problems): void {
  const {attempt, cases, claims, isLast} = ending;
  for (const {truth} of cases) {
    if (!truth.isVisibleThroughout(attempt.number)) continue;
    const fault = faultOf(truth, ending);
    const at = `attempt ${attempt.number}, "${truth.known.names.at(-1)?.name}"`;
    if (fault !== undefined) problems.add(fault.charge, `${at}: ${fault.what}`);
  }
  if (!isLast || claims.isAtRest) return;
  problems.add('claimed too little', 'The last state is not at rest.');
}

function faultOf(truth: PointTruth, ending: Ending): Problem | undefined {
  const {claims, isLast, maxReturnedItems} = ending;
  const {key} = truth.known;
  if (!claims.isLaggard(key)) return faultOfClaim(claims.cursor(key), ending.bounds);
  if (!isLast || truth.overflows(maxReturnedItems)) return undefined;
  return {charge: 'claimed too little', what: 'still set aside at the end.'};
}

function faultOfClaim(claim: Instant | undefined, bounds: Bounds): Problem | undefined {
  const {leastEnd, mostEnd, start} = bounds;
  if (claim === undefined || claim < leastEnd) {
    const what = `complete up to ${claim ?? 'nothing'} and not to ${leastEnd}, without a word.`;
    return {charge: 'claimed too little', what};
  }
  const isBehind = claim > latest(mostEnd, start);
  const what = `${claim} is behind the end of the sync.`;
  return isBehind ? {charge: 'claimed too much', what} : undefined;
}

function latest(a: Instant, b: Instant): Instant {
  return a < b ? b : a;
}
