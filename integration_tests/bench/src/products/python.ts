import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

import type {NotRun} from '../measures/context';
import {ROOT} from './programs';

const ENVIRONMENT = 'python-reader';

/**
 * The interpreter with airbyte-cdk and `requests` as pinned by the suites. They are
 * installed at the first call; where there is no fit Python, the reason is given.
 */
export function pythonReader(): {readonly interpreter: string} | NotRun {
  const install = join(ROOT, 'integration_tests/suites/install.cjs');
  const {status, stdout, stderr} = spawnSync(process.execPath, [install, ENVIRONMENT], {
    encoding: 'utf8',
  });
  if (status === 0) return {interpreter: stdout.trim()};
  return {notRun: stderr.trim() || 'Python could not be prepared.'};
}
