import type {HttpAnswer} from '../http';

/**
 * One method of proving who we are.
 *
 * `sign` is asked before every single attempt, for a token may be good for one use;
 * `refused` is told of a 401 and says whether a newly signed attempt may pass.
 */
export interface SignIn {
  /** The value of the `Authorization` header. */
  sign(): Promise<string>;
  refused(answer: HttpAnswer): Promise<'retry' | 'final'>;
}
