/** What a load's time goes into. */
export type LoadPhase = 'encode' | 'upload' | 'commit';

const SECOND_MS = 1000;
const MEGA = 1_000_000;

/** Where the time of all loads of a process went, and how much was loaded. */
export class LoadTimes {
  readonly #totalsMs: Record<LoadPhase, number> = {encode: 0, upload: 0, commit: 0};
  #files = 0;
  #rows = 0;
  #bytes = 0;

  /** @param nowMs A clock that never goes back. */
  constructor(private readonly nowMs: () => number) {}

  /** Times something that is a part of a load. */
  async measure<Result>(phase: LoadPhase, act: () => Promise<Result>): Promise<Result> {
    const startMs = this.nowMs();
    try {
      return await act();
    } finally {
      this.#totalsMs[phase] += this.nowMs() - startMs;
    }
  }

  /** Counts a file that was made. */
  add({rows, bytes}: {readonly rows: number; readonly bytes: number}): void {
    this.#files += 1;
    this.#rows += rows;
    this.#bytes += bytes;
  }

  /** A sentence for the log; undefined when nothing was loaded. Phases overlap in time. */
  get summary(): string | undefined {
    if (this.#files === 0) return undefined;
    const {encode, upload, commit} = this.#totalsMs;
    return (
      `Loaded ${this.#rows} rows in ${this.#files} files ` +
      `(${(this.#bytes / MEGA).toFixed(1)} MB): encoding took ${seconds(encode)} s, ` +
      `uploading ${seconds(upload)} s, loading into tables ${seconds(commit)} s.`
    );
  }
}

function seconds(ms: number): string {
  return (ms / SECOND_MS).toFixed(1);
}
