import {ConfigError, ConnectorError, TransientError} from 'airbyte-cdk-ts';

import type {ShownCertificates} from './certificate-shown';
import {NETWORK_MEANINGS, UNFORESEEN} from './network-faults';
import type {NetworkMeaning} from './network-meaning';

/** What is known of a connection that brought no whole answer. */
export interface NetworkFault {
  /** Node's, axios' or our own code: `ENOTFOUND`, `CERT_HAS_EXPIRED`, … */
  readonly code: string;
  /** The fault's own words; looked at, never shown. */
  readonly text: string;
  /** With its port where that is known. */
  readonly host: string;
  /** What was looked for in the certificate; undefined: the host's name. */
  readonly name?: string | undefined;
  /** Of the proxy, where it failed there. */
  readonly proxy?: string;
  /** The status by which the proxy refused. */
  readonly proxyStatus?: number;
  /** Spoken to in plain HTTP. */
  readonly isPlain?: boolean;
  /** What the server showed, where its certificate is at fault. */
  readonly shown?: ShownCertificates | undefined;
}

/**
 * What a connection's fault means for the user: a `ConfigError` where a setting or a
 * certificate must change, a `TransientError` where time may do. `details.code` keeps
 * the code.
 */
export function networkFailure(fault: NetworkFault): ConnectorError {
  const {code, proxyStatus, shown} = fault;
  const {failureType, layer, text} = meaningOf(fault);
  const values = valuesOf(fault);
  const said = text.replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
  const message = layer === 'certificate' && shown ? `${said} ${shown.text}` : said;
  const Failure = failureType === 'config_error' ? ConfigError : TransientError;
  const status = proxyStatus === undefined ? {} : {proxy_status: proxyStatus};
  return new Failure(message, {details: {code, ...status}});
}

/** What the places in a text are filled with. */
function valuesOf(fault: NetworkFault): Readonly<Record<string, string>> {
  const {code, host, proxy = ''} = fault;
  const name = fault.name ?? host.replace(/:\d+$/, '');
  const authority = fault.shown?.authority ?? 'that authority';
  return {code, host, name, proxy, authority};
}

/** The row of the table that a fault is about. */
export function meaningOf(
  fault: Pick<NetworkFault, 'code' | 'text' | 'isPlain'>,
): NetworkMeaning {
  const {code, text, isPlain = false} = fault;
  return (
    NETWORK_MEANINGS.find(({words}) => words?.test(text)) ??
    NETWORK_MEANINGS.find(
      ({codes = [], plain = isPlain}) => codes.includes(code) && plain === isPlain,
    ) ??
    UNFORESEEN
  );
}

/** Code and words of whatever a socket threw; it need not be of our own `Error`. */
export function faultOf(thrown: unknown): Pick<NetworkFault, 'code' | 'text'> {
  if (typeof thrown !== 'object' || thrown === null) return {code: 'UNKNOWN', text: ''};
  const code = 'code' in thrown ? String(thrown.code) : 'UNKNOWN';
  return {code, text: 'message' in thrown ? String(thrown.message) : ''};
}

/** The failure that a connection was given up with, if it is one of ours already. */
export function failureWithin(thrown: unknown): ConnectorError | undefined {
  if (thrown instanceof ConnectorError) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const cause = 'cause' in thrown ? thrown.cause : undefined;
  return cause instanceof ConnectorError ? cause : undefined;
}
