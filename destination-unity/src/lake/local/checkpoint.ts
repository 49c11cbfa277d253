import {identifier, literal, literals} from '../../parquet/engine-sql';
import {decodeAction, encodeActions, type Action} from './actions';
import {
  checkpointFile,
  LAST_CHECKPOINT,
  logFolder,
  temporaryFile,
  type CheckpointFiles,
} from './log-files';
import type {Snapshot} from './snapshot';
import type {Surroundings} from './surroundings';

const TEXTS = 'MAP(VARCHAR, VARCHAR)';

/** The columns of a classic checkpoint: one action a row, one column a kind. */
const COLUMNS: Readonly<Record<string, string>> = {
  txn: struct({appId: 'VARCHAR', version: 'BIGINT', lastUpdated: 'BIGINT'}),
  add: struct({
    path: 'VARCHAR',
    partitionValues: TEXTS,
    size: 'BIGINT',
    modificationTime: 'BIGINT',
    dataChange: 'BOOLEAN',
    stats: 'VARCHAR',
    tags: TEXTS,
  }),
  remove: struct({
    path: 'VARCHAR',
    deletionTimestamp: 'BIGINT',
    dataChange: 'BOOLEAN',
    extendedFileMetadata: 'BOOLEAN',
    partitionValues: TEXTS,
    size: 'BIGINT',
  }),
  metaData: struct({
    id: 'VARCHAR',
    name: 'VARCHAR',
    description: 'VARCHAR',
    format: struct({provider: 'VARCHAR', options: TEXTS}),
    schemaString: 'VARCHAR',
    partitionColumns: 'VARCHAR[]',
    configuration: TEXTS,
    createdTime: 'BIGINT',
  }),
  protocol: struct({
    minReaderVersion: 'INTEGER',
    minWriterVersion: 'INTEGER',
    readerFeatures: 'VARCHAR[]',
    writerFeatures: 'VARCHAR[]',
  }),
  domainMetadata: struct({
    domain: 'VARCHAR',
    configuration: 'VARCHAR',
    removed: 'BOOLEAN',
  }),
};

/** The engine sets aside twice the longest line it is told to expect. */
const MIN_LINE_BYTES = 1 << 20;

/** How long a removed file is remembered, as Delta does by default. */
const TOMBSTONE_MS = 7 * 24 * 3600 * 1000;

function struct(fields: Readonly<Record<string, string>>): string {
  const columns = Object.entries(fields).map(
    ([name, type]) => `${identifier(name)} ${type}`,
  );
  return `STRUCT(${columns.join(', ')})`;
}

/** Writes the snapshot as one Parquet file and points to it from `_last_checkpoint`. */
export async function writeCheckpoint(
  table: string,
  snapshot: Snapshot,
  {disk, encoder, now, newId}: Surroundings,
): Promise<void> {
  const actions = snapshot.actions().filter((action) => isKept(action, now()));
  const lines = temporaryFile(table, newId());
  const parquet = temporaryFile(table, newId());
  try {
    const text = encodeActions(actions);
    await disk.replace(lines, text, temporaryFile(table, newId()));
    await encoder.copy(actionsFrom(lines, longestLineBytes(text)), parquet);
    await disk.sync(parquet);
    await disk.rename(parquet, checkpointFile(table, snapshot.version));
    await disk.sync(logFolder(table));
    const pointer = JSON.stringify({version: snapshot.version, size: actions.length});
    const last = `${logFolder(table)}/${LAST_CHECKPOINT}`;
    await disk.replace(last, pointer, temporaryFile(table, newId()));
  } finally {
    await disk.remove(lines);
    await disk.remove(parquet);
  }
}

function isKept({remove}: Action, nowMs: number): boolean {
  return remove === undefined || (remove.deletionTimestamp ?? 0) > nowMs - TOMBSTONE_MS;
}

function longestLineBytes(text: string): number {
  const lengths = text.split('\n').map((line) => Buffer.byteLength(line));
  return lengths.reduce((a, b) => Math.max(a, b), MIN_LINE_BYTES);
}

function actionsFrom(lines: string, maxLineBytes: number): string {
  const columns = Object.entries(COLUMNS).map(
    ([name, type]) => `${identifier(name)}: ${literal(type)}`,
  );
  return (
    `SELECT * FROM read_json(${literal(lines)}, format = 'newline_delimited', ` +
    `maximum_object_size = ${maxLineBytes + 1}, columns = {${columns.join(', ')}})`
  );
}

/** The actions a checkpoint holds, whoever wrote it. */
export async function readCheckpoint(
  {files}: CheckpointFiles,
  {encoder}: Surroundings,
): Promise<Action[]> {
  const rows = await encoder.query(
    `SELECT to_json(action)::VARCHAR FROM read_parquet(${literals(files)}) action`,
  );
  return rows.map(([line]) => decodeAction(String(line), files[0] ?? ''));
}
