import {ConfigError, TransientError, type ConnectorError} from 'airbyte-cdk-ts';

/** What is known of a connection that brought no whole answer. */
export interface NetworkFault {
  /** Node's or axios' code: `ENOTFOUND`, `CERT_HAS_EXPIRED`, … */
  readonly code: string;
  /** The fault's own words; looked at, never shown. */
  readonly text: string;
  readonly host: string;
}

interface Meaning {
  readonly kind: 'config' | 'transient';
  readonly say: (host: string) => string;
}

const config = (say: Meaning['say']): Meaning => ({kind: 'config', say});
const transient = (say: Meaning['say']): Meaning => ({kind: 'transient', say});

const UNKNOWN_ISSUER = config(
  (host) =>
    `The certificate of ${host} is signed by an authority that is not known here, or an intermediate certificate is missing. Paste the plant's CA certificate (PEM) into the field "CA certificate".`,
);

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    ENOTFOUND: transient(
      (host) =>
        `The name ${host} is not known to the name servers here. Check the base URL, or ask the network team whether this machine can resolve plant names.`,
    ),
    EAI_AGAIN: transient(
      (host) => `The name servers did not answer when asked for ${host}.`,
    ),
    ECONNREFUSED: transient(
      (host) =>
        `${host} refused the connection: nothing listens on this port, or a firewall rejects it. Check the port in the base URL and that the PI Web API service runs.`,
    ),
    EHOSTUNREACH: transient(
      (host) => `There is no route to ${host} from this machine.`,
    ),
    ENETUNREACH: transient((host) => `There is no route to ${host} from this machine.`),
    ECONNRESET: transient(
      (host) => `${host} closed the connection before it had answered.`,
    ),
    EPIPE: transient(
      (host) => `${host} closed the connection while it was being asked.`,
    ),
    CONNECT_TIMEOUT: transient(
      (host) =>
        `${host} did not accept a connection in time. A firewall may drop the packets: ask the network team for the way from this machine to PI Web API.`,
    ),
    READ_TIMEOUT: transient(
      (host) => `${host} accepted the request and did not answer in time.`,
    ),
    BODY_CUT: transient((host) => `The answer of ${host} broke off in the middle.`),
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_ISSUER,
    UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_ISSUER,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_ISSUER,
    SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_ISSUER,
    DEPTH_ZERO_SELF_SIGNED_CERT: config(
      (host) =>
        `${host} shows a self-signed certificate. Paste that certificate (PEM) into the field "CA certificate" to trust it.`,
    ),
    CERT_HAS_EXPIRED: config(
      (host) =>
        `The certificate of ${host} has expired. The PI administrator must renew it.`,
    ),
    CERT_NOT_YET_VALID: config(
      (host) =>
        `The certificate of ${host} is not valid yet. Check the clocks of this machine and of the PI server.`,
    ),
    ERR_TLS_CERT_ALTNAME_INVALID: config(
      (host) =>
        `The certificate is not made out to ${host}. Use the name that stands in the certificate as host of the base URL.`,
    ),
    ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: config(
      (host) =>
        `${host} demands a client certificate, which this connector cannot send yet.`,
    ),
  }),
);

const WRONG_VERSION = config(
  (host) =>
    `${host} does not speak TLS on this port. Did you mean http:// in the base URL?`,
);
const OLD_TLS = config(
  (host) =>
    `${host} and this connector share no TLS version or cipher. The server needs TLS 1.2 or newer.`,
);

/** Texts that tell apart what has one code (`EPROTO`) or several spellings. */
const BY_TEXT: readonly (readonly [RegExp, Meaning])[] = [
  [/wrong version number|packet length too long/i, WRONG_VERSION],
  [/alert protocol version|unsupported protocol|handshake failure/i, OLD_TLS],
];

const UNFORESEEN = transient((host) => `The connection to ${host} failed.`);

/**
 * What a connection's fault means for the user: a `ConfigError` where a setting or a
 * certificate must change, a `TransientError` where time may do. `details.code` keeps
 * the code.
 */
export function networkFailure({code, text, host}: NetworkFault): ConnectorError {
  const known = BY_TEXT.find(([words]) => words.test(text))?.[1] ?? MEANINGS.get(code);
  const {kind, say} = known ?? UNFORESEEN;
  const Failure = kind === 'config' ? ConfigError : TransientError;
  return new Failure(say(host), {details: {code}});
}

/** Code and words of whatever a socket threw; it need not be of our own `Error`. */
export function faultOf(thrown: unknown): Pick<NetworkFault, 'code' | 'text'> {
  if (typeof thrown !== 'object' || thrown === null) return {code: 'UNKNOWN', text: ''};
  const code = 'code' in thrown ? String(thrown.code) : 'UNKNOWN';
  return {code, text: 'message' in thrown ? String(thrown.message) : ''};
}
