import type {Spark} from '../src/spark/start-spark';

/** What the tests are told of the Spark that was started for all of them. */
export interface RunningSpark {
  readonly port: number;
  /** Its tables lie under `warehouse`; each test file adds a folder for its volumes. */
  readonly folder: string;
}

const VARIABLE = 'SPARK_TESTS';

/** Tells it to the processes of the tests. */
export function tellRunning(running: RunningSpark): void {
  process.env[VARIABLE] = JSON.stringify(running);
}

export function runningSpark(): RunningSpark {
  const told = process.env[VARIABLE];
  if (told === undefined) throw new Error('Spark was not started for these tests.');
  return JSON.parse(told) as RunningSpark;
}

/** Kept between the set-up and the end, which share one process. */
export const kept: {spark?: Spark} = globalThis as {spark?: Spark};
