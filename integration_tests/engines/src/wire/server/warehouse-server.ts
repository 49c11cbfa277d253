import type {IncomingMessage, ServerResponse} from 'node:http';
import https from 'node:https';
import type {AddressInfo} from 'node:net';
import {buffer, text} from 'node:stream/consumers';

import {PRESIGNED_PATH} from '../storage/presigned-urls';
import type {Storage} from '../storage/storage';
import {makeCertificate} from './certificate';
import {
  jsonReply,
  NO_FAULTS,
  restError,
  type Failure,
  type FaultSchedule,
  type HttpReply,
} from './exchange';
import {FILES_API, filesApiRoute} from './files-api-route';
import type {Prepared} from './prepared';
import {presignedRoute} from './presigned-route';
import {thriftRoute, type Answerer} from './thrift-route';
import type {Tokens} from './tokens';

export interface WarehouseServerOptions {
  readonly answer: Answerer;
  readonly storage: Storage;
  readonly tokens: Tokens;
  readonly faults?: FaultSchedule;
}

/** Where a client finds the server, and how it is ended. */
export interface WarehouseServer {
  readonly host: string;
  readonly port: number;
  readonly httpPath: string;
  /** PEM text of the authority that signed the server's certificate. */
  readonly caCertificate: string;
  close(): Promise<void>;
}

const HOST = 'localhost';
const HTTP_PATH = '/sql/1.0/warehouses/0123456789abcdef';
const TOKEN_PATH = '/oidc/v1/token';

/**
 * Serves https on a free loopback port: Thrift calls, presigned URLs, the Files API and
 * the token endpoint. Whatever the owner's `answer` throws becomes a 500 with its text.
 */
export async function startWarehouseServer(
  options: WarehouseServerOptions,
): Promise<WarehouseServer> {
  const {certificate, privateKey, caCertificate} = await makeCertificate();
  const server = https.createServer(
    {cert: certificate, key: privateKey},
    (request, response) => void serve(request, response, options),
  );
  // Never closed for being idle: that may meet the very next request on its way.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  options.storage.urls.serveAt(`https://${HOST}:${port}`);
  return {
    host: HOST,
    port,
    httpPath: HTTP_PATH,
    caCertificate,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: WarehouseServerOptions,
): Promise<void> {
  try {
    const prepared = await prepare(request, options);
    const result = await carryOut(prepared, options.faults ?? NO_FAULTS);
    if (result === 'drop') request.socket.destroy();
    else send(response, result);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send(response, restError(500, 'INTERNAL_ERROR', message));
  }
}

/** Reads the request to its end: a reply sent earlier could cut the client off. */
async function prepare(
  request: IncomingMessage,
  {answer, storage, tokens}: WarehouseServerOptions,
): Promise<Prepared> {
  const url = new URL(request.url ?? '/', `https://${HOST}`);
  const {authorization} = request.headers;
  if (url.pathname.startsWith(PRESIGNED_PATH))
    return presignedRoute(request, url.pathname, storage);
  if (url.pathname === TOKEN_PATH) return tokenRoute(request, tokens);
  if (!tokens.accepts(authorization)) return refused(request, url.pathname);
  if (url.pathname.startsWith(`${FILES_API}/`))
    return filesApiRoute(request, url, storage);
  if (url.pathname === HTTP_PATH) return thriftRoute(request, answer);
  return elsewhere(request, url.pathname);
}

async function carryOut(prepared: Prepared, faults: FaultSchedule): Promise<Failure> {
  try {
    const before = await faults.before(prepared.exchange);
    if (before !== undefined) return before;
    const reply = await prepared.act();
    return (await faults.after(prepared.exchange)) ?? reply;
  } finally {
    await prepared.dispose?.();
  }
}

async function tokenRoute(request: IncomingMessage, tokens: Tokens): Promise<Prepared> {
  const body = await text(request);
  const {authorization} = request.headers;
  return {
    exchange: {kind: 'token'},
    act: () => Promise.resolve(tokens.grant(authorization, body)),
  };
}

async function refused(request: IncomingMessage, path: string): Promise<Prepared> {
  await buffer(request);
  return {
    exchange: {kind: 'other', verb: request.method ?? '', path},
    act: () =>
      Promise.resolve(
        jsonReply(401, {
          error_code: 401,
          message: 'Credential was not sent or expired.',
        }),
      ),
  };
}

async function elsewhere(request: IncomingMessage, path: string): Promise<Prepared> {
  await buffer(request);
  const verb = request.method ?? '';
  return {
    exchange: {kind: 'other', verb, path},
    act: () =>
      Promise.resolve(
        restError(404, 'ENDPOINT_NOT_FOUND', `No API found for '${verb} ${path}'`),
      ),
  };
}

function send(response: ServerResponse, {status, headers, body}: HttpReply): void {
  response.writeHead(status, headers);
  response.end(body);
}
