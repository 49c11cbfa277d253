/** What a run may be found guilty of. */
export type Charge =
  | 'lost'
  | 'stale'
  | 'invented'
  | 'doubled'
  | 'outside'
  | 'held back'
  | 'claimed too much'
  | 'claimed too little'
  | 'not named'
  | 'miscounted'
  | 'wrong end'
  | 'without end'
  | 'not understood';

export interface Problem {
  readonly charge: Charge;
  readonly what: string;
}

const MOST_KEPT = 12;

/** Gathers what is wrong with a run; keeps the first of it, counts the rest. */
export class Problems {
  readonly kept: Problem[] = [];
  count = 0;

  add(charge: Charge, what: string): void {
    this.count += 1;
    if (this.kept.length < MOST_KEPT) this.kept.push({charge, what});
  }
}
