import {type Plant} from './plant';
import {type DataServer, type Point} from './point';

/** The data server of a path `SERVER`, in any case. */
export function dataServerByName(plant: Plant, name: string): DataServer | undefined {
  const wanted = name.toUpperCase();
  return plant.dataServers.find((server) => server.name.toUpperCase() === wanted);
}

/** The point of a path `SERVER\tag` without its leading backslashes, in any case. */
export function pointByPath(plant: Plant, path: string): Point | undefined {
  const cut = path.indexOf('\\');
  const server = cut < 0 ? undefined : dataServerByName(plant, path.slice(0, cut));
  return server?.pointNamed(path.slice(cut + 1));
}
