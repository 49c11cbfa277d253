import {generate} from 'selfsigned';

export interface ServerCertificate {
  /** PEM: what the server shows and signs with. */
  readonly certificate: string;
  readonly privateKey: string;
  /** PEM of the authority that clients must trust. */
  readonly caCertificate: string;
}

/** A certificate for the loopback names, from an authority nobody knows yet. */
export async function makeCertificate(): Promise<ServerCertificate> {
  const authority = await generate([{name: 'commonName', value: 'Private authority'}], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      {name: 'basicConstraints', cA: true, critical: true},
      {name: 'keyUsage', keyCertSign: true, digitalSignature: true},
    ],
  });
  const server = await generate([{name: 'commonName', value: 'localhost'}], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: {key: authority.private, cert: authority.cert},
    extensions: [
      {name: 'basicConstraints', cA: false},
      {name: 'keyUsage', digitalSignature: true},
      {name: 'extKeyUsage', serverAuth: true},
      {
        name: 'subjectAltName',
        altNames: [
          {type: 2, value: 'localhost'},
          {type: 7, ip: '127.0.0.1'},
        ],
      },
    ],
  });
  return {
    certificate: server.cert,
    privateKey: server.private,
    caCertificate: authority.cert,
  };
}
