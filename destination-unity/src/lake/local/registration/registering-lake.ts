import {
  asConnectorError,
  ConfigError,
  SystemError,
  TransientError,
  type ConnectorError,
} from 'airbyte-cdk-ts';

import type {ColumnBatch} from '../../../rows/column-batch';
import type {TableDefinition} from '../../../table/table-definition';
import type {Lake, LakeTable, StoredGenerations} from '../../lake';
import type {LocalTable} from '../local-table';
import type {Registration} from './registration';
import {fullName, tableEntry, type TableEntry} from './table-entry';

/** A lake whose tables stand in folders of their own. */
export interface FolderLake extends Lake {
  ensure(definition: TableDefinition): Promise<LocalTable>;
}

export interface RegisteringOptions {
  readonly registration: Registration;
  /** Where the tables are registered, whatever their catalog is called in the lake. */
  readonly catalog: string;
  /** Tries the registration of a table and says what was tried. */
  readonly tryOut: () => Promise<string>;
  /** The folder of a table as readers of the catalog reach it. */
  readonly shownFolder: (folder: string) => string;
  /** Ends the connections to the server. */
  readonly close: () => void;
}

/** A local lake that shows its tables in a Unity Catalog server. */
export class RegisteringLake implements Lake {
  constructor(
    private readonly lake: FolderLake,
    readonly options: RegisteringOptions,
  ) {}

  async check(): Promise<string> {
    const tried = await this.lake.check();
    return `${tried} ${await this.options.tryOut()}`;
  }

  widens(...types: Parameters<Lake['widens']>): boolean {
    return this.lake.widens(...types);
  }

  async ensure(definition: TableDefinition): Promise<LakeTable> {
    const table = new RegisteredTable(await this.lake.ensure(definition), this.options);
    // The table of another stream, opened to see whose it is, is not ours to announce.
    const {origin} = table.definition;
    if (origin === undefined || origin === definition.origin) await table.announce();
    return table;
  }

  statesOut(): void {
    this.lake.statesOut?.();
  }

  async close(): Promise<void> {
    this.options.close();
    await this.lake.close();
  }
}

/** A table that keeps its entry in the catalog like itself. */
class RegisteredTable implements LakeTable {
  #announced = '';

  constructor(
    private readonly table: LocalTable,
    private readonly options: RegisteringOptions,
  ) {}

  get definition(): TableDefinition {
    return this.table.definition;
  }

  expectRows(): void {
    this.table.expectRows();
  }

  generations(): Promise<StoredGenerations | undefined> {
    return this.table.generations();
  }

  async evolve(wanted: TableDefinition): Promise<void> {
    await this.table.evolve(wanted);
    await this.announce();
  }

  append(batch: ColumnBatch): Promise<void> {
    return this.table.append(batch);
  }

  merge(batch: ColumnBatch): Promise<void> {
    return this.table.merge(batch);
  }

  /** Stands beside the table until it takes its place, and is nobody's to see. */
  successor(generation: number): Promise<LakeTable> {
    return this.table.successor(generation);
  }

  async replaceWith(successor: LakeTable): Promise<void> {
    await this.table.replaceWith(successor);
    await this.announce();
  }

  async finish(): Promise<void> {
    await this.table.finish();
    await this.table.delta.refresh();
    const entry = this.entry();
    try {
      await this.options.registration.final(entry);
    } catch (failure) {
      throw this.#unregistered(asConnectorError(failure), entry);
    }
  }

  /** Tells the catalog early, if there is anything new to tell. */
  async announce(): Promise<void> {
    const entry = this.entry();
    const said = JSON.stringify(entry);
    if (said === this.#announced) return;
    this.#announced = said;
    await this.options.registration.early(entry);
  }

  /** The same failure, which must not be taken for one of loading. */
  #unregistered(cause: ConnectorError, entry: TableEntry): ConnectorError {
    const Failure = FAILURES[cause.failureType];
    return new Failure(
      `The rows are stored in ${this.table.delta.folder}; only the registration of ` +
        `${fullName(entry)} failed: ${cause.message} The next sync tries again.`,
      {details: cause.details, cause},
    );
  }

  private entry(): TableEntry {
    const {name} = this.table.definition;
    const {folder, snapshot} = this.table.delta;
    return tableEntry({
      catalog: this.options.catalog,
      schema: name.schema,
      table: name.table,
      folder: this.options.shownFolder(folder),
      metaData: snapshot.metaData,
    });
  }
}

const FAILURES = {
  config_error: ConfigError,
  transient_error: TransientError,
  system_error: SystemError,
} as const;
