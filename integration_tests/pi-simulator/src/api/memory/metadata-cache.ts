import {TICKS_PER_SECOND, type Ticks} from '../../time/ticks';
import {type Answer} from '../answer';

/** How long what was read of points and assets is taken as still true. */
const FRESH_TICKS = 300 * TICKS_PER_SECOND;
/** Objects the server keeps in mind; the oldest are dropped. */
const MAX_ENTRIES = 10_000;

/** A request for objects, not for values. */
const READS_OBJECTS =
  /^GET \/(?!$|system|streams|streamsets|batch|points\/search|streams\/updates)/;

/**
 * What a user has been told of points and assets: it is told again for five minutes,
 * whatever has changed, unless the caller asks past it.
 */
export class MetadataCache {
  private readonly entries = new Map<string, {answer: Answer; at: Ticks}>();

  /** The answer as it was, or a new one. */
  async answer(
    {key, operation, now, isBypassed}: CachedRequest,
    make: () => Promise<Answer>,
  ): Promise<Answer> {
    if (!READS_OBJECTS.test(operation)) return make();
    const known = this.entries.get(key);
    if (known !== undefined && !isBypassed && now - known.at < FRESH_TICKS) {
      return known.answer;
    }
    const answer = await make();
    this.entries.delete(key);
    if (answer.status < 300) this.entries.set(key, {answer, at: now});
    const [oldest] = this.entries.keys();
    if (this.entries.size > MAX_ENTRIES && oldest !== undefined)
      this.entries.delete(oldest);
    return answer;
  }

  /** What a restart of the process does. */
  forget(): void {
    this.entries.clear();
  }
}

/** A request as the cache sees it. */
export interface CachedRequest {
  /** What makes two requests the same, the user included. */
  readonly key: string;
  readonly operation: string;
  readonly now: Ticks;
  /** The caller sends `Cache-Control: no-cache`. */
  readonly isBypassed: boolean;
}
