/** Counts requests of each client in stretches of one second. */
export class RateLimit {
  private second = Number.NaN;
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly maxPerSecond: number,
    private readonly epochMs: () => number,
  ) {}

  /** Counts a request; false when the client has used up this second. */
  admits(client: string): boolean {
    const second = Math.floor(this.epochMs() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.counts.clear();
    }
    const count = (this.counts.get(client) ?? 0) + 1;
    this.counts.set(client, count);
    return count <= this.maxPerSecond;
  }
}
