/** Options or files given to the simulator that cannot be used: the caller must change them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
