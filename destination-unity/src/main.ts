import {randomBytes} from 'node:crypto';

import {runDestination} from 'airbyte-cdk-ts';

import {UnityDestination} from './destination';
import {openLake} from './open-lake';

/** Runs the command line: `spec`, `check`, `write`. */
export function main(): Promise<void> {
  return runDestination(
    new UnityDestination({
      openLake,
      nowMs: Date.now,
      randomBits: () => randomBytes(8).readBigUInt64BE(),
    }),
  );
}
