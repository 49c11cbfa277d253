import {type ArchiveEvent} from '../plant/archive-event';
import {type Ticks} from '../time/ticks';

/** Takes one event; it is the same object every time. `false` ends the reading. */
export type Visit = (event: ArchiveEvent) => boolean;

/** A stretch of time, both ends included. */
export interface Span {
  readonly from: Ticks;
  readonly to: Ticks;
}
