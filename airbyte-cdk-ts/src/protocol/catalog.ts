import type {JsonObject} from './json';

/** Identity of a stream everywhere in the protocol: name and optional namespace. */
export interface StreamDescriptor {
  readonly name: string;
  readonly namespace?: string;
}

export type SyncMode = 'full_refresh' | 'incremental';
export type DestinationSyncMode =
  'append' | 'overwrite' | 'append_dedup' | 'update' | 'soft_delete';

/** A path to a member of a record: `['address', 'city']`. */
export type FieldPath = readonly string[];

/** One stream of the configured catalog, as `read` and `write` receive it. */
export interface ConfiguredStream {
  readonly descriptor: StreamDescriptor;
  readonly jsonSchema: JsonObject;
  readonly syncMode: SyncMode;
  readonly destinationSyncMode: DestinationSyncMode;
  /** The cursor in force: the source's own where it defines one, else the user's. */
  readonly cursorField: FieldPath;
  /** The key in force, resolved the same way; empty without one. */
  readonly primaryKey: readonly FieldPath[];
  /** Undefined where the caller knows no generations (a plain pipe). */
  readonly generationId: number | undefined;
  readonly minimumGenerationId: number | undefined;
  readonly syncId: number | undefined;
}

export interface ConfiguredCatalog {
  readonly streams: readonly ConfiguredStream[];
}

/** A text that is equal exactly for equal descriptors; for use as a Map key only. */
export function streamKey({name, namespace}: StreamDescriptor): string {
  return JSON.stringify([namespace ?? null, name]);
}
