import type {IncrementalTest} from '../../config/airbyte-config';
import {endOf} from '../../run/outcome';
import {streamName} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';
import {futureFindings} from './future';
import {incrementalCatalog, readIncrementally, statesToHandBack} from './reads';
import {sliceFindings} from './slices';

/** Reads that go on where a state says. */
export const INCREMENTAL_CHECKS: readonly Check[] = [
  {
    id: 'I1',
    title: 'a second incremental read does not bring the records of the first again',
    ...ofTests(sequenceFindings),
  },
  {
    id: 'I2',
    title: 'a read resumed at a state brings what the first read brought after it',
    ...ofTests(sliceFindings, (test) =>
      test.skip_comprehensive_incremental_tests
        ? 'the plan skips comprehensive incremental tests'
        : undefined,
    ),
  },
  {
    id: 'I3',
    title: 'after a state of the far future there is no record, and yet a state',
    ...ofTests(futureFindings, ({future_state: future}, {isStrict}) => {
      if (future?.future_state_path !== undefined) return undefined;
      return (
        future?.bypass_reason ?? (isStrict ? undefined : 'the plan has no future_state')
      );
    }),
  },
];

function ofTests(
  judge: (stage: Stage, test: IncrementalTest) => Promise<readonly Finding[]>,
  notAsked: (test: IncrementalTest, stage: Stage) => string | undefined = () =>
    undefined,
): Pick<Check, 'kinds' | 'bypass' | 'run'> {
  return {
    kinds: ['source'],
    bypass: (stage) => {
      const reasons = stage.tests('incremental').map((test) => notAsked(test, stage));
      const isAsked = reasons.length === 0 || reasons.includes(undefined);
      return stage.bypassed('incremental') ?? (isAsked ? undefined : reasons[0]);
    },
    run: (stage) =>
      all(stage.tests('incremental'), async (test) =>
        notAsked(test, stage) === undefined ? judge(stage, test) : [],
      ),
  };
}

async function sequenceFindings(
  stage: Stage,
  test: IncrementalTest,
): Promise<readonly Finding[]> {
  const catalog = await incrementalCatalog(stage, test);
  const first = await readIncrementally(stage, test, {catalog});
  const state = statesToHandBack(first.account);
  const second = await readIncrementally(stage, test, {catalog, state});
  const withoutCursor = catalog.streams.filter(({cursor_field: cursor}) => !cursor);
  return [
    ...unless(catalog.streams.length > 0, 'no stream can be read incrementally'),
    ...withoutCursor.map(({stream}) =>
      error(`${streamName(stream)}: it has no cursor to be read by`),
    ),
    ...unless(first.outcome.exit === 0, `the first read ${endOf(first.outcome)}`),
    ...unless(second.outcome.exit === 0, `the second read ${endOf(second.outcome)}`),
    ...unless(first.account.records > 0, 'the first read brings no record'),
    ...unless(state.length > 0, 'the first read brings no state to hand back'),
    ...unless(
      first.account.records === 0 || first.digest !== second.digest,
      'the second read brings the records of the first again',
    ),
  ];
}
