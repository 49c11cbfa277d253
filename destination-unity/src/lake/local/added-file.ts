import type {EncodedFile} from '../../parquet/encoded-file';
import type {AddFile} from './actions';
import {addOf} from './data-file';
import {indexedColumns} from './indexed-columns';
import type {Snapshot} from './snapshot';
import {storedColumns} from './table-columns';

export interface AddedFileOptions {
  /** Columns that have bounds in any case. */
  readonly key: readonly string[];
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/** A written file as a table's log names it, with the bounds that the table wants. */
export function addedFile(
  snapshot: Snapshot,
  file: EncodedFile,
  options: AddedFileOptions,
): AddFile {
  const columns = storedColumns(snapshot);
  const indexed = indexedColumns(snapshot.metaData);
  return addOf(file, {...options, columns, indexed});
}
