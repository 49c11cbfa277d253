import type {HttpAnswer} from './http';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * The path below the base URL to which an answer sends a GET on; undefined where it sends
 * nowhere, or to another place: what is above the base URL, on another port or on another
 * host is not PI Web API, and would be shown the credentials.
 */
export function redirectedPath(
  baseUrl: string,
  askedPath: string,
  {status, headers}: HttpAnswer,
): string | undefined {
  const {location} = headers;
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const asked = `${baseUrl}/${askedPath}`;
  if (!URL.canParse(location, asked)) return undefined;
  const {href, origin, username, password} = new URL(location, asked);
  const base = new URL(`${baseUrl}/`);
  const isInside = origin === base.origin && href.startsWith(base.href);
  if (!isInside || username !== '' || password !== '') return undefined;
  return href.slice(base.href.length).split('#')[0];
}
