import {type FaultRule} from '../faults/fault-rule';
import {type WebIdType} from '../identity/web-id';
import {type ProductVersion} from './product-version';

/** How a PI Web API is set up; all of it may be left out. */
export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  /** An account that may also read the protected resources. */
  readonly admin?: {readonly username: string; readonly password: string};
  readonly bearerToken?: string;
  /** Let everyone in, which overrides every other way to sign in. */
  readonly anonymous?: boolean;
  /** Serve HTTPS with a certificate made at the start. */
  readonly tls?: boolean;
  /** Which release answers: what came later is not there. */
  readonly version?: ProductVersion;
  /** Milliseconds before each request is looked at. */
  readonly latencyMs?: number;
  /** Milliseconds for each call to the archive: one for a stream, and one for a set. */
  readonly rpcLatencyMs?: number;
  /** Microseconds for each value that is read. */
  readonly eventLatencyMicros?: number;
  /** Calls to the archive that may run at once; further ones answer 500 `[-10735]`. */
  readonly maxConcurrentRpcs?: number;
  readonly rateLimitPerSecond?: number;
  /** Count the requests inside a batch for the rate limit, too. */
  readonly rateLimitCountsSubRequests?: boolean;
  readonly maxReturnedItems?: number;
  /** What a request for lists returns when it does not say. */
  readonly defaultPageSize?: number;
  readonly maxBodyBytes?: number;
  /** Refuse long addresses, headers and segments with a page, before anything else. */
  readonly httpSysLimits?: boolean;
  /** The longest address that passes; less than a stock server's behind some proxies. */
  readonly maxUrlBytes?: number;
  readonly webIdType?: WebIdType;
  readonly csrfDefence?: boolean;
  /** A stream that does not exist fails the whole stream set, or only its own item. */
  readonly missingStream?: 'whole' | 'item';
  /** In which order a set holds its streams; the contract promises none. */
  readonly streamOrder?: 'asked' | 'reversed';
  /** Count system states and bad values as events of a summary. */
  readonly summaryCountsBad?: boolean;
  /** The count of an empty range: 0, or the state No Data. */
  readonly emptySummary?: 'zero' | 'no_data';
  /** Tell of points and assets what was true up to five minutes ago. */
  readonly staleMetadata?: boolean;
  /** Name filter of attributes whose type PI Web API cannot show: reading them is 501. */
  readonly unsupportedAttributes?: string;
  /** Whose time the header `Date` tells; the plant's clock may stand or differ. */
  readonly dateHeader?: 'plant' | 'machine';
  /** Host written into links in place of the one the caller used. */
  readonly linkHost?: string;
  readonly faults?: readonly FaultRule[];
}

/** Options that mean something by being absent. */
type Absent = 'admin' | 'bearerToken' | 'linkHost' | 'unsupportedAttributes';

/** The options with every default in its place. */
export type ServerSettings = Required<Omit<ServerOptions, Absent>> &
  Pick<ServerOptions, Absent>;

export const SERVER_DEFAULTS: Required<Omit<ServerOptions, Absent>> = {
  port: 0,
  username: 'pi-reader',
  password: 'pi-reader-password',
  anonymous: false,
  tls: false,
  version: '2019',
  latencyMs: 0,
  rpcLatencyMs: 0,
  eventLatencyMicros: 0,
  maxConcurrentRpcs: Infinity,
  rateLimitPerSecond: 1000,
  rateLimitCountsSubRequests: false,
  maxReturnedItems: 150_000,
  defaultPageSize: 1000,
  maxBodyBytes: 4_194_304,
  httpSysLimits: true,
  maxUrlBytes: 16_384,
  webIdType: 'Full',
  csrfDefence: true,
  missingStream: 'whole',
  streamOrder: 'asked',
  summaryCountsBad: false,
  emptySummary: 'zero',
  staleMetadata: false,
  dateHeader: 'machine',
  faults: [],
};
