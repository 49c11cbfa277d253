import type {Log} from 'airbyte-cdk-ts';

import type {Pace} from '../../../http/http';

/** What a connection needs from outside. */
export interface ConnectionSurroundings extends Pace {
  readonly log: Log;
  /** Hides a secret that was obtained on the way. */
  readonly conceal: (secret: string) => void;
}
