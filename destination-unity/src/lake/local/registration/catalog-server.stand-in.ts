import {TransientError} from 'airbyte-cdk-ts';

import type {Http, HttpAnswer, HttpRequest} from '../../../http/http';
import type {RegisteredTable, TableEntry} from './table-entry';

type Answer = HttpAnswer | Error;

const AWAY = new TransientError('uc.example did not answer in time.');

/**
 * Stands in for a catalog server in memory: tables and schemas of the catalog `unity`, and
 * what befalls single requests. It lists two tables a page.
 */
export class CatalogServer implements Http {
  readonly tables = new Map<string, RegisteredTable>();
  readonly schemas = new Set<string>();
  /** Method and path of every request, in order. */
  readonly asked: string[] = [];
  /** Answers in the place of the server's own, for requests that begin so. */
  readonly faults = new Map<string, Answer[]>();
  /** What befalls a request by its number, counted from 1; most fare well. */
  fate: (request: number) => 'well' | 'unheard' | 'answer_lost' = () => 'well';
  catalogs = ['unity'];

  send(request: HttpRequest): Promise<HttpAnswer> {
    const path = decodeURIComponent(
      request.path.replace('/api/2.1/unity-catalog/', ''),
    );
    const asked = `${request.method} ${path}`;
    this.asked.push(asked);
    const fate = this.fate(this.asked.length);
    if (fate === 'unheard') return Promise.reject(AWAY);
    const answer = this.#fault(asked) ?? this.#answer(asked, request.json);
    if (fate === 'answer_lost') return Promise.reject(AWAY);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }

  close(): void {
    this.asked.push('close');
  }

  #fault(asked: string): Answer | undefined {
    for (const [begin, answers] of this.faults) {
      if (asked.startsWith(begin)) return answers.shift();
    }
    return undefined;
  }

  #answer(asked: string, json: unknown): Answer {
    const [method = '', rest = ''] = asked.split(' ');
    const [kind = '', name = ''] = rest.split('/');
    if (method === 'POST') return this.#post(kind, json);
    return name === ''
      ? this.#page(new URLSearchParams(kind.slice(7)))
      : this.#one(asked);
  }

  #one(asked: string): Answer {
    const [method, kind, name = ''] = asked.split(/[ /]/);
    const known = {catalogs: new Set(this.catalogs), schemas: this.schemas}[kind ?? ''];
    const entries = known ?? this.tables;
    if (!entries.has(name)) return refusal(404, 'NOT_FOUND');
    const stored = this.tables.get(name) ?? {name};
    if (method === 'DELETE') entries.delete(name);
    return done(stored);
  }

  #post(kind: string, json: unknown): Answer {
    const {catalog_name: catalog, schema_name: schema, name} = json as TableEntry;
    if (!this.catalogs.includes(catalog)) return refusal(404, 'NOT_FOUND');
    if (kind === 'schemas') {
      const full = `${catalog}.${name}`;
      if (this.schemas.has(full)) return refusal(400, 'SCHEMA_ALREADY_EXISTS');
      this.schemas.add(full);
      return done(json);
    }
    const full = `${catalog}.${schema}.${name}`;
    if (!this.schemas.has(`${catalog}.${schema}`)) return refusal(404, 'NOT_FOUND');
    if (this.tables.has(full)) return refusal(409, 'ALREADY_EXISTS');
    this.tables.set(full, json as TableEntry);
    return done(json);
  }

  #page(query: URLSearchParams): Answer {
    const after = query.get('page_token') ?? '';
    const names = [...this.tables.keys()].sort().filter((name) => name > after);
    const page = names.slice(0, 2);
    return done({
      tables: page.map((name) => this.tables.get(name)),
      next_page_token: names.length > 2 ? page.at(-1) : null,
    });
  }
}

export function refusal(
  status: number,
  error_code: string,
  message = 'Refused.',
): Answer {
  return {status, json: {error_code, message, details: []}};
}

function done(json: unknown): Answer {
  return {status: 200, json};
}
