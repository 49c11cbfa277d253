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

/** What must be said of each fault. */
const SAID: Readonly<Record<string, string>> = {
  'states: counts from the beginning': 'after 0 records',
  'states: no counts': 'destinationStats are undefined',
  'states: unknown members left out': 'state 2: came back as',
  'states: numbers as doubles': 'an integer of 64 bits',
  'states: those without records left out': '[1, 3] came back',
  'states: one twice': '[1, 1, 2, 2',
  'global: counts one stream': 'after 2 records',
  'noise: fails on text': 'exit code 1',
  'noise: fails on an undeclared member': 'exit code 1',
  'noise: takes STARTED for the end of rows': '[1] instead of [1, 2]',
  'torn: quotes the line': 'is quoted',
  'torn: goes on behind it': 'a state after the torn record came back',
  'torn: throws away what came before': 'the record before the torn one is lost',
  'strangers: given to whoever is there': '[1, 2, 7]',
  'unended: throws the rows away': 'the stream without end',
  'unended: says no reason': 'no TRACE ERROR',
  'unended: keeps the states': '1 of 2 states',
  'incomplete: takes it for COMPLETE': 'the exit code was 0',
  'values: ids that repeat': '_airbyte_raw_id is',
  'values: extracted when stored': '_airbyte_extracted_at is',
  'values: no generation': '_airbyte_generation_id is 0',
  'values: no sync': 'no sync_id 42',
  "values: the source's changes left out": "a change of the source's",
  'values: empty texts as null': 'empty: ',
  'values: milliseconds': 'at: ',
  'values: zones left out': 'elsewhere: ',
  'values: 38 digits cut to 29': 'digits: ',
  'values: objects as what JavaScript prints': '[object Object]',
  'misfits: ends at the first': 'exit code 1',
  'misfits: leaves the row out': 'rows instead of',
  'misfits: takes the nearest integer': 'whole 9223372036854775808 is stored as',
  'two syncs: the last to arrive stays': 'lost: older cursor',
  'two syncs: the time of extraction does not count': 'lost: extracted earlier',
  'two syncs: keys with a null are all different': 'lost: older, with a null',
  'two syncs: only the first part of the key counts': 'append_dedup: ',
  'two syncs: overwrite appends': 'overwrite: the table has [1, 2, 2, 3]',
  'two syncs: append replaces': 'append: the table has [2, 3]',
  'generations: never replaces': '[1, 2, 3] instead of [1, 2]',
  'generations: replaces without end': '[3] instead of [1, 2]',
  'generations: replaces at the same generation': '[5] instead of [3, 4, 5]',
  'generations: replaces at every new generation': '[6] instead of [3, 4, 5, 6]',
  'generations: forgets what was set aside': '[4] instead of [3, 4]',
  'generations: never clears': 'a clear empties the table',
};

/** The faults that are smaller than those of the scripts `X11-….cjs`. */
describe('a rule of X11', () => {
  const base = mkdtempSync(path.join(tmpdir(), 'faulty-tables-'));
  beforeAll(() => {
    process.env['SOUND_DESTINATION_BASE'] = base;
  });
  afterAll(() => rmSync(base, {recursive: true, force: true}));

  it('has a word for every fault', () => {
    expect(Object.keys(SAID).sort()).toEqual([...FAULTS].sort());
  });

  it.each(FAULTS)('finds "%s"', async (fault) => {
    const rule = RULES.find(({id}) => fault.startsWith(`${id}: `));
    const stage = new Stage(
      loadPlan(path.join(BROKEN, 'plan/acceptance-test-config.yml')),
      executable(FAULTY, {work: base, environment: {FAULT: fault}}),
    );

    const findings = await rule?.judge(new Storage(stage), [
      ...(['append', 'overwrite', 'append_dedup'] as const),
    ]);

    const said = findings?.map(({message}) => message).join('\n');
    expect(said).toContain(SAID[fault]);
  });
});
