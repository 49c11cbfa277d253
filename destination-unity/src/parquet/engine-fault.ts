/**
 * Something is wrong with what the engine was given, or with what it made. The thread of
 * the engine knows no other errors: only the message leaves it, and whoever asked says
 * who must act. So the thread need not load what the rest of the program stands on.
 */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
}
