import {linesOf, type StateMessage} from '../play/messages';
import type {Attempt, Performance} from '../play/player';
import {rowOf} from '../play/row';
import {type Claims, claimsOf} from './claims';
import {Coverage} from './coverage';
import {type Ending, judgeEnd} from './ending';
import {judgeFrames} from './frames';
import {PointCase} from './point-case';
import {type Problem, Problems} from './problems';
import {judgeStandings, toldOfPoints} from './standings';
import {type Bounds, boundsOf} from './bounds';

/** What a run came to. */
export interface Verdict {
  /** The first few; none for a run that passed. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly events: number;
  readonly healed: number;
}

/** Holds what was delivered and what was said against what the archive held. */
export function judge(performance: Performance): Verdict {
  return new Judge(performance).verdict();
}

class Judge {
  private readonly problems = new Problems();
  private readonly cases: ReadonlyMap<string, PointCase>;
  private readonly last: Attempt | undefined;
  private events = 0;
  private healed = 0;

  constructor(private readonly performance: Performance) {
    const {points, story} = performance;
    const {settings} = story;
    this.cases = new Map(
      points.map((known) => [
        known.webId,
        new PointCase(known, settings, this.problems),
      ]),
    );
    this.last = performance.attempts.at(-1);
  }

  verdict(): Verdict {
    for (const attempt of this.performance.attempts) this.judgeAttempt(attempt);
    judgeFrames(this.performance.attempts, this.problems);
    const {problems, events, healed} = this;
    return {problems: problems.kept, problemCount: problems.count, events, healed};
  }

  private judgeAttempt(attempt: Attempt): void {
    const bounds = boundsOf(attempt, this.performance.story.settings);
    const before = claimsOf(stateOf(attempt.states));
    const coverage = new Coverage(this.performance.story.settings, before, attempt);
    for (const one of this.cases.values()) one.beginAttempt(before);
    this.readOutput(attempt, bounds, coverage);
    const claims = coverage.last;
    for (const one of this.cases.values()) {
      one.judgeCoverage(attempt, coverage.of(one.truth.known.key));
    }
    this.countHealed(before, claims);
    const cases = [...this.cases.values()];
    const isLast = attempt === this.last;
    if (attempt.exitCode === 0) this.judgeComplete(attempt, {cases, bounds, claims});
    const {maxReturnedItems} = this.performance.story.server;
    judgeEnd({attempt, cases, bounds, claims, isLast, maxReturnedItems}, this.problems);
  }

  /** What holds only for a sync that came to its end. */
  private judgeComplete(
    attempt: Attempt,
    facts: Pick<Ending, 'cases' | 'bounds' | 'claims'>,
  ): void {
    const {number, hasFaults, from, to} = attempt;
    const isMoved = facts.cases.some(({truth}) => truth.isMovedDuring(number));
    const isUndisturbed = !hasFaults && !isMoved && from === to;
    const told = toldOfPoints(attempt.text);
    judgeStandings({...facts, attempt: number, told, isUndisturbed}, this.problems);
    for (const one of facts.cases) one.judgeFuture(attempt, facts.bounds, facts.claims);
  }

  private readOutput(attempt: Attempt, bounds: Bounds, coverage: Coverage): void {
    let sinceState = 0;
    for (const line of linesOf(attempt.text)) {
      if (line.kind === 'record') {
        if (line.stream !== 'timeseries') continue;
        sinceState += 1;
        this.readRow(line.data, attempt, bounds);
        continue;
      }
      const {state} = line.message;
      if (state?.stream.stream_descriptor.name !== 'timeseries') continue;
      const told = state.sourceStats.recordCount;
      if (told !== sinceState)
        this.problems.add(
          'miscounted',
          `attempt ${attempt.number}: a state counts ${told} records, ${sinceState} came.`,
        );
      sinceState = 0;
      const claims = claimsOf(state.stream.stream_state);
      coverage.add(claims);
      for (const one of this.cases.values()) one.judgeClaim(claims, attempt);
    }
  }

  private readRow(data: string, attempt: Attempt, bounds: Bounds): void {
    this.events += 1;
    const row = rowOf(data);
    const one = row === undefined ? undefined : this.cases.get(row.webId);
    if (row === undefined || one === undefined) {
      this.problems.add(
        'not understood',
        `attempt ${attempt.number}: ${data.slice(0, 300)}`,
      );
      return;
    }
    one.take(row, attempt, bounds);
  }

  private countHealed(before: Claims, after: Claims): void {
    for (const {truth} of this.cases.values()) {
      const {key} = truth.known;
      if (before.isLaggard(key) && !after.isLaggard(key)) this.healed += 1;
    }
  }
}

function stateOf(states: ReadonlyMap<string, StateMessage>): unknown {
  return states.get('timeseries')?.stream.stream_state;
}
