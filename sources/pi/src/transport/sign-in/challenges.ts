/** One way in that a server names in `WWW-Authenticate`. */
export interface Challenge {
  /** As the server writes it: `Negotiate`, `Basic`. */
  readonly scheme: string;
  /** Base64 behind the scheme: the server's part of a handshake. */
  readonly token: string | undefined;
}

/** Text in quotes may hold anything, commas too. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const PARAMETER = /^[\w-]+\s*=/;
const SCHEME = /^([A-Za-z][\w-]*)(?:\s+([\w+/.~-]+=*)\s*)?(?:\s|$)/;

/** What a `WWW-Authenticate` header offers, in its order. */
export function challengesIn(header: string | undefined): readonly Challenge[] {
  const parts = (header ?? '').replaceAll(QUOTED, '""').split(',');
  return parts.flatMap((part) => {
    const text = part.trim();
    const match = PARAMETER.test(text) ? null : SCHEME.exec(text);
    return match === null ? [] : [{scheme: match[1] ?? '', token: match[2]}];
  });
}

/** The schemes for a message, `Negotiate, Basic`; `nothing` where there are none. */
export function offerText(challenges: readonly Challenge[]): string {
  return challenges.map(({scheme}) => scheme).join(', ') || 'nothing';
}

export function offers(challenges: readonly Challenge[], scheme: string): boolean {
  return challenges.some((each) => isScheme(each, scheme));
}

/** The first token that stands behind a scheme. */
export function tokenBehind(
  challenges: readonly Challenge[],
  scheme: string,
): string | undefined {
  return challenges.find((each) => isScheme(each, scheme) && each.token !== undefined)
    ?.token;
}

function isScheme({scheme}: Challenge, name: string): boolean {
  return scheme.toLowerCase() === name.toLowerCase();
}
