import {closeSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {kerberosFailure} from './kerberos-failure';

/** Files that have a path and no name. */
export interface PrivateFile {
  /** Opens the file as often as it is asked for, in this process alone. */
  readonly path: string;
  close(): void;
}

/** Where a container with a read-only disk still has memory to write to. */
const FOLDERS: readonly string[] = [tmpdir(), '/dev/shm'];
/** Names each open file of the process that looks, in every Linux container. */
const OPEN_FILES = '/proc/self/fd';

/**
 * Keeps bytes where a C library can read them as a file. It is made in a folder of our
 * own, for us alone, and loses its name at once: what is open stays readable to this
 * process, and nothing is left behind however the process ends, SIGKILL included.
 */
export function privateFile(
  bytes: Buffer | string,
  folders: readonly string[] = FOLDERS,
): PrivateFile {
  for (const folder of folders) {
    const descriptor = unnamedFile(Buffer.from(bytes), folder);
    if (descriptor === undefined) continue;
    return {
      path: `${OPEN_FILES}/${descriptor}`,
      close: () => closeSync(descriptor),
    };
  }
  throw kerberosFailure('KERBEROS_NO_PRIVATE_FOLDER');
}

/** Undefined where the folder cannot be written to, or not be read back. */
function unnamedFile(bytes: Buffer, parent: string): number | undefined {
  let folder: string | undefined;
  let descriptor: number | undefined;
  try {
    folder = mkdtempSync(join(parent, 'source-pi-'));
    descriptor = openSync(join(folder, 'file'), 'wx+', 0o600);
    writeSync(descriptor, bytes);
    rmSync(folder, {recursive: true});
    closeSync(openSync(`${OPEN_FILES}/${descriptor}`, 'r'));
    return descriptor;
  } catch {
    if (descriptor !== undefined) closeSync(descriptor);
    if (folder !== undefined) rmSync(folder, {recursive: true, force: true});
    return undefined;
  }
}
