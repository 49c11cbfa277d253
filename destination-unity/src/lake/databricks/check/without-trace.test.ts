import {countedStaging} from './counted-staging.stand-in';
import {TrialChecks} from './trial-check.stand-in';
import {TrialWarehouse, type Failing, type Refusals} from './trial-warehouse.stand-in';

const WAYS: readonly Failing['how'][] = ['refused', 'lost_before', 'lost_after'];

let checks: TrialChecks;

beforeAll(async () => {
  checks = await TrialChecks.open();
});

afterAll(() => checks.close());

/** Whatever statement of a check fails, and in whatever way. */
describe.each<[string, Refusals]>([
  ['in a schema with a volume', {}],
  ['in a schema without a volume', {LIST: {errorClass: 'VOLUME_NOT_FOUND'}}],
  [
    'in a catalog without the schema',
    {'DESCRIBE SCHEMA `main`.`pi`': {errorClass: 'SCHEMA_NOT_FOUND'}},
  ],
])('a check %s', (_, refusals) => {
  it.each(WAYS)('leaves nothing behind when a statement is %s', async (how) => {
    const statements = await asked(refusals);
    expect(statements.length).toBeGreaterThan(10);

    for (const [at, statement] of statements.entries()) {
      if (isCleaning(statements, at)) continue;
      const {warehouse, staging} = await failing(refusals, {at, how});

      expect([statement, ...warehouse.present]).toEqual([statement]);
      expect([statement, ...staging.left()]).toEqual([statement]);
    }
  });

  it.each(WAYS)('says so when what takes things away is %s', async (how) => {
    const statements = await asked(refusals);
    const cleaning = [...statements.keys()].filter((at) => isCleaning(statements, at));
    expect(cleaning.length).toBeGreaterThan(0);

    for (const at of cleaning) {
      const {outcome} = await failing(refusals, {at, how});

      expect(outcome).toContain('not taken away again by DROP');
    }
  });
});

async function asked(refusals: Refusals): Promise<readonly string[]> {
  const warehouse = new TrialWarehouse(refusals);
  await checks.run({warehouse});
  return warehouse.asked;
}

/** The statements at the end. */
function isCleaning(statements: readonly string[], at: number): boolean {
  return statements.slice(at).every((sql) => sql.startsWith('DROP '));
}

interface Failed {
  readonly warehouse: TrialWarehouse;
  readonly staging: ReturnType<typeof countedStaging>;
  readonly outcome: string;
}

async function failing(refusals: Refusals, failure: Failing): Promise<Failed> {
  const warehouse = new TrialWarehouse(refusals);
  warehouse.failing = failure;
  const staging = countedStaging();
  const outcome = await checks.run({warehouse, staging}).catch(String);
  return {warehouse, staging, outcome};
}
