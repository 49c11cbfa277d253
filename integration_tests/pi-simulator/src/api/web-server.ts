import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';

import {errorsAnswer, jsonAnswer, type Answer} from './answer';
import {type Console} from './console';
import {challenges, identify, type SignIn} from './credentials';
import {type Dispatched, type Dispatcher} from './dispatcher';
import {type RateLimit} from './rate-limit';
import {type Caller} from './route';
import {type SelfSigned} from './self-signed';
import {type Traffic} from './traffic';

/** What stands between the socket and the API. */
export interface WebServerOptions {
  readonly dispatcher: Dispatcher;
  readonly console: Console;
  readonly traffic: Traffic;
  readonly signIn: SignIn;
  readonly rateLimit: RateLimit;
  /** Refuse changes without `X-Requested-With`. */
  readonly csrfDefence: boolean;
  readonly latencyMs: number;
  readonly maxBodyBytes: number;
  /** Host written into links in place of the one the caller used. */
  readonly linkHost: string | undefined;
  /** Undefined for plain HTTP. */
  readonly tls: SelfSigned | undefined;
}

const ROOT = /^\/piwebapi(?=\/|\?|$)/i;
const compress = promisify(gzip);
/** Below this a compressed body is no smaller. */
const MIN_GZIP_BYTES = 256;
const KEEP_ALIVE_MS = 60_000;

/** An HTTP server that answers as PI Web API does under `/piwebapi`. */
export function createWebServer(options: WebServerOptions): Server {
  const listener: RequestListener = (request, response) => {
    void serve(request, response, options);
  };
  const server =
    options.tls === undefined
      ? createServer(listener)
      : createTlsServer({...options.tls}, listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebServerOptions,
): Promise<void> {
  const {traffic} = options;
  traffic.begin();
  let sent = 0;
  try {
    const dispatched = await answerTo(request, options).catch((error: unknown) =>
      unforeseen(request, error),
    );
    sent = await send(request, response, dispatched);
  } catch {
    // The caller has gone away in the middle.
    response.destroy();
  } finally {
    traffic.end(response.statusCode, sent);
  }
}

/** A mistake of the simulator: seen by whoever runs it, a plain 500 for the caller. */
function unforeseen(
  {method, url, complete}: IncomingMessage,
  error: unknown,
): Dispatched {
  // A caller who goes away before the request is whole: nobody's mistake here.
  if (!complete) throw error;
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${String(method)} ${String(url)}: ${String(stack)}\n`);
  return whole(jsonAnswer({Message: 'An error has occurred.'}, 500));
}

async function answerTo(
  request: IncomingMessage,
  options: WebServerOptions,
): Promise<Dispatched> {
  const body = await readBody(request, options.maxBodyBytes);
  if (options.latencyMs > 0) await sleep(options.latencyMs);
  const caller = identify(request.headers.authorization, options.signIn);
  if (caller === undefined) return whole(denied(options.signIn));
  const sent = {
    method: String(request.method),
    url: String(request.url),
    body: body ?? '',
  };
  if (sent.url.startsWith('/simulator/')) {
    return whole(options.console.answer(sent.method, sent.url, sent.body));
  }
  const refusal = refuse(request, options) ?? refuseBody(body);
  if (refusal !== undefined) return whole(refusal);
  const target = sent.url.replace(ROOT, '').replace(/^(?!\/)/, '/');
  return options.dispatcher.dispatch(
    {...sent, target},
    origin(request, caller, options),
  );
}

function origin(
  request: IncomingMessage,
  caller: Caller,
  {linkHost, tls}: WebServerOptions,
): Parameters<Dispatcher['dispatch']>[1] {
  const host = linkHost ?? request.headers.host ?? 'localhost';
  return {
    caller,
    base: `${tls === undefined ? 'http' : 'https'}://${host}/piwebapi`,
    isSubRequest: false,
  };
}

function whole(answer: Answer): Dispatched {
  return {answer};
}

function denied(signIn: SignIn): Answer {
  const answer = jsonAnswer(
    {Message: 'Authorization has been denied for this request.'},
    401,
  );
  const challenge = challenges(signIn).join(', ');
  return {...answer, headers: {...answer.headers, 'WWW-Authenticate': challenge}};
}

/** What keeps a known caller's request from being looked at. */
function refuse(
  {socket, url, method, headers}: IncomingMessage,
  {rateLimit, csrfDefence}: WebServerOptions,
): Answer | undefined {
  if (!rateLimit.admits(String(socket.remoteAddress))) {
    return errorsAnswer(429, ['Rate limit was reached.']);
  }
  if (!ROOT.test(String(url))) return errorsAnswer(404, ['Not found.']);
  const isChange = !['GET', 'HEAD', 'OPTIONS'].includes(String(method));
  if (csrfDefence && isChange && headers['x-requested-with'] === undefined) {
    return errorsAnswer(400, [
      'The header X-Requested-With is required for this request.',
    ]);
  }
  return undefined;
}

function refuseBody(body: string | undefined): Answer | undefined {
  if (body !== undefined) return undefined;
  return errorsAnswer(413, ['The request is larger than MaxRequestContentLength.']);
}

/** The body as text; undefined where it is larger than allowed. */
async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** Sends an answer and returns how many bytes its body had. */
async function send(
  request: IncomingMessage,
  response: ServerResponse,
  {answer, truncateAfterBytes = Infinity}: Dispatched,
): Promise<number> {
  const headers: Record<string, string> = {...answer.headers};
  let body = (answer.body ?? []).map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece) : piece,
  );
  const accepted = request.headers['accept-encoding'] ?? '';
  if (/\bgzip\b/.test(accepted) && byteLength(body) >= MIN_GZIP_BYTES) {
    body = [await compress(Buffer.concat(body), {level: 1})];
    headers['Content-Encoding'] = 'gzip';
  }
  const length = byteLength(body);
  response.writeHead(answer.status, {...headers, 'Content-Length': length});
  if (truncateAfterBytes < length) {
    const part = Buffer.concat(body).subarray(0, truncateAfterBytes);
    response.write(part, () => response.destroy());
    return part.length;
  }
  for (const chunk of body) response.write(chunk);
  response.end();
  return length;
}

function byteLength(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
