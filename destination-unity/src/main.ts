import {randomBytes} from 'node:crypto';

import {runDestination} from 'airbyte-cdk-ts';

import {UnityDestination} from './destination';
import {openLocalLake} from './lake/local/local-lake';

/** Runs the command line: `spec`, `check`, `write`. */
export function main(): Promise<void> {
  return runDestination(
    new UnityDestination({
      openLake: ({engine: {path}}, {log}) => openLocalLake({path, log}),
      nowMs: Date.now,
      randomBits: () => randomBytes(8).readBigUInt64BE(),
    }),
  );
}
