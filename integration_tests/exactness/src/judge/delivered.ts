import type {Instant} from '../instant';
import type {Row} from '../play/row';

/** A row as it was delivered last. */
export interface DeliveredRow {
  readonly rest: string;
  /** Number of the attempt. */
  readonly attempt: number;
}

/** What was delivered of one point, the last row of each key. */
export class Delivered {
  private readonly rows = new Map<Instant, (DeliveredRow | undefined)[]>();

  /** @returns the row of the same key that it takes the place of. */
  add({timestamp, sequence, rest}: Row, attempt: number): DeliveredRow | undefined {
    let rows = this.rows.get(timestamp);
    if (rows === undefined) this.rows.set(timestamp, (rows = []));
    const before = rows[sequence];
    rows[sequence] = {rest, attempt};
    return before;
  }

  at(instant: Instant): readonly (DeliveredRow | undefined)[] {
    return this.rows.get(instant) ?? [];
  }

  /** How many events of an instant were delivered, counted from the first without a gap. */
  count(instant: Instant): number {
    const rows = this.rows.get(instant) ?? [];
    const gap = rows.findIndex((row) => row === undefined);
    return gap < 0 ? rows.length : gap;
  }
}
