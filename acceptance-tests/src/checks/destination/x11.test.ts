import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {loadPlan} from '../../config/load';
import {executable} from '../../run/executable';
import {Stage} from '../../stage/stage';
import {Storage} from './storage';
import {RULES} from './x11';

const BROKEN = path.join(__dirname, '../../../broken/destination');
const FAULTY = path.join(BROKEN, 'faulty.cjs');
const {FAULTS} = jest.requireActual<{readonly FAULTS: readonly string[]}>(FAULTY);

/** The faults that are smaller than those of the scripts `X11-….cjs`. */
describe('a rule of X11', () => {
  const base = mkdtempSync(path.join(tmpdir(), 'faulty-tables-'));
  beforeAll(() => {
    process.env['SOUND_DESTINATION_BASE'] = base;
  });
  afterAll(() => rmSync(base, {recursive: true, force: true}));

  it.each(FAULTS)('finds "%s"', async (fault) => {
    const rule = RULES.find(({id}) => fault.startsWith(`${id}: `));
    const stage = new Stage(
      loadPlan(path.join(BROKEN, 'plan/acceptance-test-config.yml')),
      executable(FAULTY, {work: base, environment: {FAULT: fault}}),
    );

    const findings = await rule?.judge(new Storage(stage), [
      ...(['append', 'overwrite', 'append_dedup'] as const),
    ]);

    expect(findings).not.toEqual([]);
    expect(findings).toBeDefined();
    expect(JSON.stringify(findings)).not.toContain('could not be judged');
  });
});
