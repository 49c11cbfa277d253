import {readFileSync} from 'node:fs';

import type {BasicReadTest} from '../../config/airbyte-config';
import {accountOf, type ReadAccount} from '../../reading/account';
import {recordIn} from '../../reading/records';
import type {Message, Outcome} from '../../run/outcome';
import {streamName, wholly, type ConfiguredCatalog} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {error, type Finding} from '../check';
import {DataPointJudge} from './data-points';
import {ExpectedRecordsJudge} from './expected-records';
import {KeyJudge} from './keys';
import type {ReadPlan, RecordJudge} from './record-judge';
import {SchemaJudge, SharedPathJudge} from './schemas';

/** The read of a basic_read test, made and looked through once for all its checks. */
export interface BasicRead {
  readonly catalog: ConfiguredCatalog;
  readonly outcome: Outcome;
  readonly account: ReadAccount;
  /** What the judges of records found, by the id of their check. */
  readonly findings: Readonly<Record<RecordCheckId, readonly Finding[]>>;
}

type RecordCheckId = 'R3' | 'R4' | 'R5' | 'R6' | 'R7';

/** Reads all streams that the test does not call empty, whole. */
export function basicRead(stage: Stage, test: BasicReadTest): Promise<BasicRead> {
  return stage.once(`basic read ${JSON.stringify(test)}`, async () => {
    const catalog = await catalogOf(stage, test);
    const outcome = await stage.read({
      configPath: test.config_path,
      catalog,
      more: test.timeout_seconds ? {timeoutSeconds: test.timeout_seconds} : {},
    });
    return judged(
      stage,
      {test, catalog, expected: expectedRecords(stage, test)},
      outcome,
    );
  });
}

async function catalogOf(
  stage: Stage,
  {
    config_path: config,
    configured_catalog_path: path,
    empty_streams: empty,
  }: BasicReadTest,
): Promise<ConfiguredCatalog> {
  if (path !== undefined && !stage.isStrict) {
    return stage.document(path) as ConfiguredCatalog;
  }
  const names = new Set(empty.map(({name}) => name));
  const streams = await stage.streams(config);
  return wholly(streams.filter(({name}) => !names.has(name)));
}

function expectedRecords(
  stage: Stage,
  {expect_records: expect}: BasicReadTest,
): string | undefined {
  return expect?.path === undefined
    ? undefined
    : readFileSync(stage.path(expect.path), 'utf8');
}

async function judged(
  stage: Stage,
  plan: ReadPlan,
  outcome: Outcome,
): Promise<BasicRead> {
  const {catalog} = plan;
  const expected = new ExpectedRecordsJudge(plan);
  const judges = {
    R3: new SchemaJudge(plan),
    R4: new SharedPathJudge(),
    R5: new KeyJudge(plan),
    R6: new DataPointJudge(plan),
    R7: expected,
  };
  const account = await accountOf(outcome, passer(catalog, Object.values(judges)));
  const unmentioned =
    stage.isStrict && plan.expected !== undefined ? expected.unmentioned : [];
  return {
    ...{catalog, outcome, account},
    findings: {
      R3: judges.R3.findings(),
      R4: judges.R4.findings(),
      R5: await judges.R5.findings(outcome),
      R6: judges.R6.findings(),
      R7: [
        ...expected.findings(),
        ...unmentioned.map((name) =>
          error(`${name}: the plan expects no record of it`),
        ),
      ],
    },
  };
}

/** Shows each RECORD message to every judge. */
function passer(
  {streams}: ConfiguredCatalog,
  judges: readonly RecordJudge[],
): (message: Message, text: string) => void {
  const asked = new Map(streams.map((each) => [streamName(each.stream), each]));
  return (message, text) => {
    if (message['type'] !== 'RECORD') return;
    const {name, data} = recordIn(message);
    const taken = {name, data, stream: asked.get(name), text};
    for (const judge of judges) judge.take(taken);
  };
}
