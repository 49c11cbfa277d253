import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {EncodedFile} from '../../parquet/encoded-file';
import {literals} from '../../parquet/engine-sql';
import type {TableDefinition} from '../../table/table-definition';
import type {AddFile} from './actions';
import {findLosers, forgetLosers, winnersQuery, type Losers} from './contest';
import {addOf, dataFileName, dataFilePath} from './data-file';
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

/** Up to here, rewritten files become one with the new rows; sorting them stays cheap. */
const MAX_JOINED_ROWS = 1_000_000;
const MAX_JOINED_BYTES = 64 * 1024 * 1024;

const EXTRACTED_AT = '_airbyte_extracted_at';

/** Columns that decide between two rows of one key. */
export function standing({cursor}: TableDefinition): readonly string[] {
  return cursor === undefined ? [EXTRACTED_AT] : [cursor, EXTRACTED_AT];
}

/** Works out a merge and writes its files. Nothing is committed. */
export async function mergeFiles(
  request: MergeRequest,
  surroundings: Surroundings,
): Promise<MergeOutcome> {
  const {fresh, snapshot, definition, folder} = request;
  const candidates = new Map(
    overlapping(request).map((file) => [dataFilePath(folder, file), file]),
  );
  if (candidates.size === 0) return {removed: [], added: [fresh]};
  const contest = {
    fresh: fresh.path,
    stored: [...candidates.keys()],
    fields: schemaFields(snapshot.metaData.schemaString),
    key: definition.key,
    standing: standing(definition),
  };
  const losers = await findLosers(contest, surroundings);
  try {
    const hit = [...candidates].filter(([file]) => losers.counts.has(file));
    return {
      removed: hit.map(([, file]) => file),
      added: await new Rewrite(request, losers, surroundings).run(hit),
    };
  } finally {
    await forgetLosers(losers, surroundings);
  }
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

type StoredFile = readonly [path: string, file: AddFile];

/** Writes the rows that stay, of the new file and of the stored files that were hit. */
class Rewrite {
  constructor(
    private readonly request: MergeRequest,
    private readonly losers: Losers,
    private readonly surroundings: Surroundings,
  ) {}

  async run(hit: readonly StoredFile[]): Promise<EncodedFile[]> {
    const {fresh} = this.request;
    const stored = hit.map(([file]) => file);
    const rows = await this.countRows(stored);
    const bytes = hit.reduce((sum, [, {size}]) => sum + size, fresh.bytes);
    const allRows = [...rows.values()].reduce((sum, count) => sum + count, fresh.rows);
    rows.set(fresh.path, fresh.rows);
    if (allRows <= MAX_JOINED_ROWS && bytes <= MAX_JOINED_BYTES && stored.length > 0) {
      return await this.write([fresh.path, ...stored], rows);
    }
    const written: EncodedFile[] = [];
    for (const file of stored) written.push(...(await this.write([file], rows)));
    if (!this.losers.counts.has(fresh.path)) return [...written, fresh];
    return [...written, ...(await this.write([fresh.path], rows))];
  }

  /** One file of the rows that stay in the given ones; none if no row stays. */
  private async write(
    files: readonly string[],
    rows: ReadonlyMap<string, number>,
  ): Promise<EncodedFile[]> {
    const {folder, snapshot, definition} = this.request;
    const expected = files.reduce(
      (sum, file) => sum + (rows.get(file) ?? 0) - (this.losers.counts.get(file) ?? 0),
      0,
    );
    if (expected === 0) return [];
    const fields = schemaFields(snapshot.metaData.schemaString);
    const order = files.length === 1 ? [] : definition.key;
    const target = path.join(folder, dataFileName(this.surroundings.newId()));
    const query = winnersQuery({files, fields, order}, this.losers);
    const written = await this.surroundings.encoder.copy(query, target);
    if (written.rows === expected) return [written];
    throw new SystemError('A merge would have lost or doubled rows.', {
      details: {expected, written: written.rows},
    });
  }

  private async countRows(files: readonly string[]): Promise<Map<string, number>> {
    if (files.length === 0) return new Map();
    const rows = await this.surroundings.encoder.query(
      `SELECT file_name, num_rows FROM parquet_file_metadata(${literals(files)})`,
    );
    return new Map(rows.map(([file, count]) => [String(file), Number(count)]));
  }
}
