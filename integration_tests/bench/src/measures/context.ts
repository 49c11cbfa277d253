import type {Measure} from '../report/measure';
import type {Sample} from './sample';

/** What every measure is given. */
export interface BenchContext {
  /** Scratch folder, emptied at the end. */
  readonly scratch: string;
  readonly rounds: number;
  /** Rounds of the memory runs, but for the longest. */
  readonly longRounds: number;
  /** Progress, for the one who waits. */
  readonly say: (text: string) => void;
}

/** Why a part could not be measured here. */
export interface NotRun {
  readonly notRun: string;
}

/** The lines of the result and the single runs behind them. */
export interface Findings {
  readonly measures: readonly Measure[];
  readonly samples: readonly Sample[];
  /** Texts for a terminal beside the table of measures. */
  readonly tables?: readonly string[];
}
