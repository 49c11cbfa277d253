import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {EncodedFile} from '../../parquet/encoded-file';
import {standing} from '../../table/standing';
import type {TableDefinition} from '../../table/table-definition';
import type {AddFile} from './actions';
import {findLosers, forgetLosers, winnersQuery, type Losers} from './contest';
import {addOf, dataFileName, dataFilePath} from './data-file';
import {jointShape, measureFiles, total, type MeasuredFile} from './measured-file';
import type {Snapshot} from './snapshot';
import {fileStatistics, mayShareKey} from './statistics';
import type {Surroundings} from './surroundings';
import {storedColumns} from './table-columns';
import {schemaFields} from './table-schema';

/** What a merge does to a table: whole files go, whole files come. */
export interface MergeOutcome {
  readonly removed: readonly AddFile[];
  readonly added: readonly EncodedFile[];
}

export interface MergeRequest {
  /** The table's folder. */
  readonly folder: string;
  readonly definition: TableDefinition;
  readonly snapshot: Snapshot;
  /** The batch as a file, sorted by the key, one row a key. */
  readonly fresh: EncodedFile;
}

/** Up to here, rewritten files become one with the new rows. Bytes are uncompressed. */
const MAX_JOINED_ROWS = 1_000_000;
const MAX_JOINED_BYTES = 64 * 1024 * 1024;

/** Works out a merge and writes its files. Nothing is committed. */
export async function mergeFiles(
  request: MergeRequest,
  surroundings: Surroundings,
): Promise<MergeOutcome> {
  const {fresh, snapshot, definition, folder} = request;
  const candidates = new Map(
    overlapping(request).map((file) => [dataFilePath(folder, file), file]),
  );
  if (candidates.size === 0 && !mayDelete(request)) {
    return {removed: [], added: [fresh]};
  }
  const contest = {
    fresh: fresh.path,
    stored: [...candidates.keys()],
    fields: schemaFields(snapshot.metaData.schemaString),
    key: definition.key,
    standing: standing(definition),
    deletion: mayDelete(request) ? definition.deletion : undefined,
  };
  const losers = await findLosers(contest, surroundings);
  try {
    const hit = [...candidates].filter(([file]) => losers.counts.has(file));
    const rewrite = new Rewrite(request, losers, surroundings);
    return {
      removed: hit.map(([, file]) => file),
      added: await rewrite.run(hit.map(([file]) => file)),
    };
  } finally {
    await forgetLosers(losers, surroundings);
  }
}

/** Whether some row of the batch takes its key out of the table. */
function mayDelete({fresh, definition: {deletion}}: MergeRequest): boolean {
  if (deletion === undefined) return false;
  return (fresh.columns.get(deletion)?.nullCount ?? 0) < fresh.rows;
}

/** The stored files whose statistics allow a row with a key of the batch. */
function overlapping({snapshot, fresh, definition}: MergeRequest): AddFile[] {
  const columns = storedColumns(snapshot);
  const key = columns.filter(({name}) => definition.key.includes(name));
  const {stats} = addOf(fresh, {columns, key: definition.key, nowMs: 0});
  const batch = fileStatistics(stats);
  return [...snapshot.files.values()].filter((file) =>
    mayShareKey(batch, fileStatistics(file.stats), key),
  );
}

/** Writes the rows that stay, of the new file and of the stored files that were hit. */
class Rewrite {
  constructor(
    private readonly request: MergeRequest,
    private readonly losers: Losers,
    private readonly surroundings: Surroundings,
  ) {}

  async run(stored: readonly string[]): Promise<EncodedFile[]> {
    const {fresh} = this.request;
    const measured = await measureFiles([fresh.path, ...stored], this.surroundings);
    const left = measured.filter((file) => this.staying(file) > 0);
    if (left.length > 1 && isJoinable(left)) return [await this.write(left)];
    const written: EncodedFile[] = [];
    for (const file of left) {
      const isUntouched = file.path === fresh.path && this.staying(file) === fresh.rows;
      written.push(isUntouched ? fresh : await this.write([file]));
    }
    return written;
  }

  private staying({path: file, rows}: MeasuredFile): number {
    return rows - (this.losers.counts.get(file) ?? 0);
  }

  /** One file of the rows that stay in the given ones. */
  private async write(sources: readonly MeasuredFile[]): Promise<EncodedFile> {
    const {folder, snapshot, definition} = this.request;
    const fields = schemaFields(snapshot.metaData.schemaString);
    const order = sources.length === 1 ? [] : definition.key;
    const files = sources.map(({path: file}) => file);
    const target = path.join(folder, dataFileName(this.surroundings.newId()));
    const query = winnersQuery({files, fields, order}, this.losers);
    const shape = jointShape(sources);
    const written = await this.surroundings.encoder.copy(query, target, shape);
    const expected = sources.reduce((sum, file) => sum + this.staying(file), 0);
    if (written.rows === expected) return written;
    throw new SystemError('A merge would have lost or doubled rows.', {
      details: {expected, written: written.rows},
    });
  }
}

/** Sorting this much takes little memory. */
function isJoinable(files: readonly MeasuredFile[]): boolean {
  const {rows, rawBytes} = total(files);
  return rows <= MAX_JOINED_ROWS && rawBytes <= MAX_JOINED_BYTES;
}
