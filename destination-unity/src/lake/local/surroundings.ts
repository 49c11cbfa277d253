import type {Log} from 'airbyte-cdk-ts';

import type {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {Disk} from './disk';

/** What every table of a local lake works with. */
export interface Surroundings {
  readonly disk: Disk;
  readonly encoder: ParquetEncoder;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A name nobody else has. */
  readonly newId: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}
