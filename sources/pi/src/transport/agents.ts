import * as http from 'node:http';
import * as https from 'node:https';
import {Socket} from 'node:net';
import type {Duplex} from 'node:stream';

import {openTunnel} from './proxy-tunnel';
import {secureContext, type Proxy, type Trust} from './trust';

export interface AgentOptions {
  /**
   * For name, TCP and TLS together. Through a proxy the way to it and by it may take as
   * long, and TLS behind it as long again.
   */
  readonly connectTimeoutMs: number;
  readonly trust: Trust;
  /** Undefined: straight to PI Web API. */
  readonly proxy?: Proxy | undefined;
  readonly maxSockets: number;
}

export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
  close(): void;
}

type Created = (error: Error | null, stream: Duplex) => void;

/** Connections kept open between requests, each made within `connectTimeoutMs`. */
export function agents(options: AgentOptions): Agents {
  const {trust, maxSockets} = options;
  const kept = {keepAlive: true, maxSockets};
  const httpAgent = new HttpAgent(kept, options);
  const httpsAgent = new HttpsAgent({...kept, ...secureContext(trust)}, options);
  return {
    httpAgent,
    httpsAgent,
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

class HttpAgent extends http.Agent {
  readonly #way: AgentOptions;

  constructor(options: http.AgentOptions, way: AgentOptions) {
    super(options);
    this.#way = way;
  }

  override createConnection(
    options: http.ClientRequestArgs,
    created?: Created,
  ): Duplex | null | undefined {
    const {proxy, connectTimeoutMs} = this.#way;
    if (proxy !== undefined) {
      tunnel({...this.#way, proxy}, options, {made: (way) => way, created});
      return undefined;
    }
    const socket = super.createConnection(options, created);
    return limited(socket, 'connect', connectTimeoutMs);
  }
}

class HttpsAgent extends https.Agent {
  readonly #way: AgentOptions;

  constructor(options: https.AgentOptions, way: AgentOptions) {
    super(options);
    this.#way = way;
  }

  override createConnection(
    options: https.RequestOptions,
    created?: Created,
  ): Duplex | null | undefined {
    const {proxy, connectTimeoutMs} = this.#way;
    const secured = (way: {readonly socket?: Socket}): Duplex | null | undefined => {
      const socket = super.createConnection({...options, ...way});
      return limited(socket, 'secureConnect', connectTimeoutMs);
    };
    if (proxy === undefined) return secured({});
    const made = (socket: Socket): Duplex | null | undefined => secured({socket});
    tunnel({...this.#way, proxy}, options, {made, created});
    return undefined;
  }
}

interface Tunnelling {
  /** What becomes of the way that the proxy has opened. */
  readonly made: (way: Socket) => Duplex | null | undefined;
  readonly created: Created | undefined;
}

/** Node waits for `created` where a connection is not there at once. */
function tunnel(
  way: AgentOptions & {readonly proxy: Proxy},
  {host, port}: http.ClientRequestArgs,
  {made, created}: Tunnelling,
): void {
  const {proxy, trust, connectTimeoutMs: timeoutMs} = way;
  const at = {host: host ?? 'localhost', port: Number(port)};
  // With an error Node looks at no stream.
  const none = undefined as unknown as Duplex;
  void openTunnel({proxy, trust, timeoutMs, ...at}).then(
    (socket) => created?.(null, made(socket) ?? none),
    (thrown: unknown) => created?.(thrown as Error, none),
  );
}

/** Breaks the connection off unless `ready` comes in time. */
function limited(
  socket: Duplex | null | undefined,
  ready: 'connect' | 'secureConnect',
  timeoutMs: number,
): Duplex | null | undefined {
  const timer = setTimeout(() => {
    const isConnected = socket instanceof Socket && !socket.connecting;
    const code = isConnected ? 'TLS_TIMEOUT' : 'CONNECT_TIMEOUT';
    const late = new RangeError('connect timeout');
    socket?.destroy(Object.assign(late, {code}));
  }, timeoutMs);
  const stop = (): void => {
    clearTimeout(timer);
  };
  socket?.once(ready, stop).once('close', stop).once('error', stop);
  return socket;
}
