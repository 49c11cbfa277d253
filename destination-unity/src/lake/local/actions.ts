import {SystemError} from 'airbyte-cdk-ts';

/** What a reader and a writer of the table must understand. */
export interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
  readonly readerFeatures?: readonly string[];
  readonly writerFeatures?: readonly string[];
}

export interface MetaData {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly format: {
    readonly provider: string;
    readonly options: Readonly<Record<string, string>>;
  };
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  readonly createdTime?: number;
}

type PartitionValues = Readonly<Record<string, string | null>>;

/** A data file that belongs to the table from this version on. */
export interface AddFile {
  /** Relative to the table's folder, as a URI: encoded. */
  readonly path: string;
  readonly partitionValues: PartitionValues;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modificationTime: number;
  readonly dataChange: boolean;
  /** JSON text. */
  readonly stats?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly deletionVector?: unknown;
}

/** A data file that no longer belongs to the table; older readers may still use it. */
export interface RemoveFile {
  readonly path: string;
  /** Epoch milliseconds. */
  readonly deletionTimestamp?: number;
  readonly dataChange: boolean;
  readonly extendedFileMetadata?: boolean;
  readonly partitionValues?: PartitionValues;
  readonly size?: number;
}

/** How far a writer has come, by its own count. */
export interface Txn {
  readonly appId: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly lastUpdated?: number;
}

export interface DomainMetadata {
  readonly domain: string;
  readonly configuration: string;
  readonly removed: boolean;
}

/** One line of a commit: exactly one member is set; members unknown to us are kept out. */
export interface Action {
  readonly protocol?: Protocol;
  readonly metaData?: MetaData;
  readonly add?: AddFile;
  readonly remove?: RemoveFile;
  readonly txn?: Txn;
  readonly domainMetadata?: DomainMetadata;
  readonly commitInfo?: Readonly<Record<string, unknown>>;
}

/** A commit as the text of its file: one action a line. */
export function encodeActions(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

/** @throws SystemError where the text is not one JSON object a line. */
export function decodeActions(text: string, source: string): Action[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => decodeAction(line, source));
}

/** Members that are null, as in a checkpoint's rows, count as absent. */
export function decodeAction(line: string, source: string): Action {
  try {
    return withoutNulls(JSON.parse(line)) as Action;
  } catch (cause) {
    throw new SystemError('The log of a Delta table holds a line that is not JSON.', {
      details: {file: source},
      cause,
    });
  }
}

/** Two levels deep: the action's kind and its fields. */
function withoutNulls(value: unknown, depth = 2): unknown {
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member, depth - 1)]),
  );
}
