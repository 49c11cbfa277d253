import type {Finding} from '../checks/check';

/** What became of one check. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly verdict: 'passed' | 'failed' | 'not asked';
  /** Why it was not asked. */
  readonly reason?: string;
  readonly findings: readonly Finding[];
  readonly seconds: number;
}

/** The ids of the checks that failed, in their order. */
export function failedIds(results: readonly Result[]): readonly string[] {
  return results.filter(({verdict}) => verdict === 'failed').map(({id}) => id);
}
