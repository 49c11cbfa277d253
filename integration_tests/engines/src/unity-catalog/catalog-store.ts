import {randomUUID} from 'node:crypto';

import {missing, RefusedRequest, taken, invalid} from './refused-request';
import {tableRequest, validName, type ColumnInfo, type Members} from './table-request';

/** A table as `GET tables/{name}` answers it. */
export interface TableInfo {
  readonly name: string;
  readonly catalog_name: string;
  readonly schema_name: string;
  readonly table_type: string;
  readonly data_source_format: string;
  readonly storage_location: string;
  readonly columns: readonly ColumnInfo[];
  readonly comment: string | null;
  readonly properties: Readonly<Record<string, string>>;
  /** New with every registration, whatever the name. */
  readonly table_id: string;
  readonly created_at: number;
}

interface NamedInfo {
  readonly name: string;
  readonly [member: string]: unknown;
}

export interface Page {
  readonly after: string;
  /** 0: as many as the server likes. */
  readonly maxResults: number;
}

const MOST_A_PAGE = 50;

/** What is in the catalogs, by full name. */
export class CatalogStore {
  readonly catalogs = new Map<string, NamedInfo>();
  readonly schemas = new Map<string, NamedInfo>();
  readonly tables = new Map<string, TableInfo>();

  /** @param nowMs Epoch milliseconds. */
  constructor(private readonly nowMs: () => number = Date.now) {}

  createCatalog(body: Members): NamedInfo {
    const name = validName(body['name']);
    if (this.catalogs.has(name)) throw taken('Catalog', name);
    const info = {name, id: randomUUID(), created_at: this.nowMs()};
    this.catalogs.set(name, info);
    return info;
  }

  createSchema(body: Members): NamedInfo {
    const name = validName(body['name']);
    const catalog = String(body['catalog_name']);
    if (!this.catalogs.has(catalog)) throw missing('Catalog', catalog);
    const fullName = `${catalog}.${name}`;
    if (this.schemas.has(fullName)) throw taken('Schema', fullName);
    const info = {
      ...{name, catalog_name: catalog, full_name: fullName},
      schema_id: randomUUID(),
    };
    this.schemas.set(fullName, info);
    return info;
  }

  createTable(body: Members): TableInfo {
    const {catalogName, schemaName, name, format, location, ...rest} =
      tableRequest(body);
    const schema = `${catalogName}.${schemaName}`;
    if (!this.schemas.has(schema)) throw missing('Schema', schema);
    const fullName = `${schema}.${name}`;
    if (this.tables.has(fullName)) throw taken('Table', fullName);
    const info: TableInfo = {
      ...{name, catalog_name: catalogName, schema_name: schemaName},
      ...{
        table_type: 'EXTERNAL',
        data_source_format: format,
        storage_location: location,
      },
      ...rest,
      ...{table_id: randomUUID(), created_at: this.nowMs()},
    };
    this.tables.set(fullName, info);
    return info;
  }

  /** Tables of a schema by name, a page of them. */
  listTables(schema: string, {after, maxResults}: Page): unknown {
    if (!this.schemas.has(schema)) throw missing('Schema', schema);
    if (!(maxResults >= 0)) throw invalid('maxResults must not be negative');
    const length = Math.min(maxResults === 0 ? MOST_A_PAGE : maxResults, MOST_A_PAGE);
    const names = [...this.tables.keys()]
      .filter((name) => name.startsWith(`${schema}.`))
      .filter((name) => name.slice(schema.length + 1) > after)
      .sort();
    const tables = names.slice(0, length).map((name) => this.tables.get(name));
    const last = names.length < length ? null : (tables.at(-1)?.name ?? null);
    return {tables, next_page_token: last};
  }

  /** A schema that holds tables goes only by force, and takes them along. */
  deleteSchema(name: string, isForced: boolean): void {
    if (!this.schemas.has(name)) throw missing('Schema', name);
    const held = [...this.tables.keys()].filter((table) =>
      table.startsWith(`${name}.`),
    );
    if (held.length > 0 && !isForced) {
      throw new RefusedRequest(400, 'FAILED_PRECONDITION', 'Schema is not empty');
    }
    for (const table of held) this.tables.delete(table);
    this.schemas.delete(name);
  }
}
