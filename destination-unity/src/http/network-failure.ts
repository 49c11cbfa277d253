import {ConfigError, TransientError, type ConnectorError} from 'airbyte-cdk-ts';

/** What is known of a connection that brought no whole answer. */
export interface NetworkFault {
  /** Node's code: `ENOTFOUND`, `CERT_HAS_EXPIRED`, …; empty where there is none. */
  readonly code: string;
  /** The fault's own words; looked at, never shown: they may hold a signed URL. */
  readonly text: string;
}

/**
 * `lasting`: a setting or a certificate must change. `absent`: nobody answers there, which
 * a short outage may explain, but not a long one. `passing`: time will do.
 */
export type FaultKind = 'lasting' | 'absent' | 'passing';

interface Meaning {
  readonly kind: FaultKind;
  readonly say: (host: string) => string;
}

const lasting = (say: Meaning['say']): Meaning => ({kind: 'lasting', say});
const absent = (say: Meaning['say']): Meaning => ({kind: 'absent', say});
const passing = (say: Meaning['say']): Meaning => ({kind: 'passing', say});

const UNKNOWN_ISSUER = lasting(
  (host) =>
    `The certificate of ${host} comes from an authority that is not trusted here, or an intermediate certificate is missing. Where a proxy opens TLS or the host is private, put the certificate of that authority (PEM) into the field "CA certificate".`,
);
const NO_ROUTE = absent((host) => `This machine has no route to ${host}.`);
const SILENT = passing((host) => `${host} did not answer in time.`);
const CUT = passing((host) => `${host} closed the connection before it had answered.`);

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOTFOUND: absent(
    (host) =>
      `The name ${host} is not known to the name servers here. Check how it is written, and whether this machine may resolve it.`,
  ),
  EAI_AGAIN: passing((host) => `The name servers gave no answer for ${host}.`),
  ECONNREFUSED: absent(
    (host) =>
      `${host} refused the connection: nothing listens on this port, or a firewall rejects it. Check host and port, and whether the way there needs a proxy.`,
  ),
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  ETIMEDOUT: SILENT,
  ECONNABORTED: SILENT,
  ERR_CANCELED: SILENT,
  ECONNRESET: CUT,
  EPIPE: CUT,
  ERR_STREAM_PREMATURE_CLOSE: CUT,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_ISSUER,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_ISSUER,
  DEPTH_ZERO_SELF_SIGNED_CERT: lasting(
    (host) =>
      `${host} shows a self-signed certificate. To trust it, put it (PEM) into the field "CA certificate".`,
  ),
  CERT_HAS_EXPIRED: lasting(
    (host) => `The certificate of ${host} has expired; its operator must renew it.`,
  ),
  CERT_NOT_YET_VALID: lasting(
    (host) =>
      `The certificate of ${host} is not valid yet. Check the clock of this machine.`,
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: lasting(
    (host) =>
      `The certificate shown is not made out to ${host}. Use the name that stands in the certificate, or ask whether a proxy stands between.`,
  ),
};

/** Texts that tell apart what has one code (`EPROTO`) or none. */
const BY_TEXT: readonly (readonly [RegExp, Meaning])[] = [
  [
    /wrong version number|packet length too long/i,
    lasting((host) => `${host} does not speak TLS on this port. Check the port.`),
  ],
  [
    /alert protocol version|unsupported protocol|handshake failure/i,
    lasting((host) => `${host} and this connector share no version of TLS (1.2, 1.3).`),
  ],
  [/socket hang up|premature close|aborted/i, CUT],
  [/timed? ?out|timeout/i, SILENT],
];

const UNFORESEEN = passing((host) => `The connection to ${host} failed.`);

function meaningOf({code, text}: NetworkFault): Meaning {
  return (
    MEANINGS[code] ?? BY_TEXT.find(([words]) => words.test(text))?.[1] ?? UNFORESEEN
  );
}

/** Whether a fault passes. */
export function faultKind(fault: NetworkFault): FaultKind {
  return meaningOf(fault).kind;
}

/** What a fault means for the user; `details.code` keeps the code. */
export function networkFailure(fault: NetworkFault, host: string): ConnectorError {
  const {kind, say} = meaningOf(fault);
  const Failure = kind === 'lasting' ? ConfigError : TransientError;
  const details = fault.code === '' ? {} : {code: fault.code};
  return new Failure(say(host), {details});
}

/** Code and words of whatever a socket threw, the deepest code of its causes first. */
export function networkFaultOf(thrown: unknown): NetworkFault {
  if (typeof thrown !== 'object' || thrown === null) return {code: '', text: ''};
  const inner = 'cause' in thrown ? networkFaultOf(thrown.cause) : {code: '', text: ''};
  const own = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const text = 'message' in thrown ? String(thrown.message) : '';
  return {code: inner.code === '' ? own : inner.code, text: `${text} ${inner.text}`};
}
