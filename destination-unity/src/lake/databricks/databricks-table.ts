import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {EncodedFile} from '../../parquet/encoded-file';
import type {KeyOrder} from '../../parquet/batch-order';
import type {ColumnBatch} from '../../rows/column-batch';
import {standing} from '../../table/standing';
import type {TableDefinition} from '../../table/table-definition';
import type {LakeTable, StoredGenerations} from '../lake';
import {CommitLane} from './commit-lane';
import type {Engine} from './engine';
import {allowNullKeys, isNullRefused} from './governance';
import {keyBounds} from './key-bounds';
import {copyInto, storedGenerations, type LoadedColumn} from './sql/load-statements';
import {mergeInto} from './sql/merge-statement';
import {optimizeTable, tableOf} from './sql/table-statements';
import {loadedColumns, storedDefinition, type StoredTable} from './stored-table';
import {openSuccessor, settleSuccessor, takeOver} from './successor';
import {evolveTable} from './table-changes';

/** What a load of plain rows goes by; the files come when it is its turn. */
interface CopyPlan {
  readonly stored: StoredTable;
  readonly columns: readonly LoadedColumn[];
}

/** A Delta table of a SQL warehouse, as a stream writes it. */
export class DatabricksTable implements LakeTable {
  readonly mayGainLateRows = true;
  readonly #lane: CommitLane<CopyPlan>;
  #known: TableDefinition;
  /** A staged file has a NULL in a column of the key. */
  #hasNullKeys = false;

  constructor(
    private stored: StoredTable,
    private wanted: TableDefinition,
    private readonly engine: Engine,
  ) {
    this.#known = storedDefinition(stored, wanted);
    this.#lane = new CommitLane((plan, paths) => this.copy(plan, paths));
  }

  get definition(): TableDefinition {
    return this.#known;
  }

  expectRows(): void {
    this.engine.encoder.prepare();
  }

  generations(): Promise<StoredGenerations | undefined> {
    return this.#lane.inTurn(async () => {
      const rows = await this.engine.warehouse.run(storedGenerations(this.stored.name));
      const {least, greatest} = rows[0] ?? {};
      if (typeof least !== 'string' || typeof greatest !== 'string') return undefined;
      return {min: Number(least), max: Number(greatest)};
    });
  }

  evolve(wanted: TableDefinition): Promise<void> {
    return this.#lane.inTurn(async () => {
      this.wanted = wanted;
      this.knowAs(await evolveTable(this.stored, wanted, this.engine));
    });
  }

  append(batch: ColumnBatch): Promise<void> {
    if (batch.rows === 0) return Promise.resolve();
    const columns = this.columnsOf(batch);
    const plan = {stored: this.stored, columns};
    const staged = this.stage(batch, {key: this.wanted.key});
    return this.#lane.add({
      kind: JSON.stringify(columns),
      plan,
      staged: staged.then(({path: file}) => file),
    });
  }

  merge(batch: ColumnBatch): Promise<void> {
    if (batch.rows === 0) return Promise.resolve();
    const columns = this.columnsOf(batch);
    const keepGreatest = standing(this.wanted);
    const staged = this.stage(batch, {key: this.wanted.key, keepGreatest});
    staged.catch(() => undefined); // told when it is its turn
    return this.#lane.inTurn(async () => {
      const {path: file, encoded} = await staged;
      await this.load(
        mergeInto({
          table: this.stored.name,
          columns,
          file,
          key: this.wanted.key,
          bounds: keyBounds(encoded, {...this.definition, key: this.wanted.key}),
          standing: keepGreatest,
          deletion: this.wanted.deletion,
        }),
      );
      this.engine.committed([file]);
    });
  }

  successor(generation: number): Promise<LakeTable> {
    return this.#lane.inTurn(async () => {
      const {definition, engine} = this;
      const refresh = await openSuccessor(this.stored, definition, {
        generation,
        engine,
      });
      this.stored = refresh.stored;
      const {successor} = refresh;
      return new DatabricksTable(
        successor,
        {...definition, name: successor.name},
        engine,
      );
    });
  }

  replaceWith(successor: LakeTable): Promise<void> {
    return this.#lane.inTurn(async () => {
      if (!(successor instanceof DatabricksTable)) {
        throw new SystemError(
          'A table can only be replaced by a successor of its own.',
        );
      }
      const refresh = {stored: this.stored, successor: successor.stored};
      this.stored = await takeOver(refresh, this.engine, (sql) =>
        this.load(sql, successor.#hasNullKeys),
      );
    });
  }

  finish(): Promise<void> {
    return this.#lane.inTurn(async () => {
      const {settings, warehouse} = this.engine;
      this.stored = await settleSuccessor(this.stored, this.engine);
      if (settings.optimize === 'end_of_sync') {
        await warehouse.run(optimizeTable(this.stored.name));
      }
    });
  }

  private async copy(
    {stored, columns}: CopyPlan,
    paths: readonly string[],
  ): Promise<void> {
    const [first = ''] = paths;
    await this.load(
      copyInto({
        table: stored.name,
        columns,
        folder: `${path.posix.dirname(first)}/`,
        files: paths.map((file) => path.posix.basename(file)),
      }),
    );
    this.engine.committed(paths);
  }

  /** Runs a statement that brings rows; a NULL in the key is let in when one comes. */
  private async load(sql: string, hasNullKeys = this.#hasNullKeys): Promise<void> {
    const {warehouse, times} = this.engine;
    await times.measure('commit', async () => {
      if (hasNullKeys) await this.takeNullKeys();
      const outcome = await warehouse.attempt(sql);
      if (outcome.kind === 'done') return;
      if (isNullRefused(outcome.refusal)) await this.takeNullKeys();
      await warehouse.run(sql);
    });
  }

  private async takeNullKeys(): Promise<void> {
    this.stored = await allowNullKeys(this.stored, this.engine);
  }

  private async stage(
    batch: ColumnBatch,
    order: KeyOrder,
  ): Promise<{readonly path: string; readonly encoded: EncodedFile}> {
    const {encoder, staging, times, tempFolder, newId} = this.engine;
    const file = path.join(tempFolder, `${newId()}.parquet`);
    const encoded = await times.measure('encode', () =>
      encoder.encode(batch, file, order),
    );
    times.add(encoded);
    this.#hasNullKeys ||= this.wanted.key.some(
      (name) => (encoded.columns.get(name)?.nullCount ?? 0) > 0,
    );
    const staged = await times.measure('upload', () =>
      staging.stage(encoded.path, tableOf(this.stored.name)),
    );
    return {path: staged, encoded};
  }

  private columnsOf({columns}: ColumnBatch): readonly LoadedColumn[] {
    const names = columns.map(({column}) => column);
    const loaded = loadedColumns(this.stored, names);
    if (loaded.length === names.length) return loaded;
    throw new SystemError('A batch does not fit the columns of its table.', {
      details: {table: this.stored.name.table},
    });
  }

  private knowAs(stored: StoredTable): void {
    this.stored = stored;
    this.#known = storedDefinition(stored, this.wanted);
  }
}
