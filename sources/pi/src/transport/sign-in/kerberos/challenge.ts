/** What a server says in `WWW-Authenticate`. */
export interface Challenge {
  /** The schemes it names, in its order. */
  readonly offered: readonly string[];
  readonly offersNegotiate: boolean;
  /** Base64, behind `Negotiate`: a proof of its own, or why ours was refused. */
  readonly token: string | undefined;
}

const NEGOTIATE = /^negotiate$/i;
/** Text in quotes may hold anything, commas too. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const PARAMETER = /^[\w-]+\s*=/;
const SCHEME = /^([A-Za-z][\w-]*)(?:\s+([\w+/.~-]+=*)\s*)?/;

export function challengeIn(header: string | undefined): Challenge {
  const parts = (header ?? '').replaceAll(QUOTED, '""').split(',');
  const schemes = parts.flatMap((part) => {
    const text = part.trim();
    const match = PARAMETER.test(text) ? null : SCHEME.exec(text);
    return match === null ? [] : [{name: match[1] ?? '', token: match[2]}];
  });
  const negotiate = schemes.filter(({name}) => NEGOTIATE.test(name));
  return {
    offered: schemes.map(({name}) => name),
    offersNegotiate: negotiate.length > 0,
    token: negotiate.find(({token}) => token !== undefined)?.token,
  };
}
