import {type Guid} from '../identity/guid';
import {type Identity} from '../identity/web-id';
import {type DigitalSet} from './digital-sets';
import {type PointType} from './sensor-kinds';
import {type Series} from './series';

/** A PI Data Archive of the plant. */
export interface DataServer {
  readonly name: string;
  readonly guid: Guid;
  readonly digitalSets: readonly DigitalSet[];
  /**
   * The points that callers can see, by id. Every server numbers its points from 1 on,
   * so that the same ids exist on every server.
   */
  readonly points: readonly Point[];
  /** The point of an id, if callers can see it. */
  point(id: number): Point | undefined;
  /** The point of a name, whatever the case, if callers can see it. */
  pointNamed(name: string): Point | undefined;
}

/** A PI point. */
export interface Point {
  readonly server: DataServer;
  readonly id: number;
  readonly name: string;
  readonly descriptor: string;
  readonly type: PointType;
  readonly units: string;
  readonly zero: number;
  readonly span: number;
  readonly step: boolean;
  readonly future: boolean;
  readonly digitalSet: string;
  readonly series: Series;
  /** Where the sensor is mounted; undefined for points whose events are given. */
  readonly mounting: Mounting | undefined;
}

/** The place of a sensor in the plant. */
export interface Mounting {
  readonly site: number;
  readonly equipment: number;
  readonly attribute: string;
}

/** `\\SERVER\tag`. */
export function pointPath(point: Point): string {
  return `\\\\${point.server.name}\\${point.name}`;
}

export function pointIdentity(point: Point): Identity {
  return {
    marker: 'DP',
    guids: [point.server.guid],
    pointId: point.id,
    path: pointPath(point),
  };
}
