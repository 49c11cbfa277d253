import {type Archive} from '../archive/archive';
import {type Clock} from '../archive/clock';
import {type FaultBook} from '../faults/fault-book';
import {type WebIdType} from '../identity/web-id';
import {type Plant} from '../plant/plant';

/** How this PI Web API is configured. */
interface Settings {
  readonly maxReturnedItems: number;
  /** What a request for lists returns when it does not say. */
  readonly defaultPageSize: number;
  readonly webIdType: WebIdType;
  /** A stream that does not exist fails the whole stream set, or only its own item. */
  readonly missingStream: 'whole' | 'item';
  /** Whether a count of events includes states of the system and bad values. */
  readonly summaryCountsBad: boolean;
  /** What a count over no events is: 0, or the state No Data. */
  readonly emptySummary: 'zero' | 'no_data';
}

/** Everything the controllers may read. */
export interface World {
  readonly plant: Plant;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly faults: FaultBook;
}
