import {networkFaultOf, type NetworkFault} from '../../../http/network-failure';
import {retryAfterMs} from '../../../http/backoff';
import {withoutQueries} from '../../../http/status-failure';
import type {Refusal} from '../warehouse';

/** Why a call of the driver brought no result, read from whatever it threw. */
export type Fault =
  /** The warehouse's gateway answered with a status that is not 200. */
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly askedMs: number | undefined;
      readonly said: string;
    }
  /** Cloud storage answered a staged file's request with this status. */
  | {readonly kind: 'storage'; readonly status: number}
  /** No whole answer came; the request may have been carried out. */
  | {
      readonly kind: 'network';
      readonly fault: NetworkFault;
      /** Who was asked: the driver moves staged files to and from cloud storage itself. */
      readonly at: 'warehouse' | 'storage';
      /** Name of the host, where the fault tells it. */
      readonly host: string | undefined;
    }
  /** The warehouse said no, or its statement failed. */
  | {readonly kind: 'server'; readonly refusal: Refusal; readonly isEnded: boolean};

export interface FaultContext {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Path of the warehouse: requests elsewhere went to storage. */
  readonly httpPath: string;
}

/** Reads what the driver threw. Its classes are not looked at: only what they carry. */
export function faultOf(thrown: unknown, {nowMs, httpPath}: FaultContext): Fault {
  const {message, code, type, statusCode, errorCode, response} = loose(thrown);
  const text = asText(message);
  if (typeof statusCode === 'number') {
    return httpFault(statusCode, loose(response)['headers'], nowMs);
  }
  const status = /^(Hive driver: |HTTP error )(\d{3})\b/.exec(text);
  if (status !== null) return statusFault(status[1] ?? '', Number(status[2]));
  if (isNetwork(text, code, type)) return networkFault(thrown, text, httpPath);
  const {errorMessage, sqlState} = loose(response);
  const said = asText(errorMessage) === '' ? text : asText(errorMessage);
  const isEnded = errorCode === 'CANCELED' || errorCode === 'CLOSED';
  return {kind: 'server', refusal: refusalOf(said, asText(sqlState)), isEnded};
}

/** Error class and SQLSTATE of a message, which often carries both in its text. */
export function refusalOf(message: string, told = ''): Refusal {
  const written = SQL_STATE.exec(message)?.[1];
  return {
    errorClass: errorClassOf(message),
    sqlState: written ?? told,
    message: withoutQueries(message),
  };
}

const SQL_STATE = /SQLSTATE:? ?\(?([0-9A-Z]{5})\b/;
/** `[TABLE_OR_VIEW_NOT_FOUND] …`, and as older parts write it: `PERMISSION_DENIED: …`. */
const CLASSES = [
  /\[([A-Z][A-Z0-9]*(?:[_.][A-Z0-9]+)+)\]/,
  /(?:^|[\s:])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+): /,
];

function errorClassOf(message: string): string {
  for (const written of CLASSES) {
    const found = written.exec(message)?.[1];
    if (found !== undefined) return found;
  }
  return '';
}

type Loose = Readonly<Record<string, unknown>>;

function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface Headers {
  get(name: string): string | null;
}

/** Where the gateway puts into words what a status alone does not say. */
const SAYING_HEADERS = [
  'x-thriftserver-error-message',
  'x-databricks-reason-phrase',
  'x-databricks-error-or-redirect-message',
];

function httpFault(status: number, headers: unknown, nowMs: number): Fault {
  const has = loose(headers)['get'] !== undefined;
  const read = (name: string): string | null =>
    has ? (headers as Headers).get(name) : null;
  const said = SAYING_HEADERS.map(read).find((words) => words !== null && words !== '');
  return {
    kind: 'http',
    status,
    askedMs: retryAfterMs(read('retry-after'), nowMs),
    said: withoutQueries(said ?? '').slice(0, 300),
  };
}

/** The driver's words when its own retries ended, and those of its uploads. */
function statusFault(words: string, status: number): Fault {
  return words === 'HTTP error '
    ? {kind: 'storage', status}
    : {kind: 'http', status, askedMs: undefined, said: ''};
}

const NETWORK_WORDS =
  /^Hive driver: Error when connecting|^request to |socket hang up|premature close|Request timed out|network timeout|aborted/i;

function isNetwork(text: string, code: unknown, type: unknown): boolean {
  if (type === 'system' || type === 'body-timeout') return true;
  return typeof code === 'string' || NETWORK_WORDS.test(text);
}

function networkFault(thrown: unknown, text: string, httpPath: string): Fault {
  const url = /https?:\/\/[^\s?'"]+/i.exec(text)?.[0] ?? '';
  const asked = URL.canParse(url) ? new URL(url) : undefined;
  const isElsewhere = asked !== undefined && !asked.pathname.startsWith(httpPath);
  return {
    kind: 'network',
    fault: networkFaultOf(thrown),
    at: isElsewhere ? 'storage' : 'warehouse',
    host: asked?.hostname,
  };
}
