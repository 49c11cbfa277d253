import path from 'node:path';
import {pathToFileURL} from 'node:url';

/** The folder as readers of a catalog are told it: `file:///data/lake/main/pi/values`. */
export function storageLocation(folder: string): string {
  return pathToFileURL(path.resolve(folder)).href;
}

/**
 * Whether both mean one folder, however they are written: `file:/a`, `file:///a/` and
 * `/a` are the same. What is no folder of a machine is none of them.
 */
export function isSameLocation(a: string, b: string): boolean {
  const folder = folderOf(a);
  return folder !== undefined && folder === folderOf(b);
}

function folderOf(location: string): string | undefined {
  const isPath = location.startsWith('/');
  if (!isPath && !URL.canParse(location)) return undefined;
  const {protocol, hostname, pathname} = isPath
    ? pathToFileURL(location)
    : new URL(location);
  if (protocol !== 'file:' || hostname !== '') return undefined;
  try {
    return path.posix.normalize(`${decodeURIComponent(pathname)}/`);
  } catch {
    return undefined;
  }
}
