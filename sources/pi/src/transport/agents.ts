import * as http from 'node:http';
import * as https from 'node:https';
import type {Duplex} from 'node:stream';

import {secureContext, type Proxy, type Trust} from './trust';

export interface AgentOptions {
  /** For name, TCP and TLS together. */
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
  const {connectTimeoutMs, trust, maxSockets} = options;
  const kept = {keepAlive: true, maxSockets};
  const httpAgent = new HttpAgent(kept, connectTimeoutMs);
  const httpsAgent = new HttpsAgent(
    {...kept, ...secureContext(trust)},
    connectTimeoutMs,
  );
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
  readonly #timeoutMs: number;

  constructor(options: http.AgentOptions, timeoutMs: number) {
    super(options);
    this.#timeoutMs = timeoutMs;
  }

  override createConnection(
    options: http.ClientRequestArgs,
    created?: Created,
  ): Duplex | null | undefined {
    const socket = super.createConnection(options, created);
    return limited(socket, 'connect', this.#timeoutMs);
  }
}

class HttpsAgent extends https.Agent {
  readonly #timeoutMs: number;

  constructor(options: https.AgentOptions, timeoutMs: number) {
    super(options);
    this.#timeoutMs = timeoutMs;
  }

  override createConnection(
    options: https.RequestOptions,
    created?: Created,
  ): Duplex | null | undefined {
    const socket = super.createConnection(options, created);
    return limited(socket, 'secureConnect', this.#timeoutMs);
  }
}

/** Breaks the connection off unless `ready` comes in time. */
function limited(
  socket: Duplex | null | undefined,
  ready: 'connect' | 'secureConnect',
  timeoutMs: number,
): Duplex | null | undefined {
  const timer = setTimeout(() => {
    const late = new RangeError('connect timeout');
    socket?.destroy(Object.assign(late, {code: 'CONNECT_TIMEOUT'}));
  }, timeoutMs);
  const stop = (): void => {
    clearTimeout(timer);
  };
  socket?.once(ready, stop).once('close', stop).once('error', stop);
  return socket;
}
