import {ConfigError} from 'airbyte-cdk-ts';

import type {Http, HttpAnswer} from '../../../http/http';
import {fullName, type RegisteredTable, type TableEntry} from './table-entry';

/** The root of the interface, the same in the open-source server and in Databricks. */
const ROOT = '/api/2.1/unity-catalog';

/** Answers that speak of what was asked for, not of the server or the token. */
const REFUSALS: readonly number[] = [400, 403, 404, 405, 409, 501];

const MOST_WORDS = 300;

interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the root of the interface. */
  readonly path: string;
  readonly json?: unknown;
  /** What is asked for, to go on after "The server refuses to". */
  readonly act: string;
  /** Refusals that are answers to the question. */
  readonly expected?: readonly number[];
}

/** The operations of Unity Catalog's REST interface that registration needs. */
export class CatalogClient {
  #isReached = true;

  /** @param server Its address as messages say it, with nothing secret in it. */
  constructor(
    private readonly http: Http,
    readonly server: string,
    readonly catalog: string,
  ) {}

  /** Whether the last question had an answer, be it a refusal. */
  get isReached(): boolean {
    return this.#isReached;
  }

  /** @throws ConfigError where the catalog is missing. */
  async requireCatalog(): Promise<void> {
    const {status} = await this.#ask({
      method: 'GET',
      path: `/catalogs/${encodeURIComponent(this.catalog)}`,
      act: `show the catalog ${this.catalog}`,
      expected: [404],
    });
    if (status === 404) throw this.#noCatalog();
  }

  /** Whether the schema had to be made. */
  async ensureSchema(schema: string): Promise<boolean> {
    const name = `${this.catalog}.${schema}`;
    const looked = await this.#ask({
      method: 'GET',
      path: `/schemas/${encodeURIComponent(name)}`,
      act: `show the schema ${name}`,
      expected: [404],
    });
    if (looked.status !== 404) return false;
    const act = `make the schema ${name}`;
    const json = {name: schema, catalog_name: this.catalog};
    const made = await this.#ask({
      method: 'POST',
      path: '/schemas',
      json,
      act,
      expected: REFUSALS,
    });
    if (made.status === 404) throw this.#noCatalog();
    return this.#isMade(made, act);
  }

  /** Refused while anything is in it. */
  async deleteSchema(schema: string): Promise<void> {
    const name = `${this.catalog}.${schema}`;
    await this.#ask({
      method: 'DELETE',
      path: `/schemas/${encodeURIComponent(name)}`,
      act: `remove the schema ${name}`,
      expected: [404],
    });
  }

  /** Undefined where no table has the name, or no schema. */
  async table(name: string): Promise<RegisteredTable | undefined> {
    const {status, json} = await this.#ask({
      method: 'GET',
      path: `/tables/${encodeURIComponent(name)}`,
      act: `show the table ${name}`,
      expected: [404],
    });
    return status === 404 ? undefined : (this.#members(json) as RegisteredTable);
  }

  /** False where the name is taken by now. The schema must exist. */
  async createTable(entry: TableEntry): Promise<boolean> {
    const act = `register the table ${fullName(entry)}`;
    const made = await this.#ask({
      method: 'POST',
      path: '/tables',
      json: entry,
      act,
      expected: REFUSALS,
    });
    return this.#isMade(made, act);
  }

  /** Takes the entry away, never the files: that is how servers treat external tables. */
  async deleteTable(name: string): Promise<void> {
    await this.#ask({
      method: 'DELETE',
      path: `/tables/${encodeURIComponent(name)}`,
      act: `remove the entry of table ${name}`,
      expected: [404],
    });
  }

  /** All tables of the schema, page by page; none where there is no such schema. */
  async *tables(schema: string): AsyncGenerator<RegisteredTable> {
    const parents = {catalog_name: this.catalog, schema_name: schema};
    const query = new URLSearchParams(parents);
    for (;;) {
      const {status, json} = await this.#ask({
        method: 'GET',
        path: `/tables?${query.toString()}`,
        act: `list the tables of ${this.catalog}.${schema}`,
        expected: [404],
      });
      if (status === 404) return;
      const page = this.#members(json) as TablePage;
      yield* page.tables ?? [];
      const next = page.next_page_token ?? '';
      if (next === '' || next === query.get('page_token')) return;
      query.set('page_token', next);
    }
  }

  async #ask({act, expected = [], ...question}: Question): Promise<HttpAnswer> {
    this.#isReached = false;
    const answer = await this.http.send({
      ...question,
      path: `${ROOT}${question.path}`,
      accept: REFUSALS,
    });
    this.#isReached = true;
    if (isSuccess(answer) || expected.includes(answer.status)) return answer;
    throw this.#refusal(answer, act);
  }

  /** False where somebody else was quicker. */
  #isMade(answer: HttpAnswer, act: string): boolean {
    if (isSuccess(answer)) return true;
    if (isTaken(answer)) return false;
    throw this.#refusal(answer, act);
  }

  #members(json: unknown): object {
    if (typeof json === 'object' && json !== null) return json;
    throw new ConfigError(
      `What answers at ${this.server} is no Unity Catalog server: its answer is not JSON. ` +
        'Correct the address of the catalog server.',
    );
  }

  #noCatalog(): ConfigError {
    return new ConfigError(
      `There is no catalog ${this.catalog} in the Unity Catalog at ${this.server}. ` +
        'Create it, or name one that exists in the setting "Catalog of the server".',
    );
  }

  #refusal(answer: HttpAnswer, act: string): ConfigError {
    const {code, message} = saidIn(answer);
    const {status} = answer;
    const words = message === '' ? `status ${status}` : message;
    return new ConfigError(
      `The Unity Catalog at ${this.server} refuses to ${act}: ${words}`,
      {details: {status, ...(code === '' ? {} : {error_code: code})}},
    );
  }
}

interface TablePage {
  readonly tables?: readonly RegisteredTable[] | null;
  readonly next_page_token?: string | null;
}

function isSuccess({status}: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Servers differ in the status (409 or 400) and in what stands before the code's end. */
function isTaken(answer: HttpAnswer): boolean {
  return answer.status === 409 || saidIn(answer).code.endsWith('ALREADY_EXISTS');
}

function saidIn({json}: HttpAnswer): {code: string; message: string} {
  const {error_code: code, message} = Object(json) as Readonly<Record<string, unknown>>;
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message.slice(0, MOST_WORDS) : '',
  };
}
