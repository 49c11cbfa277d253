import {type Plant} from './plant';
import {type DataServer, type Point} from './point';

/** Tables from upper-case tag to point, made when a list is first asked by name. */
const POINT_TABLES = new WeakMap<readonly Point[], ReadonlyMap<string, Point>>();

/** The data server of a path `SERVER`, in any case. */
export function dataServerByName(plant: Plant, name: string): DataServer | undefined {
  const wanted = name.toUpperCase();
  return plant.dataServers.find((server) => server.name.toUpperCase() === wanted);
}

/** The point of a path `SERVER\tag` without its leading backslashes, in any case. */
export function pointByPath(plant: Plant, path: string): Point | undefined {
  const cut = path.indexOf('\\');
  const server = cut < 0 ? undefined : dataServerByName(plant, path.slice(0, cut));
  return server && pointByName(server, path.slice(cut + 1));
}

function pointByName({points}: DataServer, name: string): Point | undefined {
  let table = POINT_TABLES.get(points);
  if (table === undefined) {
    table = new Map(points.map((point) => [point.name.toUpperCase(), point]));
    POINT_TABLES.set(points, table);
  }
  return table.get(name.toUpperCase());
}
