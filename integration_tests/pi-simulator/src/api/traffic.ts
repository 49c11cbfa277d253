/** What was asked and sent since the start. */
export interface TrafficCounts {
  /** Requests by operation of the contract; unknown paths under `unknown`. */
  readonly requests: Readonly<Record<string, number>>;
  /** Sub-requests of batches, counted apart. */
  readonly sub_requests: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /** Bytes of bodies as sent, after compression. */
  readonly bytes_sent: number;
  readonly in_flight: number;
  readonly max_in_flight: number;
}

/** Counts requests while they run. */
export class Traffic {
  private readonly requests = new Map<string, number>();
  private readonly subRequests = new Map<string, number>();
  private readonly statuses = new Map<string, number>();
  private bytesSent = 0;
  private inFlight = 0;
  private maxInFlight = 0;

  begin(): void {
    this.inFlight += 1;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
  }

  end(status: number, bytes: number): void {
    this.inFlight -= 1;
    this.bytesSent += bytes;
    increment(this.statuses, String(status));
  }

  routed(operation: string, isSubRequest: boolean): void {
    increment(isSubRequest ? this.subRequests : this.requests, operation);
  }

  counts(): TrafficCounts {
    return {
      requests: Object.fromEntries(this.requests),
      sub_requests: Object.fromEntries(this.subRequests),
      statuses: Object.fromEntries(this.statuses),
      bytes_sent: this.bytesSent,
      in_flight: this.inFlight,
      max_in_flight: this.maxInFlight,
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
