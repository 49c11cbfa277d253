import {literal, qualified} from './quoting';

/** Full name of a volume. */
export interface VolumeName {
  readonly catalog: string;
  readonly schema: string;
  readonly volume: string;
}

/** `CREATE VOLUME IF NOT EXISTS`. */
export function createVolume(
  {catalog, schema, volume}: VolumeName,
  comment: string,
): string {
  return `CREATE VOLUME IF NOT EXISTS ${qualified(catalog, schema, volume)}\nCOMMENT ${literal(comment)}`;
}

/** `LIST`: a row a file, with `path`, `name`, `size` and `modification_time`. */
export function listFiles(folder: string): string {
  return `LIST ${literal(folder)}`;
}

/** `PUT .. OVERWRITE`: the driver sends the file to where the answer says. */
export function putFile(localFile: string, volumePath: string): string {
  return `PUT ${literal(localFile)} INTO ${literal(volumePath)} OVERWRITE`;
}

/** `REMOVE`: well also where there is no such file. */
export function removeFile(volumePath: string): string {
  return `REMOVE ${literal(volumePath)}`;
}
