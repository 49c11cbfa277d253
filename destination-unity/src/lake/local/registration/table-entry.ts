import type {MetaData} from '../actions';
import {schemaFields} from '../table-schema';
import {columnEntry, commentText, type ColumnEntry} from './column-entry';
import {isSameLocation, storageLocation} from './storage-location';

/** A table as the REST interface of Unity Catalog takes it. */
export interface TableEntry {
  readonly catalog_name: string;
  readonly schema_name: string;
  readonly name: string;
  readonly table_type: string;
  readonly data_source_format: string;
  readonly storage_location: string;
  readonly columns: readonly ColumnEntry[];
  readonly comment?: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A table as the interface gives it: servers leave out what they have nothing for. */
export type RegisteredTable = Pick<TableEntry, 'name'> & {
  readonly [Member in keyof TableEntry]?: TableEntry[Member] | null;
};

export interface EntryOptions {
  /** In the catalog server, whatever the catalog's folder is called in the lake. */
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
  readonly folder: string;
  readonly metaData: Pick<MetaData, 'schemaString' | 'description' | 'configuration'>;
}

/** Properties of the Delta table that readers of the catalog are shown as well. */
const SHOWN_PROPERTIES: readonly string[] = ['airbyte.origin'];

/** The server keeps a property's value in so many characters. */
const MOST_PROPERTY_CHARACTERS = 255;

/** What a catalog has to say of a Delta table in a folder. */
export function tableEntry(options: EntryOptions): TableEntry {
  const {metaData, folder} = options;
  const comment = commentText(metaData.description);
  return {
    catalog_name: options.catalog,
    schema_name: options.schema,
    name: options.table,
    table_type: 'EXTERNAL',
    data_source_format: 'DELTA',
    storage_location: storageLocation(folder),
    columns: schemaFields(metaData.schemaString).map(columnEntry),
    ...(comment === undefined ? {} : {comment}),
    properties: shownProperties(metaData.configuration),
  };
}

export function fullName({catalog_name, schema_name, name}: TableEntry): string {
  return `${catalog_name}.${schema_name}.${name}`;
}

/**
 * Why the registered table is somebody else's; undefined for an earlier entry of ours.
 * Only an external Delta table in the very folder is ours.
 */
export function foreignness(
  registered: RegisteredTable,
  wanted: TableEntry,
): string | undefined {
  const {table_type, data_source_format, storage_location} = registered;
  if (
    table_type !== wanted.table_type ||
    data_source_format !== wanted.data_source_format
  ) {
    return `it is ${table_type ?? 'of no type'} ${data_source_format ?? 'without a format'}`;
  }
  const location = storage_location ?? '';
  return isSameLocation(location, wanted.storage_location)
    ? undefined
    : `it stands at ${location}`;
}

/**
 * What the registered entry says otherwise, in words for a log; empty if it says the same.
 * Properties do not count: they are put in for readers and change nothing for them.
 */
export function differences(
  registered: RegisteredTable,
  wanted: TableEntry,
): readonly string[] {
  const stored = [...(registered.columns ?? [])].sort(
    (a, b) => a.position - b.position,
  );
  const columns = wanted.columns.filter(
    (column, position) => !isSameColumn(stored[position], column),
  );
  const surplus = stored.slice(wanted.columns.length);
  return [
    ...(isSameComment(registered.comment, wanted.comment) ? [] : ['comment']),
    ...[...columns, ...surplus].map(({name}) => `column ${name}`),
  ];
}

/**
 * The text of the type stands for the whole of it. Servers put it into lower case, and they
 * may write the JSON of it anew.
 */
function isSameColumn(stored: ColumnEntry | undefined, wanted: ColumnEntry): boolean {
  if (stored === undefined) return false;
  const plain = ({name, type_name, type_text, nullable}: ColumnEntry): string =>
    JSON.stringify([name, type_name, type_text.toLowerCase(), nullable]);
  return (
    plain(stored) === plain(wanted) && isSameComment(stored.comment, wanted.comment)
  );
}

function isSameComment(
  stored: string | null | undefined,
  wanted: string | undefined,
): boolean {
  return (stored ?? '') === (wanted ?? '');
}

function shownProperties(
  configuration: MetaData['configuration'],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    SHOWN_PROPERTIES.flatMap((name) => {
      const value = configuration[name];
      const fits = value !== undefined && value.length <= MOST_PROPERTY_CHARACTERS;
      return fits ? [[name, value]] : [];
    }),
  );
}
