import {runSource} from 'airbyte-cdk-ts';

import {about} from './about';
import type * as Source from './source';

/** Runs the command line: `spec`, `check`, `discover`, `read`. */
export function main(): Promise<void> {
  return runSource(about, () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- `spec` does without
    const {PiSource} = require('./source') as typeof Source;
    return new PiSource();
  });
}
