import {subscribe, unsubscribe} from 'node:diagnostics_channel';
import type {IncomingMessage} from 'node:http';

interface Started {
  readonly request: IncomingMessage;
}

const STARTED = 'http.server.request.start';

/**
 * Sees each batch that reaches a server of this process, before it is answered: the
 * place at which a story changes the archive while a sync runs.
 */
export class BatchCounter {
  private readonly port: number;
  private readonly see = (message: unknown): void => {
    const {method, url, socket} = (message as Started).request;
    if (socket.localPort !== this.port) return;
    this.requests += 1;
    if (method === 'POST' && url?.endsWith('/batch') === true) this.onBatch();
  };

  requests = 0;

  constructor(
    serverUrl: string,
    private readonly onBatch: () => void,
  ) {
    this.port = Number(new URL(serverUrl).port);
    subscribe(STARTED, this.see);
  }

  close(): void {
    unsubscribe(STARTED, this.see);
  }
}
