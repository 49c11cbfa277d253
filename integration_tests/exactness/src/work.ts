import type {RunResult} from './run';

/** What a worker process is asked to do. */
export type Task =
  | {readonly kind: 'run'; readonly seed: number}
  /** Makes the story of a seed small, as far as the time allows. */
  | {readonly kind: 'shrink'; readonly seed: number; readonly forMs: number};

/** What it answers. */
export type Answer =
  | {readonly kind: 'ran'; readonly result: RunResult}
  | {
      readonly kind: 'shrunk';
      readonly seed: number;
      readonly story: readonly string[];
      readonly result: RunResult;
    }
  | {readonly kind: 'broken'; readonly seed: number; readonly reason: string};
