import {runDestination} from 'airbyte-cdk-ts';

import {about} from './about';
import type * as Connector from './connector';

/** Runs the command line: `spec`, `check`, `write`. */
export function main(): Promise<void> {
  return runDestination(about, () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- `spec` does without
    const {connector} = require('./connector') as typeof Connector;
    return connector();
  });
}
