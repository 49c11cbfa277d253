import {createHash} from 'node:crypto';

/** A request as far as its answer depends on it. */
export interface KeyedRequest {
  readonly method: string;
  /** Path and query, as they stood in the request line. */
  readonly path: string;
  readonly body: string;
}

/** Stands in recorded texts where the server's own origin stood. */
export const RECORDED_ORIGIN = 'http://recorded.invalid';

/** Takes the origin of this run out of a text, so that it fits a later run. */
export function withoutOrigin(text: string, origin: string): string {
  return text.replaceAll(origin, RECORDED_ORIGIN);
}

/** Puts the origin of this run into a recorded text. */
export function withOrigin(text: string, origin: string): string {
  return text.replaceAll(RECORDED_ORIGIN, origin);
}

/**
 * Equal for requests that get the same answer. A batch carries absolute URLs, so the
 * origin it was sent to is taken out first; headers do not count.
 */
export function answerKey({method, path, body}: KeyedRequest, origin: string): string {
  const hash = createHash('sha256');
  hash.update(`${method} ${path}\n`);
  hash.update(withoutOrigin(body, origin));
  return hash.digest('hex');
}
