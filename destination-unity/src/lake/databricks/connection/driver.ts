import type {DBSQLClient} from '@databricks/sql';
import {SystemError, type Log} from 'airbyte-cdk-ts';

import {agents, checkedProxy} from '../../../http/agents';
import type {BearerTokens} from '../../../http/http';
import type {WarehouseAddress} from '../settings';
import {driverLogger} from './driver-logger';

export type Client = DBSQLClient;
export type Session = Awaited<ReturnType<DBSQLClient['openSession']>>;
type ConnectOptions = Parameters<DBSQLClient['connect']>[0];

export interface DriverOptions {
  readonly address: WarehouseAddress;
  readonly tokens: BearerTokens;
  readonly log: Log;
}

/** Longest silence within one request; statements are asked after, not waited for. */
export const SILENCE_MS = 180_000;
export const USER_AGENT = 'airbyte-destination-unity';

/**
 * The driver, ready to open sessions. It is loaded here, for not every command needs it.
 * It asks for a token before each request, so that a renewed one is used at once.
 */
export async function connectDriver(options: DriverOptions): Promise<Client> {
  const {address, tokens, log} = options;
  const {DBSQLClient} = await import('@databricks/sql');
  const client = new DBSQLClient({logger: driverLogger(log)});
  // Faults reach the caller by the statement they belong to.
  client.on('error', () => undefined);
  trustOwn(client, address);
  await client.connect({
    host: address.host,
    port: address.port,
    path: address.httpPath,
    ...identity(tokens),
    ...proxy(address.proxyUrl),
    userAgentEntry: USER_AGENT,
    socketTimeout: SILENCE_MS,
    telemetryEnabled: false,
    // Its retries serve questions after running statements; the statements are ours.
    retryMaxAttempts: 8,
    retryDelayMin: 250,
    retryDelayMax: 30_000,
  });
  return client;
}

interface Identity {
  readonly authType: 'custom';
  readonly provider: {authenticate(): Promise<Record<string, string>>};
}

function identity(tokens: BearerTokens): Identity {
  return {
    authType: 'custom',
    provider: {
      authenticate: async () => ({Authorization: `Bearer ${await tokens.token()}`}),
    },
  };
}

function proxy(proxyUrl: string | undefined): Pick<ConnectOptions, 'proxy'> {
  if (proxyUrl === undefined || proxyUrl === '') return {};
  const {protocol, hostname, port, username, password} = checkedProxy(proxyUrl);
  const isSecure = protocol === 'https:';
  return {
    proxy: {
      protocol: isSecure ? 'https' : 'http',
      host: hostname,
      port: port === '' ? (isSecure ? 443 : 80) : Number(port),
      // Left percent-encoded: the driver puts them back into a URL.
      ...(username === '' ? {} : {auth: {username, password}}),
    },
  };
}

interface ProviderMaker {
  createConnectionProvider?: (options: unknown) => object;
}

/**
 * A private authority is trusted by an agent of ours: the driver reads all authorities
 * again for each connection, and behind a proxy it forgets the one it was given (2.1.0).
 */
function trustOwn(client: Client, address: WarehouseAddress): void {
  const {caCertificate = '', proxyUrl} = address;
  if (caCertificate === '') return;
  const {httpsAgent} = agents({caCertificate, proxyUrl, silenceMs: SILENCE_MS});
  const maker = client as unknown as ProviderMaker;
  const make = maker.createConnectionProvider?.bind(client);
  if (make === undefined) {
    throw new SystemError('This version of the driver cannot be given an agent.');
  }
  maker.createConnectionProvider = (options) =>
    Object.assign(make(options), {getAgent: () => Promise.resolve(httpsAgent)});
}
