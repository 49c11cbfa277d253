import {type Archive} from '../archive/archive';
import {type Clock} from '../archive/clock';
import {type FaultBook} from '../faults/fault-book';
import {type Plant} from '../plant/plant';
import {type MetadataCache} from './memory/metadata-cache';
import {type UpdateBook} from './memory/update-book';
import {type ServerSettings} from './server-options';

/** What the process keeps in mind between requests, and loses with a restart. */
interface ServerMemory {
  readonly updates: UpdateBook;
  readonly metadata: MetadataCache;
}

/** Everything the controllers may read. */
export interface World {
  readonly plant: Plant;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly settings: ServerSettings;
  readonly faults: FaultBook;
  readonly memory: ServerMemory;
}
