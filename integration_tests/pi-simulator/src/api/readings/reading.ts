import {type ArchiveEvent} from '../../plant/archive-event';
import {type Ticks} from '../../time/ticks';
import {type Call} from '../route';
import {type Stream} from '../stream';
import {type ReadValues} from '../value-list';

/** A way to read a list of values of a stream. */
export interface ListReading {
  /** Last segment of the address: `recorded`. */
  readonly resource: string;
  readonly parameters: readonly string[];
  /** The contract's name of what a single stream answers with. */
  readonly answers: string;
  /** Reads the parameters, once for all streams of a call. @throws ApiError 400 */
  prepare(call: Call): PreparedList;
}

/** A list that is ready to be read. */
interface PreparedList {
  /** The instant stamped on errors that stand for the whole list. */
  readonly at: Ticks;
  readonly read: ReadValues;
}

/** A way to read one value of a stream. */
export interface ValueReading {
  readonly resource: string;
  readonly parameters: readonly string[];
  readonly answers: string;
  /** Streams of which nothing is recorded cannot be read this way. */
  readonly needsHistory: boolean;
  prepare(call: Call): PreparedValue;
}

/** A value that is ready to be read. */
interface PreparedValue {
  readonly at: Ticks;
  /** A text says why there is only an error. @throws ApiError 409 */
  readonly read: (stream: Stream) => ArchiveEvent | string;
}
