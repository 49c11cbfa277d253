import {runSource} from 'airbyte-cdk-ts';

import {PiSource} from './source';

/** Runs the command line: `spec`, `check`, `discover`, `read`. */
export function main(): Promise<void> {
  return runSource(new PiSource());
}
