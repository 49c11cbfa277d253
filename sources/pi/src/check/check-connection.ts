import {ConnectorError, TransientError} from 'airbyte-cdk-ts';

import type {PiHttp} from '../client/pi-http';
import {selectDataServers, type PointRules} from '../selection/select-points';
import type {Http} from '../transport/http';
import {probeName, probeProxy, probeTcp, probeTls, targetOf} from '../transport/probe';
import type {Proxy, Trust} from '../transport/trust';
import {checkAssets} from './check-assets';
import {checkBatch} from './check-batch';
import {checkFailure} from './check-failures';
import {checkPoints} from './check-points';
import {describeServer} from './check-server';
import {checkSignIn} from './check-sign-in';

export interface CheckOptions {
  readonly http: Http;
  readonly pi: PiHttp;
  readonly rules: PointRules;
  /** Names of asset databases that must be there; none: whatever is. */
  readonly assetDatabases: readonly string[];
  /** `basic`, `bearer`, …: what the user chose. */
  readonly authType: string;
  readonly trust: Trust;
  /** Undefined: straight to PI Web API. */
  readonly proxy?: Proxy | undefined;
  readonly connectTimeoutMs: number;
  /** Ends the check as a whole: nobody waits for a form for ever. */
  readonly signal: AbortSignal;
}

/**
 * Walks the layers between us and the points, outermost first, and rejects with the
 * first that stands in the way. Resolves with a sentence on what was found.
 */
export async function checkConnection(options: CheckOptions): Promise<string> {
  const {http, pi, rules, authType} = options;
  await layer('the connection to the server', options, () => checkReach(options));
  const user = await layer('the sign-in', options, () => checkSignIn(http, authType));
  const about = await layer('the version', options, () => describeServer(pi));
  const servers = await layer('the data servers', options, () =>
    readable(selectDataServers(pi, rules)),
  );
  const points = await layer('the points', options, () =>
    readable(checkPoints(pi, servers, rules)),
  );
  await layer('the batch requests', options, () => checkBatch(pi));
  const assets = await layer('the asset databases', options, () =>
    checkAssets(pi, options.assetDatabases),
  );
  const names = servers.map(({name}) => name).join(', ');
  const first = points.length === 0 ? '' : ` (the first: ${points.join(', ')})`;
  return `Signed in to ${http.baseUrl} as ${user} (${authType}). ${about} Data servers: ${names}. ${assets} Points were found${first} and batch requests are allowed.`;
}

/** A refusal to list the data archives or their points, in the words of who can help. */
async function readable<T>(listing: Promise<T>): Promise<T> {
  try {
    return await listing;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || thrown.details['status'] !== 403) {
      throw thrown;
    }
    throw checkFailure('RIGHTS_DATA_SERVER');
  }
}

/** Name, TCP, proxy, TLS. */
async function checkReach(options: CheckOptions): Promise<void> {
  const {http, trust, proxy, connectTimeoutMs: timeoutMs} = options;
  const target = targetOf(http.baseUrl);
  const way = {timeoutMs, trust, proxy};
  await probeName(target, way);
  await probeTcp(target, way);
  await probeProxy(target, way);
  if (target.secure) await probeTls(target, way);
}

/** What took too long is named; every other failure speaks for itself. */
async function layer<T>(
  name: string,
  {signal}: CheckOptions,
  work: () => Promise<T>,
): Promise<T> {
  let stop = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    stop = (): void => {
      reject(
        new TransientError(`The check of ${name} took too long and was given up.`),
      );
    };
    signal.addEventListener('abort', stop, {once: true});
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
