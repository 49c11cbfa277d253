/** A run that gives no figure: a wrong answer, a process that failed, a missing build. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
