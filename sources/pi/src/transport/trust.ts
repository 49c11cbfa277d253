import {rootCertificates, type SecureContextOptions} from 'node:tls';

/** Whom we trust on the way to PI Web API, and as whom we show ourselves. */
export interface Trust {
  /** PEM blocks that are trusted besides the public authorities. */
  readonly caCertificates: readonly string[];
  /**
   * Lists of revoked certificates (PEM). Without any, nobody asks whether a certificate
   * was revoked: Node fetches no list by itself. With one, every authority of the chain
   * must have one.
   */
  readonly revocationLists?: readonly string[] | undefined;
  /** The name looked for in the certificate of PI Web API; undefined: the host's. */
  readonly serverName?: string | undefined;
  readonly minVersion?: TlsVersion | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
}

type TlsVersion = 'TLSv1.3' | 'TLSv1.2' | 'TLSv1.1' | 'TLSv1';

export type ClientCertificate =
  | {
      readonly format: 'pem';
      readonly certificate: string;
      readonly key: string;
      readonly passphrase?: string | undefined;
    }
  | {
      readonly format: 'pfx';
      readonly archive: Buffer;
      readonly passphrase?: string | undefined;
    };

/** What Node's TLS is told; the name is both asked for and looked for. */
export interface TlsOptions extends SecureContextOptions {
  readonly servername?: string;
  /** Said aloud, so that no variable of the environment can say otherwise. */
  readonly rejectUnauthorized: true;
}

/** The trust as Node's TLS wants it. Public authorities stay trusted. */
export function secureContext(trust: Trust): TlsOptions {
  const {caCertificates, revocationLists = [], serverName, minVersion} = trust;
  return {
    rejectUnauthorized: true,
    ...(caCertificates.length > 0 && {ca: [...rootCertificates, ...caCertificates]}),
    ...(revocationLists.length > 0 && {crl: [...revocationLists]}),
    ...(serverName !== undefined && {servername: serverName}),
    ...(minVersion !== undefined && {minVersion}),
    // OpenSSL 3 signs no handshake of these versions at its usual level.
    ...(acceptsOldTls(trust) && {ciphers: 'DEFAULT@SECLEVEL=0'}),
    ...identity(trust.clientCertificate),
  };
}

/** Whether versions are allowed that are held to be broken. */
export function acceptsOldTls({minVersion}: Trust): boolean {
  return minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
}

/**
 * The trust for servers beside PI Web API, such as an OpenID provider: the same
 * authorities, but neither PI's name and age nor our certificate for PI.
 */
export function trustBesidePi(trust: Trust): Trust {
  const {caCertificates, revocationLists, minVersion} = trust;
  return {
    caCertificates,
    revocationLists,
    minVersion: acceptsOldTls(trust) ? undefined : minVersion,
  };
}

/** A client certificate as Node's TLS wants it. */
export function identity(own: ClientCertificate | undefined): SecureContextOptions {
  if (own === undefined) return {};
  const {passphrase} = own;
  const secret = passphrase === undefined ? {} : {passphrase};
  if (own.format === 'pfx') return {pfx: own.archive, ...secret};
  return {cert: own.certificate, key: own.key, ...secret};
}

/** A proxy that stands before PI Web API. */
export interface Proxy {
  /** `http://host:port` or `https://host:port`, without credentials. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}
