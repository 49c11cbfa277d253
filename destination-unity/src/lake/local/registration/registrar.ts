import {ConfigError, TransientError, type Log} from 'airbyte-cdk-ts';

import type {CatalogClient} from './catalog-client';
import {
  differences,
  foreignness,
  fullName,
  type RegisteredTable,
  type TableEntry,
} from './table-entry';

/** Rounds in which somebody else may change the entry at the same moment. */
const MOST_ROUNDS = 3;

/** Keeps the entries of a catalog like the tables they stand for. */
export class Registrar {
  constructor(
    private readonly client: CatalogClient,
    private readonly log: Log,
  ) {}

  /**
   * Makes the catalog say of the table what the entry says. An entry that says it already
   * is left as it is; one that differs is removed and made anew, as the interface knows no
   * change. What is not ours is never touched.
   * @throws ConfigError where the name belongs to another table.
   */
  async register(entry: TableEntry): Promise<void> {
    const name = fullName(entry);
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const registered = await this.client.table(name);
      const isDone =
        registered === undefined
          ? await this.create(entry)
          : await this.update(registered, entry);
      if (isDone) return;
    }
    throw new TransientError(
      `The entry of table ${name} in the Unity Catalog at ${this.client.server} changed ` +
        `${MOST_ROUNDS} times while it was being registered.`,
    );
  }

  private async create(entry: TableEntry): Promise<boolean> {
    await this.client.ensureSchema(entry.schema_name);
    if (!(await this.client.createTable(entry))) return false;
    this.log.info(
      `Registered ${fullName(entry)} in the Unity Catalog at ${this.client.server}.`,
    );
    return true;
  }

  private async update(
    registered: RegisteredTable,
    entry: TableEntry,
  ): Promise<boolean> {
    const name = fullName(entry);
    const foreign = foreignness(registered, entry);
    if (foreign !== undefined) throw this.foreignTable(name, foreign);
    const changes = differences(registered, entry);
    if (changes.length === 0) return true;
    await this.client.deleteTable(name);
    if (!(await this.recreate(registered, entry))) return false;
    this.log.info(
      `Registered ${name} anew in the Unity Catalog at ${this.client.server}: ` +
        `${changes.join(', ')} changed.`,
    );
    return true;
  }

  /** An entry the server will not have must not cost the readers the one they had. */
  private async recreate(
    registered: RegisteredTable,
    entry: TableEntry,
  ): Promise<boolean> {
    try {
      return await this.client.createTable(entry);
    } catch (failure) {
      if (this.client.isReached) await this.putBack(asRegistered(registered, entry));
      throw failure;
    }
  }

  private async putBack(entry: TableEntry): Promise<void> {
    try {
      await this.client.createTable(entry);
    } catch {
      this.log.warn(
        `${fullName(entry)} is missing in the Unity Catalog at ${this.client.server} ` +
          'until it can be registered again.',
      );
    }
  }

  private foreignTable(name: string, foreign: string): ConfigError {
    return new ConfigError(
      `The Unity Catalog at ${this.client.server} has another table by the name ${name}: ` +
        `${foreign}. It is left alone. Remove or rename it there, or give the stream ` +
        'another schema or prefix.',
    );
  }
}

/** The entry with what the catalog had said before. */
function asRegistered(registered: RegisteredTable, entry: TableEntry): TableEntry {
  const {columns, comment, properties} = registered;
  return {
    ...entry,
    columns: columns ?? [],
    comment: comment ?? '',
    properties: properties ?? {},
  };
}
