import {rootCertificates, type SecureContextOptions} from 'node:tls';

/** Whom we trust on the way to PI Web API, and as whom we show ourselves. */
export interface Trust {
  /** PEM blocks that are trusted besides the public authorities. */
  readonly caCertificates: readonly string[];
  /** The name looked for in the certificate of PI Web API; undefined: the host's. */
  readonly serverName?: string | undefined;
  readonly minVersion?: 'TLSv1.3' | 'TLSv1.2' | 'TLSv1.1' | 'TLSv1' | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
}

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

/** A proxy that stands before PI Web API. */
export interface Proxy {
  /** `http://host:port` or `https://host:port`, without credentials. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** The trust as Node's TLS wants it. Public authorities stay trusted. */
export function secureContext({caCertificates}: Trust): SecureContextOptions {
  if (caCertificates.length === 0) return {};
  return {ca: [...rootCertificates, ...caCertificates]};
}
