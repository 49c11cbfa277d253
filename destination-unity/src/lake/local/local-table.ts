import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {ColumnBatch} from '../../rows/column-batch';
import type {TableDefinition} from '../../table/table-definition';
import type {LakeTable, StoredGenerations} from '../lake';
import type {Action} from './actions';
import {addOf, dataFileName} from './data-file';
import type {DeltaTable} from './delta-table';
import {storedGenerations} from './generations';
import type {Snapshot} from './snapshot';
import type {Surroundings} from './surroundings';
import {
  addColumns,
  guardColumns,
  storedColumns,
  storedDefinition,
} from './table-columns';

/** A Delta table in a folder of this machine, as a stream writes it. */
export class LocalTable implements LakeTable {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly delta: DeltaTable,
    private wanted: TableDefinition,
    private readonly surroundings: Surroundings,
  ) {}

  get definition(): TableDefinition {
    return storedDefinition(this.delta.snapshot, this.wanted);
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
        actions: addColumns(snapshot, wanted),
      }));
    });
  }

  append(batch: ColumnBatch): Promise<void> {
    return this.inTurn(async () => {
      if (batch.rows === 0) return;
      const {disk, encoder, newId, now} = this.surroundings;
      const file = path.join(this.delta.folder, dataFileName(newId()));
      const {key} = this.wanted;
      guardColumns(this.delta.snapshot, batch);
      const shape = {columns: batch.columns.map(({column}) => ({column}))};
      const encoded = await encoder.encode(batch, file, {key});
      await disk.sync(encoded.path);
      await disk.sync(this.delta.folder);
      await this.delta.commit((snapshot) => {
        guardColumns(snapshot, shape);
        const columns = storedColumns(snapshot);
        const add = addOf(encoded, {columns, key, nowMs: now()});
        return {operation: 'WRITE', actions: [this.txn(snapshot), {add}]};
      });
    });
  }

  merge(_batch: ColumnBatch): Promise<void> {
    return Promise.reject(new SystemError('merge is not there yet.'));
  }

  successor(_generation: number): Promise<LakeTable> {
    return Promise.reject(new SystemError('successor is not there yet.'));
  }

  replaceWith(_successor: LakeTable): Promise<void> {
    return Promise.reject(new SystemError('replaceWith is not there yet.'));
  }

  /** Counts the stream's commits, in the same step as the commit itself. */
  private txn(snapshot: Snapshot): Action {
    const {schema, table} = this.wanted.name;
    const appId = `airbyte:${schema}.${table}`;
    const version = (snapshot.txns.get(appId)?.version ?? 0) + 1;
    return {txn: {appId, version, lastUpdated: this.surroundings.now()}};
  }

  /** What changes the table is done one after the other, in the order it was asked for. */
  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(act);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
