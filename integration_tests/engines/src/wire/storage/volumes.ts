import fs from 'node:fs';
import path from 'node:path';

import {SqlError} from '../answers/sql-error';

/** Catalog, schema and volume. */
export type VolumeName = readonly [string, string, string];

export interface ListedFile {
  /** As the statement named the folder, and the file's own name behind it. */
  readonly path: string;
  /** Folders end in a slash. */
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number;
}

const VOLUME_PATH = /^(?:dbfs:)?\/Volumes\/([^/]+)\/([^/]+)\/([^/]+)(\/.*)?$/;

/** Volumes as folders under a root, three levels deep. */
export class Volumes {
  constructor(private readonly root: string) {}

  create(name: VolumeName, ifNotExists: boolean): void {
    const folder = this.folderOf(name);
    if (!fs.existsSync(folder)) fs.mkdirSync(folder, {recursive: true});
    else if (!ifNotExists)
      throw new SqlError(
        'VOLUME_ALREADY_EXISTS',
        `Cannot create volume '${name.join('.')}' because it already exists.`,
        '42000',
      );
  }

  drop(name: VolumeName, ifExists: boolean): void {
    if (!ifExists) this.existing(name);
    fs.rmSync(this.folderOf(name), {recursive: true, force: true});
  }

  /** Names of the volumes of a schema. */
  names(catalog: string, schema: string): string[] {
    const folder = path.join(this.root, part(catalog), part(schema));
    return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  }

  /**
   * Where `/Volumes/catalog/schema/volume/...` lies on disk. Throws for paths that are
   * none, that lead out of their volume, and for volumes that do not exist.
   */
  locate(volumePath: string): string {
    const {name, rest} = parsePath(volumePath);
    const folder = this.existing(name);
    const file = path.join(folder, rest);
    if (`${file}/`.startsWith(`${folder}/`)) return file;
    throw invalidPath(volumePath);
  }

  /** What lies in a folder of a volume, by name. */
  list(volumePath: string): ListedFile[] {
    const folder = this.locate(volumePath);
    if (!fs.existsSync(folder)) throw pathNotFound(volumePath);
    const under = volumePath.replace(/^dbfs:/, '').replace(/\/*$/, '/');
    return fs
      .readdirSync(folder)
      .sort()
      .flatMap((entry) => describe(path.join(folder, entry), under) ?? []);
  }

  private existing(name: VolumeName): string {
    const folder = this.folderOf(name);
    if (fs.existsSync(folder)) return folder;
    throw new SqlError(
      'VOLUME_NOT_FOUND',
      `Volume '${name.join('.')}' does not exist. Please use 'SHOW VOLUMES' to list available volumes.`,
      '42704',
    );
  }

  private folderOf(name: VolumeName): string {
    return path.join(this.root, ...name.map(part));
  }
}

/** The refusal of a path that leads to nothing. */
export function pathNotFound(volumePath: string): SqlError {
  return new SqlError('PATH_NOT_FOUND', `Path does not exist: ${volumePath}.`, '42K03');
}

function parsePath(volumePath: string): {name: VolumeName; rest: string} {
  const match = VOLUME_PATH.exec(volumePath);
  if (match === null || volumePath.includes('\0')) throw invalidPath(volumePath);
  const [catalog = '', schema = '', volume = '', rest = ''] = match.slice(1);
  return {name: [catalog, schema, volume], rest};
}

/** A file may go while its folder is listed: another client removed it. */
function describe(file: string, under: string): ListedFile | undefined {
  const stat = fs.statSync(file, {throwIfNoEntry: false});
  if (stat === undefined) return undefined;
  const name = path.basename(file) + (stat.isDirectory() ? '/' : '');
  return {
    path: under + name,
    name,
    size: stat.isDirectory() ? 0 : stat.size,
    modifiedMs: Math.floor(stat.mtimeMs),
  };
}

/** Names are kept in lower case, and may not lead elsewhere. */
function part(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name))
    throw invalidPath(name);
  return name.toLowerCase();
}

function invalidPath(volumePath: string): SqlError {
  return new SqlError(
    'INVALID_VOLUME_PATH',
    `Not a path on a volume: '${volumePath}'.`,
    '42000',
  );
}
