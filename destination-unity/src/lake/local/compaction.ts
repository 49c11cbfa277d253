import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {EncodedFile} from '../../parquet/encoded-file';
import type {Action, AddFile} from './actions';
import {addedFile} from './added-file';
import {joinsOf} from './compaction-plan';
import {keptQuery} from './contest';
import {dataFileName, dataFilePath, fileAddress, removeOf} from './data-file';
import type {DeltaTable} from './delta-table';
import {jointShape, measureFiles, total} from './measured-file';
import type {Snapshot} from './snapshot';
import type {Surroundings} from './surroundings';
import {schemaFields} from './table-schema';

/** What the rows of a table are sorted by, and what tells their time. */
export interface RowOrder {
  readonly key: readonly string[];
  readonly cursor: string | undefined;
}

/** A sync that finds thousands of small files leaves most of them to those after it. */
const MOST_JOINS = 4;

/**
 * Puts small files together, as Delta's `OPTIMIZE` does: readers see the same rows before
 * and after, and older versions keep their files. A failure is told and harms nothing:
 * every row is stored already.
 */
export async function compactTable(
  table: DeltaTable,
  order: RowOrder,
  surroundings: Surroundings,
): Promise<void> {
  try {
    const joins = joinsOf(table.snapshot.files.values(), order.cursor);
    for (const files of joins.slice(0, MOST_JOINS)) {
      await new Join(table, files, surroundings).run(order.key);
    }
  } catch (cause) {
    surroundings.log.warn(
      `Small files at ${table.folder} stay apart: ${String(cause)} ` +
        'All rows are stored; reading them takes longer.',
    );
  }
}

/** Several files of a table that become one. */
class Join {
  constructor(
    private readonly table: DeltaTable,
    private readonly files: readonly AddFile[],
    private readonly surroundings: Surroundings,
  ) {}

  async run(key: readonly string[]): Promise<void> {
    const {disk} = this.surroundings;
    const joined = await this.write(key);
    await disk.sync(joined.path);
    await disk.sync(this.table.folder);
    await this.table.commit((snapshot) => ({
      operation: 'OPTIMIZE',
      actions: this.actions(snapshot, joined, key),
    }));
    const isHeld = this.table.snapshot.files.has(fileAddress(joined));
    // Another writer has taken one of the files away, and with it our reason.
    if (!isHeld) await disk.remove(joined.path);
  }

  /** One file of all rows of the given ones. */
  private async write(key: readonly string[]): Promise<EncodedFile> {
    const {folder, snapshot} = this.table;
    const {encoder, newId} = this.surroundings;
    const files = this.files.map((file) => dataFilePath(folder, file));
    const sources = await measureFiles(files, this.surroundings);
    const fields = schemaFields(snapshot.metaData.schemaString);
    const target = path.join(folder, dataFileName(newId()));
    const query = keptQuery({files, fields, order: key});
    const written = await encoder.copy(query, target, jointShape(sources));
    const {rows} = total(sources);
    if (written.rows === rows) return written;
    await this.surroundings.disk.remove(target);
    throw new SystemError('Putting files together would have lost or doubled rows.', {
      details: {expected: rows, written: written.rows},
    });
  }

  /** None where the files are no longer all there. No row changes: readers are told so. */
  private actions(
    snapshot: Snapshot,
    joined: EncodedFile,
    key: readonly string[],
  ): readonly Action[] {
    if (!this.files.every(({path: name}) => snapshot.files.has(name))) return [];
    const nowMs = this.surroundings.now();
    const add = addedFile(snapshot, joined, {key, nowMs});
    return [
      ...this.files.map((file) => ({
        remove: {...removeOf(file, nowMs), dataChange: false},
      })),
      {add: {...add, dataChange: false}},
    ];
  }
}
