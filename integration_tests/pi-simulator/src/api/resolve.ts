import {decodeWebId, type Marker, type WebIdParts} from '../identity/web-id';
import {badRequest} from './api-error';

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

/** `\\SERVER\tag` without its backslashes in front. */
export function bare(path: string): string {
  return path.replace(/^\\\\/, '');
}
