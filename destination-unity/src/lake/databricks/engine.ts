import type {Log} from 'airbyte-cdk-ts';

import type {ParquetEncoder} from '../../parquet/parquet-encoder';
import type {LoadTimes} from './load-times';
import type {DatabricksSettings} from './settings';
import type {StagingArea} from './volume/staging-area';
import type {Warehouse} from './warehouse';

/** What every table of the warehouse works with. */
export interface Engine {
  readonly settings: DatabricksSettings;
  readonly warehouse: Warehouse;
  readonly staging: StagingArea;
  readonly encoder: ParquetEncoder;
  readonly times: LoadTimes;
  readonly log: Log;
  /** Folder of this process for files on their way to the volume. */
  readonly tempFolder: string;
  /** A name nobody else has. */
  readonly newId: () => string;
  /** Told which staged files are committed and of no more use. */
  readonly committed: (paths: readonly string[]) => void;
}
