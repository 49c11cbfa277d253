import type {Drained} from '../contestants/drain-answers';
import {runAlone} from '../process/run';
import {program} from '../products/programs';
import type {ServedHistory} from './history';
import {sampleOf, type Run} from './sample';

/**
 * Asks the server of a history for all that was recorded and drops the answers: clock
 * time from the first question on, and the processor time of the server alone.
 */
export async function drained({origin, history}: ServedHistory): Promise<Run> {
  const {recording, records} = history;
  const script = require.resolve('../contestants/drain-answers');
  const before = await cpuSecondsOf(origin);
  const outcome = await runAlone(program(script, recording, origin));
  const cpuSeconds = (await cpuSecondsOf(origin)) - before;
  const {wallSeconds} = JSON.parse(outcome.said) as Drained;
  return {...sampleOf(outcome, records), wallSeconds, cpuSeconds};
}

async function cpuSecondsOf(origin: string): Promise<number> {
  const answer = await fetch(`${origin}/usage`);
  const {user, system} = (await answer.json()) as NodeJS.CpuUsage;
  return (user + system) / 1e6;
}
