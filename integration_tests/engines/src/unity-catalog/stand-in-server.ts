import {once} from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type {AddressInfo} from 'node:net';

import {CatalogStore} from './catalog-store';
import {invalid, missing, RefusedRequest} from './refused-request';
import type {Members} from './table-request';

const ROOT = '/api/2.1/unity-catalog/';

/** What befalls the next requests of a kind. */
export interface CatalogFault {
  /** Method and kind, such as `POST tables`. */
  readonly on: string;
  readonly times: number;
  /**
   * Refused with the status; carried out without an answer; or neither, for ever: the
   * caller waits.
   */
  readonly kind: 'refused' | 'answer_lost' | 'held';
  readonly status?: number;
  readonly message?: string;
}

export interface StandInOptions {
  /** Asked of every request; undefined for a server without sign-in. */
  readonly token?: string;
  readonly catalogs: readonly string[];
}

/**
 * Stands in for the open-source server of Unity Catalog: the published routes for
 * catalogs, schemas and tables, in memory. It is not that server.
 */
export class StandInCatalogServer implements AsyncDisposable {
  readonly store = new CatalogStore();
  /** `METHOD path` of every request below the root of the interface. */
  readonly asked: string[] = [];
  readonly #faults: {fault: CatalogFault; left: number}[] = [];
  readonly #server: Server;
  #onHeld: () => void = () => undefined;

  private constructor(private readonly options: StandInOptions) {
    for (const name of options.catalogs) this.store.createCatalog({name});
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  /** On a free port of this machine. */
  static async start(options: StandInOptions): Promise<StandInCatalogServer> {
    const standIn = new StandInCatalogServer(options);
    standIn.#server.listen(0, '127.0.0.1');
    await once(standIn.#server, 'listening');
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  addFault(fault: CatalogFault): void {
    this.#faults.push({fault, left: fault.times});
  }

  clearFaults(): void {
    this.#faults.length = 0;
  }

  /** Resolves when a request is being held by a fault. */
  held(): Promise<void> {
    return new Promise((resolve) => (this.#onHeld = resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await askedBy(request);
    this.asked.push(`${asked.method} ${asked.path}`);
    const fault = this.#fault(asked);
    if (fault?.kind === 'held') {
      this.#onHeld();
      return;
    }
    const [status, body] = this.#answer(asked, request.headers, fault);
    if (fault?.kind === 'answer_lost') request.socket.destroy();
    else respond(response, status, body);
  }

  #answer(
    asked: Asked,
    headers: IncomingHttpHeaders,
    fault: CatalogFault | undefined,
  ): readonly [status: number, body: unknown] {
    try {
      this.#authenticate(headers);
      if (fault?.kind === 'refused') throw refusalOf(fault);
      return [200, carryOut(this.store, asked)];
    } catch (refusal) {
      if (!(refusal instanceof RefusedRequest)) throw refusal;
      return [refusal.status, refusal.body];
    }
  }

  #authenticate(headers: IncomingHttpHeaders): void {
    const {token} = this.options;
    if (token === undefined || headers.authorization === `Bearer ${token}`) return;
    throw new RefusedRequest(401, 'UNAUTHENTICATED', 'No authorization found.');
  }

  #fault({method, kind}: Asked): CatalogFault | undefined {
    const found = this.#faults.find(
      ({fault, left}) => fault.on === `${method} ${kind}` && left > 0,
    );
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  }
}

interface Asked {
  readonly method: string;
  /** Below the root of the interface. */
  readonly path: string;
  readonly kind: string;
  /** Empty where a kind as a whole is meant. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Members;
}

type Route = (store: CatalogStore, asked: Asked) => unknown;

const ROUTES: Readonly<Record<string, Route>> = {
  'POST catalogs': (store, {body}) => store.createCatalog(body),
  'GET catalogs/name': ({catalogs}, {name}) => found(catalogs, 'Catalog', name),
  'POST schemas': (store, {body}) => store.createSchema(body),
  'GET schemas/name': ({schemas}, {name}) => found(schemas, 'Schema', name),
  'DELETE schemas/name': (store, {name, query}) => {
    store.deleteSchema(name, query.get('force') === 'true');
    return {};
  },
  'POST tables': (store, {body}) => store.createTable(body),
  'GET tables': (store, {query}) => {
    const schema = `${query.get('catalog_name')}.${query.get('schema_name')}`;
    const after = query.get('page_token') ?? '';
    const maxResults = Number(query.get('max_results') ?? 0);
    return store.listTables(schema, {after, maxResults});
  },
  'GET tables/name': ({tables}, {name}) => found(tables, 'Table', fullTableName(name)),
  'DELETE tables/name': ({tables}, {name}) => {
    found(tables, 'Table', fullTableName(name));
    tables.delete(name);
    return {};
  },
  'PATCH tables/name': () => {
    throw new RefusedRequest(405, 'METHOD_NOT_ALLOWED', 'Tables cannot be changed');
  },
};

function carryOut(store: CatalogStore, asked: Asked): unknown {
  const {method, kind, name} = asked;
  const route = ROUTES[`${method} ${kind}${name === '' ? '' : '/name'}`];
  if (route !== undefined) return route(store, asked);
  throw new RefusedRequest(501, 'UNIMPLEMENTED', 'The stand-in lacks this route');
}

function fullTableName(name: string): string {
  if (name.split('.').length !== 3) throw invalid(`Invalid table name: ${name}`);
  return name;
}

function found(infos: ReadonlyMap<string, unknown>, what: string, name = ''): unknown {
  const info = infos.get(name);
  if (info === undefined) throw missing(what, name);
  return info;
}

function refusalOf({status = 403, message = 'Not allowed.'}: CatalogFault): Error {
  const codes: Readonly<Record<number, string>> = {
    400: 'INVALID_ARGUMENT',
    403: 'PERMISSION_DENIED',
    503: 'UNAVAILABLE',
  };
  return new RefusedRequest(status, codes[status] ?? 'UNKNOWN', message);
}

async function askedBy(request: IncomingMessage): Promise<Asked> {
  const {pathname, searchParams} = new URL(request.url ?? '/', 'http://stand-in');
  const path = pathname.startsWith(ROOT) ? pathname.slice(ROOT.length) : '';
  const [kind = '', name = ''] = path.split('/');
  const body = await bodyOf(request);
  return {
    ...{method: request.method ?? '', path, kind, query: searchParams, body},
    name: decodeURIComponent(name),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Members> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : (JSON.parse(text) as Members);
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {'Content-Type': 'application/json'});
  response.end(JSON.stringify(body));
}
