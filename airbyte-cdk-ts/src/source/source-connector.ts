import type {z} from 'zod';

import type {Log} from '../output/log';
import type {About} from '../specification/spec-message';
import type {AnySourceStream, StreamDeclaration} from './source-stream';

/** What the runtime lends to a running source. */
export interface SourceContext {
  readonly log: Log;
  /** Aborted when the sync is to end early; waits and requests end with it. */
  readonly signal: AbortSignal;
  readonly rateLimit: RateLimitListener;
  /** Hides a secret that is not in the configuration. */
  readonly conceal?: (secret: string) => void;
  /** Hides one of many that follow each other, such as a token just obtained. */
  readonly concealPassing?: (secret: string) => void;
}

/** Told by whoever waits on a 429, so that the platform sees RATE_LIMITED. */
export interface RateLimitListener {
  /** @param untilMs Epoch milliseconds at which the wait ends. */
  waiting(untilMs: number): void;
  resumed(): void;
}

/** Everything a source gives the runtime: `runSource(about, load)` is its `main`. */
export interface SourceConnector<Config> extends About {
  /** What a configuration is checked by; the connection specification says the same. */
  readonly configSchema: z.ZodType<Config>;

  /**
   * Resolves with a sentence about what was found, rejects with the first thing that
   * stands in the way: `ConfigError` and `TransientError` become FAILED, anything
   * else is a defect of ours.
   */
  check(config: Config, context: SourceContext): Promise<string>;

  /** Static declarations; needs no connection. */
  discover(config: Config): readonly StreamDeclaration[];

  /** The streams of one sync, in the order of `discover`. */
  streams(config: Config, context: SourceContext): Promise<readonly AnySourceStream[]>;

  /** How many slices of a stream are read at once. */
  concurrency(config: Config): number;

  /** Called once after the last stream, also after a failure. */
  close?(): Promise<void>;
}
