import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {CHECKS} from './checks/registry';
import {loadPlan} from './config/load';
import {judge} from './harness';
import {OUR_STAGES, type OurConnector} from './ours/stages';
import type {Result} from './report/result';
import {executable} from './run/executable';
import {Stage} from './stage/stage';

const MINUTES_MS = 60_000;

/** What may stay unasked of a program, and nothing else. */
const EXCUSES = [
  'it is for images',
  'it is for a source',
  'it is for a destination',
  'the tests use no network beyond this machine',
];

describe.each(Object.keys(OUR_STAGES) as OurConnector[])('%s', (connector) => {
  let results: readonly Result[];
  beforeAll(async () => {
    await using ours = await OUR_STAGES[connector]();
    const plan = loadPlan(ours.plan);
    const work = mkdtempSync(path.join(tmpdir(), 'acceptance-runs-'));
    const environment = plan.airbyte.custom_environment_variables;
    results = await judge(
      new Stage(plan, executable(ours.program, {work, environment})),
    );
  }, 25 * MINUTES_MS);

  it.each(CHECKS.map(({id, title}) => [id, title]))('%s %s', (id, title) => {
    const result = results.find((each) => each.id === id && each.title === title);

    expect(result).toBeDefined();
    expect(result?.findings.filter(({severity}) => severity === 'error')).toEqual([]);
    expect([undefined, ...EXCUSES]).toContain(result?.reason);
  });
});
