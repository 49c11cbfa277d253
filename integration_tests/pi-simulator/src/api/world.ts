import {type Archive} from '../archive/archive';
import {type Clock} from '../archive/clock';
import {type FaultBook} from '../faults/fault-book';
import {type Plant} from '../plant/plant';
import {type ServerSettings} from './server-options';

/** Everything the controllers may read. */
export interface World {
  readonly plant: Plant;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly settings: ServerSettings;
  readonly faults: FaultBook;
}
