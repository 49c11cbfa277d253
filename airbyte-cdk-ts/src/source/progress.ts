/** What has been done so far. */
export interface Done {
  readonly records: number;
  readonly slices: number;
}

/** Says from time to time how a stream gets on. */
export class Progress {
  #last: Done & {readonly atMs: number};

  /** @param nowMs Milliseconds of a clock that never goes back. */
  constructor(
    private readonly stream: string,
    nowMs: number,
  ) {
    this.#last = {records: 0, slices: 0, atMs: nowMs};
  }

  /** A sentence on what was done since the last one. */
  line({records, slices}: Done, nowMs: number): string {
    const seconds = Math.max(nowMs - this.#last.atMs, 1) / 1000;
    const perSecond = Math.round((records - this.#last.records) / seconds);
    this.#last = {records, slices, atMs: nowMs};
    return `${this.stream}: ${records} records in ${slices} slices so far, ${perSecond} a second.`;
  }
}
