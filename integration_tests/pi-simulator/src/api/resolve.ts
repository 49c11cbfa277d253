import {decodeWebId, type Marker, type WebIdParts} from '../identity/web-id';
import {dataServerByName, pointByPath} from '../plant/lookup';
import {type Plant} from '../plant/plant';
import {type DataServer, type Point} from '../plant/point';
import {badRequest, notFound} from './api-error';

/**
 * Reads a WebID that must be of one of the given kinds.
 *
 * @throws ApiError 400 for text that is no WebID and for a WebID of another kind.
 */
export function readWebId(webId: string, markers: readonly Marker[]): WebIdParts {
  const parts = decodeWebId(webId);
  if (parts === undefined || !markers.includes(parts.marker)) {
    throw badRequest(`Unknown or invalid WebID format: '${webId}'.`);
  }
  return parts;
}

/** Looks an object up by its ids and, where those lead nowhere, by its path. */
export function lookUp<T>(
  {type, path}: WebIdParts,
  {
    byIds,
    byPath,
  }: {byIds: () => T | undefined; byPath: (path: string) => T | undefined},
): T | undefined {
  const found = type === 'PathOnly' ? undefined : byIds();
  return found ?? (type === 'IDOnly' ? undefined : byPath(path));
}

/** @throws ApiError 400 or 404. */
export function resolveDataServer(plant: Plant, webId: string): DataServer {
  const parts = readWebId(webId, ['DS']);
  const found = lookUp(parts, {
    byIds: () => plant.dataServers.find((server) => server.guid === parts.guids[0]),
    byPath: (path) => dataServerByName(plant, path),
  });
  if (found === undefined) throw notFound(`Data server not found '${webId}'.`);
  return found;
}

/** @throws ApiError 400 or 404. */
export function resolvePoint(plant: Plant, webId: string): Point {
  const found = findPoint(plant, readWebId(webId, ['DP']));
  if (found === undefined) throw notFound(`PI Point not found '${webId}'.`);
  return found;
}

/** The point of a WebID whose kind is already known to be a point's. */
export function findPoint(plant: Plant, parts: WebIdParts): Point | undefined {
  return lookUp(parts, {
    byIds: () => {
      const server = plant.dataServers.find(
        (candidate) => candidate.guid === parts.guids[0],
      );
      return server?.points[(parts.pointId ?? 0) - 1];
    },
    byPath: (path) => pointByPath(plant, path),
  });
}

/** `\\SERVER\tag` without its backslashes in front. */
export function bare(path: string): string {
  return path.replace(/^\\\\/, '');
}
