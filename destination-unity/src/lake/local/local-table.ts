import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {KeyOrder} from '../../parquet/batch-order';
import type {EncodedFile} from '../../parquet/encoded-file';
import type {ColumnBatch} from '../../rows/column-batch';
import {standing} from '../../table/standing';
import type {TableDefinition} from '../../table/table-definition';
import type {LakeTable, StoredGenerations} from '../lake';
import type {Action, MetaData} from './actions';
import {addedFile} from './added-file';
import {compactTable} from './compaction';
import {dataFileName, dataFilePath, removeOf} from './data-file';
import type {DeltaTable} from './delta-table';
import {storedGenerations} from './generations';
import {mergeFiles, type MergeOutcome} from './merge';
import type {Snapshot} from './snapshot';
import {openSuccessor, takeOver} from './successor';
import type {Surroundings} from './surroundings';
import {
  evolveTable,
  guardColumns,
  storedDefinition,
  type BatchShape,
} from './table-columns';

/** A definition and what it was made from: the schema is parsed once a version of it. */
interface KnownDefinition {
  readonly metaData: MetaData;
  readonly wanted: TableDefinition;
  readonly definition: TableDefinition;
}

/** A Delta table in a folder of this machine, as a stream writes it. */
export class LocalTable implements LakeTable {
  private turn: Promise<unknown> = Promise.resolve();
  private known: KnownDefinition | undefined;
  private failure: {readonly reason: unknown} | undefined;

  constructor(
    readonly delta: DeltaTable,
    private wanted: TableDefinition,
    private readonly surroundings: Surroundings,
  ) {}

  get definition(): TableDefinition {
    const {metaData} = this.delta.snapshot;
    if (this.known?.metaData !== metaData || this.known.wanted !== this.wanted) {
      const definition = storedDefinition(this.delta.snapshot, this.wanted);
      this.known = {metaData, wanted: this.wanted, definition};
    }
    return this.known.definition;
  }

  expectRows(): void {
    this.surroundings.encoder.prepare();
  }

  generations(): Promise<StoredGenerations | undefined> {
    return this.inTurn(async () => {
      await this.delta.refresh();
      return await storedGenerations(this.delta, this.surroundings);
    });
  }

  evolve(wanted: TableDefinition): Promise<void> {
    return this.inTurn(async () => {
      this.wanted = wanted;
      await this.delta.refresh();
      await this.delta.commit((snapshot) => ({
        operation: 'ADD COLUMNS',
        actions: evolveTable(snapshot, wanted),
      }));
    });
  }

  /** The batch is encoded while those before it are on their way into a version. */
  append(batch: ColumnBatch): Promise<void> {
    if (batch.rows === 0) return this.commitInTurn(() => Promise.resolve());
    const shape = shapeOf(batch);
    const encoding = this.encode(batch, {key: this.wanted.key});
    encoding.catch(() => undefined); // told in its turn
    const act = async (): Promise<void> => {
      const encoded = await encoding;
      await this.delta.commit((snapshot) => {
        guardColumns(snapshot, shape);
        return {
          operation: 'WRITE',
          actions: [this.txn(snapshot), this.add(snapshot, encoded)],
        };
      });
    };
    return this.commitInTurn(act, () => this.withdraw(encoding));
  }

  merge(batch: ColumnBatch): Promise<void> {
    return this.commitInTurn(async () => {
      if (batch.rows === 0) return;
      guardColumns(this.delta.snapshot, batch);
      const shape = shapeOf(batch);
      const order = {key: this.wanted.key, keepGreatest: standing(this.wanted)};
      const fresh = await this.encode(batch, order);
      await this.delta.refresh();
      // What an attempt wrote serves nothing once another writer came first.
      let passing = [fresh.path];
      await this.delta.commit(async (snapshot) => {
        guardColumns(snapshot, shape);
        await this.remove(passing.filter((file) => file !== fresh.path));
        const {removed, added} = await this.mergeInto(snapshot, fresh);
        passing = [fresh.path, ...added.map(({path: file}) => file)];
        if (removed.length + added.length === 0)
          return {operation: 'MERGE', actions: []};
        const nowMs = this.surroundings.now();
        return {
          operation: 'MERGE',
          actions: [
            this.txn(snapshot),
            ...removed.map((file) => ({remove: removeOf(file, nowMs)})),
            ...added.map((file) => this.add(snapshot, file)),
          ],
        };
      });
      if (!this.holds(fresh)) await this.remove([fresh.path]);
    });
  }

  successor(generation: number): Promise<LakeTable> {
    return this.inTurn(async () => {
      await this.delta.refresh();
      const delta = await openSuccessor(this.delta, generation, this.surroundings);
      const successor = new LocalTable(delta, this.wanted, this.surroundings);
      await successor.evolve(this.definition);
      return successor;
    });
  }

  replaceWith(successor: LakeTable): Promise<void> {
    return this.inTurn(async () => {
      if (!(successor instanceof LocalTable)) {
        throw new SystemError(
          'A table can only be replaced by a successor of its own.',
        );
      }
      await takeOver(this.delta, successor.delta, this.surroundings);
    });
  }

  /** Puts the small files of many syncs together. */
  finish(): Promise<void> {
    return this.inTurn(async () => {
      await this.delta.refresh();
      await compactTable(this.delta, this.definition, this.surroundings);
    });
  }

  private async mergeInto(
    snapshot: Snapshot,
    fresh: EncodedFile,
  ): Promise<MergeOutcome> {
    const {surroundings, definition} = this;
    const {folder} = this.delta;
    const request = {folder, definition, snapshot, fresh};
    const outcome = await mergeFiles(request, surroundings);
    for (const file of outcome.added) await surroundings.disk.sync(file.path);
    await surroundings.disk.sync(folder);
    return outcome;
  }

  /** Writes the batch to a file of the table, durable but not yet in any version. */
  private async encode(batch: ColumnBatch, order: KeyOrder): Promise<EncodedFile> {
    const {disk, encoder, newId} = this.surroundings;
    const file = path.join(this.delta.folder, dataFileName(newId()));
    const encoded = await encoder.encode(batch, file, order);
    await disk.sync(encoded.path);
    await disk.sync(this.delta.folder);
    return encoded;
  }

  private add(snapshot: Snapshot, file: EncodedFile): Action {
    const {key} = this.wanted;
    return {add: addedFile(snapshot, file, {key, nowMs: this.surroundings.now()})};
  }

  private holds({path: file}: EncodedFile): boolean {
    const {files} = this.delta.snapshot;
    return [...files.values()].some(
      (add) => dataFilePath(this.delta.folder, add) === file,
    );
  }

  private async remove(files: readonly string[]): Promise<void> {
    for (const file of files) await this.surroundings.disk.remove(file);
  }

  /** Counts the stream's commits, in the same step as the commit itself. */
  private txn(snapshot: Snapshot): Action {
    const {schema, table} = this.wanted.name;
    const appId = `airbyte:${schema}.${table}`;
    const version = (snapshot.txns.get(appId)?.version ?? 0) + 1;
    return {txn: {appId, version, lastUpdated: this.surroundings.now()}};
  }

  /** A file that no version was to name yet. */
  private async withdraw(encoding: Promise<EncodedFile>): Promise<void> {
    const [encoded] = await Promise.allSettled([encoding]);
    if (encoded.status === 'fulfilled') await this.remove([encoded.value.path]);
  }

  /** Behind a batch that could not be committed, none is: there would be a gap. */
  private commitInTurn(
    act: () => Promise<void>,
    withdraw?: () => Promise<void>,
  ): Promise<void> {
    const committed = this.inTurn(async () => {
      if (this.failure === undefined) return act();
      await withdraw?.();
      throw this.failure.reason;
    });
    committed.catch((reason: unknown) => (this.failure ??= {reason}));
    return committed;
  }

  /** What changes the table is done one after the other, in the order it was asked for. */
  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(act);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

/** The columns of a batch, to be looked at after its buffers were handed over. */
function shapeOf({columns}: ColumnBatch): BatchShape {
  return {columns: columns.map(({column}) => ({column}))};
}
