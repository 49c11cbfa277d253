import path from 'node:path';

import {SystemError} from 'airbyte-cdk-ts';

import type {CatalogClient} from './catalog-client';
import {isSameLocation, storageLocation} from './storage-location';
import {differences, fullName, tableEntry, type TableEntry} from './table-entry';

/** Names of the throw-away tables, with the time they were made in between. */
const PREFIX = '_airbyte_check_';
const LEFTOVER = /^_airbyte_check_([0-9a-z]+)_/;
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1000;

const COLUMNS = [
  {name: 'at', type: 'timestamp'},
  {name: 'value', type: 'decimal(38,9)'},
].map((column) => ({...column, nullable: true, metadata: {comment: 'A trial.'}}));

export interface TrialOptions {
  /** Folder of the lake. */
  readonly folder: string;
  /** Where tables are tried: the schema of streams without a namespace. */
  readonly schema: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Registers a table that does not exist, reads its entry back and removes it, and the
 * schema with it where that was made for the purpose.
 * @returns A sentence on what was done.
 */
export async function tryRegistration(
  client: CatalogClient,
  options: TrialOptions,
): Promise<string> {
  await client.requireCatalog();
  const isOurSchema = await client.ensureSchema(options.schema);
  try {
    await removeLeftovers(client, options);
    await tryEntry(client, trialEntry(client, options));
  } finally {
    if (isOurSchema) await client.deleteSchema(options.schema);
  }
  return (
    `Registered a table in the catalog ${client.catalog} of the Unity Catalog at ` +
    `${client.server} and removed it.`
  );
}

async function tryEntry(client: CatalogClient, entry: TableEntry): Promise<void> {
  const name = fullName(entry);
  try {
    await client.createTable(entry);
    const registered = await client.table(name);
    const lost = registered === undefined ? ['it'] : differences(registered, entry);
    if (lost.length > 0) {
      throw new SystemError(
        `The Unity Catalog at ${client.server} does not give back what was registered.`,
        {details: {differs: lost.join(', ')}},
      );
    }
  } finally {
    await client.deleteTable(name);
  }
}

function trialEntry(
  {catalog}: CatalogClient,
  {folder, schema, now, newId}: TrialOptions,
): TableEntry {
  const table = `${PREFIX}${now().toString(36)}_${newId().slice(0, 8)}`;
  const schemaString = JSON.stringify({type: 'struct', fields: COLUMNS});
  const metaData = {schemaString, description: 'A trial.', configuration: {}};
  return tableEntry({
    catalog,
    schema,
    table,
    folder: path.join(folder, table),
    metaData,
  });
}

/** Entries of checks that were killed; those of running ones are younger than a day. */
async function removeLeftovers(
  client: CatalogClient,
  {folder, schema, now}: TrialOptions,
): Promise<void> {
  const leftovers: string[] = [];
  for await (const {name, storage_location: location} of client.tables(schema)) {
    const made = parseInt(LEFTOVER.exec(name)?.[1] ?? '', 36);
    const isOurs = isSameLocation(
      location ?? '',
      storageLocation(path.join(folder, name)),
    );
    if (isOurs && now() - made > LEFTOVER_AGE_MS) leftovers.push(name);
  }
  for (const name of leftovers) {
    await client.deleteTable(`${client.catalog}.${schema}.${name}`);
  }
}
