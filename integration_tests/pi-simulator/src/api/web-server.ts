import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {setTimeout as sleep} from 'node:timers/promises';

import {errorsAnswer, jsonAnswer, type Answer} from './answer';
import {bypassesCache} from './cache-control';
import {type Console} from './console';
import {challenges, identify, type SignIn} from './credentials';
import {type Dispatched, type Dispatcher} from './dispatcher';
import {rateLimitReached} from './fault-answer';
import {type HttpSysLimits, MAX_READ_HEADER_BYTES, refusedByHttpSys} from './http-sys';
import {type RateLimit} from './rate-limit';
import {type Caller} from './route';
import {type SelfSigned} from './self-signed';
import {type Traffic} from './traffic';
import {send} from './wire';

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
  /** Text of the header `Date`; undefined for the machine's own time. */
  readonly date: (() => string) | undefined;
  /** Host written into links in place of the one the caller used. */
  readonly linkHost: string | undefined;
  /** Undefined where nothing stands in front that would refuse long requests. */
  readonly httpSys: HttpSysLimits | undefined;
  /** Undefined for plain HTTP. */
  readonly tls: SelfSigned | undefined;
}

const ROOT = /^\/piwebapi(?=\/|\?|$)/i;
const KEEP_ALIVE_MS = 60_000;

/** An HTTP server that answers as PI Web API does under `/piwebapi`. */
export function createWebServer(options: WebServerOptions): Server {
  const listener: RequestListener = (request, response) => {
    void serve(request, response, options);
  };
  const server =
    options.tls === undefined
      ? createServer({maxHeaderSize: MAX_READ_HEADER_BYTES}, listener)
      : createTlsServer(
          {...options.tls, maxHeaderSize: MAX_READ_HEADER_BYTES},
          listener,
        );
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
  if (options.date !== undefined) response.setHeader('Date', options.date());
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
  const tooLong = options.httpSys && refusedByHttpSys(request, options.httpSys);
  if (tooLong !== undefined) return whole(tooLong);
  const caller = identify(request.headers.authorization, options.signIn);
  if (caller === undefined) return whole(denied(options.signIn));
  return answerKnown({request, body, caller}, options);
}

/** A request whose sender is known. */
interface SignedIn {
  readonly request: IncomingMessage;
  /** Undefined where it is larger than allowed. */
  readonly body: string | undefined;
  readonly caller: Caller;
}

async function answerKnown(
  {request, body, caller}: SignedIn,
  options: WebServerOptions,
): Promise<Dispatched> {
  const [method, url] = [String(request.method), String(request.url)];
  if (url.startsWith('/simulator/')) {
    return whole(options.console.answer(method, url, body ?? ''));
  }
  const refusal = refuse(request, options) ?? refuseBody(body);
  if (refusal !== undefined) return whole(refusal);
  const target = url.replace(ROOT, '').replace(/^(?!\/)/, '/');
  return options.dispatcher.dispatch(
    {
      ...{method, target, body: body ?? ''},
      bypassesCache: bypassesCache(request.headers['cache-control']),
    },
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
    client: String(request.socket.remoteAddress),
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
    return rateLimitReached();
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
