import {type Archive} from '../archive/archive';
import {type Plant} from '../plant/plant';
import {type Point} from '../plant/point';
import {type PointBook} from '../plant/point-book';
import {UsageError} from '../plant/usage-error';

/** What changes are made to. */
export interface ChangedWorld {
  readonly plant: Plant;
  readonly archive: Archive;
}

/** A point and the server that keeps it. */
export interface KeptPoint {
  readonly server: PointBook;
  readonly point: Point;
}

/**
 * The point that a change names, by its name or as `\\SERVER\name`, also a hidden one.
 *
 * @throws UsageError where there is none.
 */
export function pointOf({plant}: ChangedWorld, named: string): KeptPoint {
  const [, serverName, tag] = /^\\\\([^\\]+)\\(.+)$/.exec(named) ?? [];
  for (const server of plant.dataServers) {
    if (serverName !== undefined && server.name !== serverName) continue;
    const point = server.existing(tag ?? named);
    if (point !== undefined) return {server, point};
  }
  throw new UsageError(`There is no point "${named}".`);
}
