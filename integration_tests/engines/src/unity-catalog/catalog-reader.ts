import type {TableInfo} from './catalog-store';
import type {DeltaColumn} from './delta-columns';

export interface ServerAddress {
  readonly url: string;
  readonly token?: string | undefined;
  readonly catalog: string;
}

/** Asks a catalog server what it knows, and prepares it, as a user would by hand. */
export class CatalogReader {
  constructor(readonly address: ServerAddress) {}

  /** Undefined where there is none. */
  async table(schema: string, table: string): Promise<TableInfo | undefined> {
    const name = `${this.address.catalog}.${schema}.${table}`;
    const {status, json} = await this.#ask('GET', `tables/${name}`);
    return status === 404 ? undefined : (json as TableInfo);
  }

  /** Names, sorted; none where there is no such schema. */
  async tables(schema: string): Promise<readonly string[]> {
    const parents = {catalog_name: this.address.catalog, schema_name: schema};
    const query = new URLSearchParams({...parents, max_results: '2'});
    const names: string[] = [];
    for (;;) {
      const {json} = await this.#ask('GET', `tables?${query.toString()}`);
      const {tables = [], next_page_token: next} = json as {
        tables?: readonly TableInfo[];
        next_page_token?: string | null;
      };
      names.push(...tables.map(({name}) => name));
      if (tables.length === 0 || (next ?? '') === '') return names.sort();
      query.set('page_token', String(next));
    }
  }

  async hasSchema(schema: string): Promise<boolean> {
    const name = `${this.address.catalog}.${schema}`;
    return (await this.#ask('GET', `schemas/${name}`)).status === 200;
  }

  async makeSchema(schema: string): Promise<void> {
    const {catalog} = this.address;
    await this.#must('POST', 'schemas', {name: schema, catalog_name: catalog});
  }

  /** An entry as another tool would make it. */
  async makeTable(
    schema: string,
    table: string,
    members: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.#must('POST', 'tables', {
      ...{catalog_name: this.address.catalog, schema_name: schema, name: table},
      ...{table_type: 'EXTERNAL', data_source_format: 'DELTA', columns: []},
      ...members,
    });
  }

  async removeTable(schema: string, table: string): Promise<void> {
    await this.#must('DELETE', `tables/${this.address.catalog}.${schema}.${table}`);
  }

  async removeSchema(schema: string): Promise<void> {
    const name = `${this.address.catalog}.${schema}`;
    await this.#ask('DELETE', `schemas/${name}?force=true`);
  }

  async #must(method: string, path: string, body?: unknown): Promise<void> {
    const {status, json} = await this.#ask(method, path, body);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(json)}`);
  }

  async #ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{readonly status: number; readonly json: unknown}> {
    const {url, token} = this.address;
    const response = await fetch(`${url}/api/2.1/unity-catalog/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : {'Content-Type': 'application/json'}),
        ...(token === undefined ? {} : {Authorization: `Bearer ${token}`}),
      },
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
    const text = await response.text();
    return {status: response.status, json: text === '' ? {} : JSON.parse(text)};
  }
}

/** The columns of an entry, to be compared with those of the Delta log. */
export function entryColumns({columns}: TableInfo): readonly DeltaColumn[] {
  return [...columns]
    .sort((a, b) => a.position - b.position)
    .map(({name, type_json: json, nullable, comment}) => ({
      ...{name, nullable, comment: comment ?? ''},
      type: (JSON.parse(json) as {type: string}).type,
    }));
}
