import {type Ticks} from '../time/ticks';
import {type EventColumns} from './event-columns';
import {type SensorKind} from './sensor-kinds';

/** A series whose events are computed from (salt, slot): nothing of it is stored. */
export interface ComputedSeries {
  readonly origin: 'computed';
  readonly kind: SensorKind;
  readonly salt: number;
  /** Number of the equipment, used in texts. */
  readonly label: string;
  /** Radians by which this sensor's daily cycle lags. */
  readonly phase: number;
  /** The instant of its first event, `Pt Created`; nothing lies before. */
  readonly created: Ticks;
}

/** A series whose events are given one by one: read from a file, or stored by hand. */
export interface StoredSeries {
  readonly origin: 'stored';
  readonly events: EventColumns;
}

export type Series = ComputedSeries | StoredSeries;
