import {type Archive} from '../archive/archive';
import {type ChangeBook} from '../changes/change-book';
import {type Plant} from '../plant/plant';

/** What the truth is read from. */
export interface TruthSource {
  readonly plant: Plant;
  readonly archive: Archive;
  readonly changeBook: ChangeBook;
}
