import path from 'node:path';
import {fileURLToPath} from 'node:url';

import type {EncodedFile} from '../../parquet/encoded-file';
import type {Column} from '../../table/table-definition';
import type {AddFile, RemoveFile} from './actions';
import {statisticsText} from './statistics';

const OWN_FILE = /^airbyte-[\w-]+\.parquet$/;

/** A name for a new data file that tells it is ours. */
export function dataFileName(id: string): string {
  return `airbyte-${id}.parquet`;
}

/** Whether we may take the file away once no version needs it. */
export function isOwnDataFile(name: string): boolean {
  return OWN_FILE.test(name);
}

/** Where a file of the log lies. Clones keep absolute addresses. */
export function dataFilePath(table: string, {path: address}: {path: string}): string {
  if (address.startsWith('file:')) return fileURLToPath(address);
  return path.resolve(table, decodeURIComponent(address));
}

/** A file of the table's folder as the log names it: relative, and encoded. */
export function fileAddress(file: {readonly path: string}): string {
  return encodeURIComponent(path.basename(file.path));
}

export interface AddOptions {
  /** The table's, in its order. */
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  /** The columns the table wants bounds of; undefined: the first ones and the key. */
  readonly indexed?: ReadonlySet<string> | undefined;
  readonly nowMs: number;
}

export function addOf(file: EncodedFile, options: AddOptions): AddFile {
  const {columns, key, indexed, nowMs} = options;
  const wanted = columns.filter(({name}) => indexed?.has(name) ?? true);
  return {
    path: fileAddress(file),
    partitionValues: {},
    size: file.bytes,
    modificationTime: nowMs,
    dataChange: true,
    stats: statisticsText(file, wanted, indexed === undefined ? key : [...indexed]),
  };
}

export function removeOf({path: address, size}: AddFile, nowMs: number): RemoveFile {
  return {
    path: address,
    deletionTimestamp: nowMs,
    dataChange: true,
    extendedFileMetadata: true,
    partitionValues: {},
    size,
  };
}
