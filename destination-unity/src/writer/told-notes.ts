import type {Log} from 'airbyte-cdk-ts';

import type {ReadingNotes} from '../rows/row-reader';
import {RESCUED} from '../table/airbyte-columns';

export interface ToldTo {
  readonly log: Log;
  readonly stream: string;
}

/** Says once, at the end of a stream, what did not go into its columns as it came. */
export function tellNotes(notes: ReadingNotes, {log, stream}: ToldTo): void {
  const {misfits, undeclared, rowsWithUndeclared} = notes;
  if (misfits.size > 0) {
    const fields = [...misfits].map(([member, count]) => `${member} (${count})`);
    log.warn(
      `Stream "${stream}": some values did not fit their columns. Each is told in ` +
        `_airbyte_meta.changes of its row and kept in ${RESCUED.name}: ${fields.join(', ')}.`,
    );
  }
  if (rowsWithUndeclared > 0) {
    log.warn(
      `Stream "${stream}": ${rowsWithUndeclared} records have fields that the schema ` +
        `does not declare. They are kept in ${RESCUED.name}: ${[...undeclared].join(', ')}.`,
    );
  }
}
