import type {Rewriting} from './rewrite';

/** What became of a statement on its way to Spark. */
export interface StatementLogEntry {
  /** As the client sent it. */
  readonly statement: string;
  /** `unchanged`: Spark got every letter; `bridge`: answered without Spark's parser. */
  readonly treatment: 'unchanged' | 'bridge' | 'rewritten';
  /** What was put differently; empty unless rewritten. */
  readonly rewritings: readonly Rewriting[];
}

/** `unchanged`, `bridge` or `rewritten: volume path, parameters`. */
export function treatmentText({treatment, rewritings}: StatementLogEntry): string {
  return treatment === 'rewritten' ? `rewritten: ${rewritings.join(', ')}` : treatment;
}
