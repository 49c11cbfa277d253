/** Counts the values of an answer, and ends it where it may hold no more. */
export class ValueBudget {
  private count = 0;

  constructor(private readonly limit: number) {}

  /** Takes a value; false where the answer breaks off before it. */
  take(): boolean {
    if (this.count >= this.limit) return false;
    this.count += 1;
    return true;
  }

  get taken(): number {
    return this.count;
  }

  get isLimited(): boolean {
    return Number.isFinite(this.limit);
  }

  /** Whether the answer breaks off: the limit is reached. */
  get isSpent(): boolean {
    return this.count >= this.limit;
  }
}
