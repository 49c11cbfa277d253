import {type Ticks} from '../time/ticks';
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

/** A series read from a file, kept in columns; ties stay in file order. */
export interface ReplayedSeries {
  readonly origin: 'replayed';
  readonly ticks: Float64Array;
  /** One per event: a number, a text, or a system state by its code. */
  readonly values: readonly (number | string | SystemState)[];
  readonly flags: Uint8Array;
}

/** A system state in place of a value. */
export interface SystemState {
  readonly systemCode: number;
}

export type Series = ComputedSeries | ReplayedSeries;
