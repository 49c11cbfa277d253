/** What a load's time goes into. */
export type LoadPhase = 'encode' | 'upload' | 'commit';

const SECOND_MS = 1000;
const MEGA = 1_000_000;

/** The time in which at least one load was in a phase. */
interface PhaseTime {
  totalMs: number;
  /** Loads that are in the phase now, and since when there have been any. */
  underWay: number;
  sinceMs: number;
}

/**
 * Where the time of a process went, and how much it loaded. Loads that are in one phase
 * together count once, so that no phase is longer than the clock.
 */
export class LoadTimes {
  readonly #phases: Readonly<Record<LoadPhase, PhaseTime>> = {
    encode: {totalMs: 0, underWay: 0, sinceMs: 0},
    upload: {totalMs: 0, underWay: 0, sinceMs: 0},
    commit: {totalMs: 0, underWay: 0, sinceMs: 0},
  };
  #files = 0;
  #rows = 0;
  #bytes = 0;

  /** @param nowMs A clock that never goes back. */
  constructor(private readonly nowMs: () => number) {}

  /** Times something that is a part of a load. */
  async measure<Result>(phase: LoadPhase, act: () => Promise<Result>): Promise<Result> {
    const time = this.#phases[phase];
    if (time.underWay === 0) time.sinceMs = this.nowMs();
    time.underWay += 1;
    try {
      return await act();
    } finally {
      time.underWay -= 1;
      if (time.underWay === 0) time.totalMs += this.nowMs() - time.sinceMs;
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
    const {encode, upload, commit} = this.#phases;
    return (
      `Loaded ${this.#rows} rows in ${this.#files} files ` +
      `(${(this.#bytes / MEGA).toFixed(1)} MB): encoding took ${seconds(encode)} s, ` +
      `uploading ${seconds(upload)} s, loading into tables ${seconds(commit)} s.`
    );
  }
}

function seconds({totalMs}: PhaseTime): string {
  return (totalMs / SECOND_MS).toFixed(1);
}
