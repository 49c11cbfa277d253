import {randomBytes} from 'node:crypto';

import {UnityDestination} from './destination';
import {openLake} from './open-lake';

/** The destination with the lakes, the clock and the chance of this machine. */
export function connector(): UnityDestination {
  return new UnityDestination({
    openLake,
    nowMs: Date.now,
    randomBits: () => randomBytes(8).readBigUInt64BE(),
  });
}
