import type {ConnectionTest} from '../../config/airbyte-config';
import {endOf, inside, messagesOfType, type Outcome} from '../../run/outcome';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';

const STATUS = {succeed: 'SUCCEEDED', failed: 'FAILED'} as const;

/** `check`: one CONNECTION_STATUS, whatever stands in the way. */
export const CONNECTION_CHECKS: readonly Check[] = [
  {
    id: 'C1',
    title: 'check of a good config says SUCCEEDED, once',
    ...of('succeed', (outcome) => statusFindings(outcome, STATUS.succeed)),
  },
  {
    id: 'C2',
    title: 'check of a bad config says FAILED, once, and ends with exit code 0',
    ...of('failed', async (outcome) => [
      ...(await statusFindings(outcome, STATUS.failed)),
      ...unless(outcome.exit === 0, `check ${endOf(outcome)} instead of 0`),
    ]),
  },
  {
    id: 'C3',
    title: 'check of what is no config ends with one TRACE ERROR that has a message',
    ...of('exception', traceFindings),
  },
];

/** A check that looks at each connection test with a given expectation. */
function of(
  status: ConnectionTest['status'],
  judge: (outcome: Outcome) => Promise<readonly Finding[]>,
): Pick<Check, 'bypass' | 'run'> {
  const tests = (stage: Stage) =>
    stage.tests('connection').filter((test) => test.status === status);
  return {
    bypass: (stage) =>
      stage.bypassed('connection') ??
      (tests(stage).length === 0 ? `no test expects "${status}"` : undefined),
    run: (stage) =>
      all(tests(stage), async ({config_path: path}) =>
        (await judge(await stage.check(path))).map((finding) => ({
          ...finding,
          message: `${path}: ${finding.message}`,
        })),
      ),
  };
}

async function statusFindings(
  outcome: Outcome,
  wanted: string,
): Promise<readonly Finding[]> {
  const said = (await messagesOfType(outcome, 'CONNECTION_STATUS')).map((message) =>
    inside(message, 'connectionStatus', 'status'),
  );
  return said.length === 1 && said[0] === wanted
    ? []
    : [error(`check said ${JSON.stringify(said)} instead of ["${wanted}"]`)];
}

async function traceFindings(outcome: Outcome): Promise<readonly Finding[]> {
  const traces = await messagesOfType(outcome, 'TRACE');
  const message = inside(traces[0], 'trace', 'error', 'message');
  return [
    ...unless(traces.length === 1, `${traces.length} TRACE messages instead of one`),
    ...unless(
      typeof message === 'string' && message !== '',
      'the TRACE has no error.message',
    ),
    ...unless(outcome.exit !== 0, 'the process ended with exit code 0'),
  ];
}
