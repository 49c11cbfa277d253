import type {BasicReadTest} from '../../config/airbyte-config';
import {endOf} from '../../run/outcome';
import {streamName} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, unless, type Check, type Finding} from '../check';
import {badCatalogFindings} from './bad-catalog';
import {basicRead, type BasicRead} from './read-once';
import {stateFindings} from './states';
import {statusFindings} from './statuses';
import {strictnessFindings} from './strictness';

/** A read of everything, and one of nothing that exists. */
export const READ_CHECKS: readonly Check[] = [
  {
    id: 'R0',
    title: 'a plan at strictness high leaves out nothing without a reason',
    kinds: ['source'],
    bypass: ({isStrict}) =>
      isStrict ? undefined : 'the plan is not at strictness high',
    run: (stage) => Promise.resolve(strictnessFindings(stage)),
  },
  {
    id: 'R1',
    title: 'a read of all streams brings records and ends with exit code 0',
    ...ofRead(endFindings),
  },
  {
    id: 'R2',
    title: 'each stream that is not called empty brings a record',
    ...ofRead(emptyFindings),
  },
  {
    id: 'R3',
    title: 'each record fits the schema of its stream, and brings no other column',
    ...ofRead(
      ({findings}) => findings.R3,
      ({validate_schema: isAsked}) => unlessAsked(isAsked, 'validate_schema'),
    ),
  },
  {
    id: 'R4',
    title: 'each record has a field of its schema',
    ...ofRead(({findings}) => findings.R4),
  },
  {
    id: 'R5',
    title: 'a primary key is of plain values, not all null, and never there twice',
    ...ofRead(({findings}) => findings.R5),
  },
  {
    id: 'R6',
    title: 'each field of a schema has a value in some record',
    ...ofRead(
      ({findings}) => findings.R6,
      ({validate_data_points: isAsked}) => unlessAsked(isAsked, 'validate_data_points'),
    ),
  },
  {
    id: 'R7',
    title: 'the expected records are among those read, field by field',
    ...ofRead(expectedFindings, expectsNothing),
  },
  {
    id: 'R8',
    title: 'each stream says STARTED, RUNNING and COMPLETE around its records',
    ...ofRead(statusFindings, ({validate_stream_statuses: isAsked}) =>
      unlessAsked(isAsked, 'validate_stream_statuses'),
    ),
  },
  {
    id: 'R9',
    title: 'each stream has states, which count its records',
    ...ofRead(stateFindings, ({validate_state_messages: isAsked}) =>
      unlessAsked(isAsked, 'validate_state_messages'),
    ),
  },
  {
    id: 'R10',
    title: 'a read of what does not exist ends with a TRACE ERROR and no exit code 0',
    ...ofTests(badCatalogFindings),
  },
];

type Judge = (read: BasicRead, test: BasicReadTest, stage: Stage) => readonly Finding[];
type Reason = (test: BasicReadTest, stage: Stage) => string | undefined;

/** A check that looks at the one read of each test of basic_read. */
function ofRead(
  judge: Judge,
  notAsked?: Reason,
): Pick<Check, 'kinds' | 'bypass' | 'run'> {
  return ofTests(
    async (stage, test) => judge(await basicRead(stage, test), test, stage),
    notAsked,
  );
}

/** A check that looks at each test of basic_read that asks for it. */
function ofTests(
  judge: (stage: Stage, test: BasicReadTest) => Promise<readonly Finding[]>,
  notAsked: Reason = () => undefined,
): Pick<Check, 'kinds' | 'bypass' | 'run'> {
  return {
    kinds: ['source'],
    bypass: (stage) => {
      const reasons = stage.tests('basic_read').map((test) => notAsked(test, stage));
      const isAsked = reasons.length === 0 || reasons.includes(undefined);
      return stage.bypassed('basic_read') ?? (isAsked ? undefined : reasons[0]);
    },
    run: (stage) =>
      all(stage.tests('basic_read'), async (test) =>
        notAsked(test, stage) === undefined ? judge(stage, test) : [],
      ),
  };
}

function unlessAsked(isAsked: boolean, option: string): string | undefined {
  return isAsked ? undefined : `the plan switches ${option} off`;
}

function endFindings({outcome, account}: BasicRead): readonly Finding[] {
  return [
    ...unless(outcome.exit === 0, `the read ${endOf(outcome)}`),
    ...unless(account.records > 0, 'the read brings no record at all'),
    ...account.errors.map(({message}) => error(`the read says: ${String(message)}`)),
  ];
}

/** Where there is no record at all, that is said once, by R1. */
function emptyFindings({catalog, account}: BasicRead): readonly Finding[] {
  if (account.records === 0) return [];
  return catalog.streams
    .map(({stream}) => streamName(stream))
    .filter((name) => !account.streams.get(name)?.records)
    .map((name) => error(`${name}: no record`));
}

function expectedFindings(
  {findings}: BasicRead,
  test: BasicReadTest,
): readonly Finding[] {
  return test.expect_records?.path === undefined
    ? [error('the plan expects no records, and gives no reason')]
    : findings.R7;
}

function expectsNothing(
  {expect_records: expect}: BasicReadTest,
  {isStrict}: Stage,
): string | undefined {
  if (expect?.path !== undefined) return undefined;
  return (
    expect?.bypass_reason ?? (isStrict ? undefined : 'the plan expects no records')
  );
}
