import type {RecordedValue} from './recorded-answers';

/** What was taken of a point so far: its newest timestamp and how many events lie there. */
interface Taken {
  last: string;
  atLast: number;
}

/**
 * Says how many values at the beginning of a page were in an earlier page already.
 * Windows and pages of a point overlap in exactly the events at one timestamp.
 */
export class Seams {
  readonly #taken = new Map<string, Taken>();

  /**
   * Number of leading values to leave out, all at one timestamp; remembers the end of
   * this page.
   */
  overlap(webId: string, values: readonly RecordedValue[]): number {
    const earlier = this.#taken.get(webId);
    const skip =
      earlier === undefined ? 0 : leading(values, earlier.last, earlier.atLast);
    const last = values.at(-1)?.Timestamp;
    if (last !== undefined && skip < values.length) {
      this.#taken.set(webId, {last, atLast: trailing(values, last)});
    }
    return skip;
  }
}

function leading(values: readonly RecordedValue[], at: string, most: number): number {
  let count = 0;
  while (count < most && values[count]?.Timestamp === at) count += 1;
  return count;
}

function trailing(values: readonly RecordedValue[], at: string): number {
  let count = 0;
  while (values.at(-1 - count)?.Timestamp === at) count += 1;
  return count;
}
