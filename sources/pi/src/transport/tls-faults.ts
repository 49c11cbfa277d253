import type {NetworkMeaning} from './network-meaning';

/** Before any certificate is looked at, and where ours is. */
export const TLS: readonly NetworkMeaning[] = [
  {
    id: 'TLS_SILENT',
    layer: 'tls',
    failureType: 'transient_error',
    codes: ['TLS_TIMEOUT'],
    text: '{host} accepted the connection, but did not complete the TLS handshake in time. The port may speak something else, or a firewall that looks into TLS holds it back.',
  },
  {
    id: 'TLS_BROKEN_OFF',
    layer: 'tls',
    failureType: 'transient_error',
    words: /before secure TLS connection was established/i,
    text: '{host} closed the connection during the TLS handshake. The port may not speak TLS, the server may refuse the TLS version or our client certificate, or a firewall cut in: the log of the server tells.',
  },
  {
    id: 'TLS_NOT_SPOKEN',
    layer: 'tls',
    failureType: 'config_error',
    words: /wrong version number|packet length too long|http request/i,
    text: '{host} does not speak TLS on this port. Did you mean http:// in the base URL, or another port?',
  },
  {
    id: 'TLS_VERSION',
    layer: 'tls',
    failureType: 'config_error',
    words: /alert protocol version|unsupported protocol|version too low|legacy sigalg/i,
    text: '{host} and this connector share no TLS version. Have TLS 1.2 enabled on the server; until then the field "Oldest TLS version" can allow older ones.',
  },
  {
    id: 'TLS_HANDSHAKE_REFUSED',
    layer: 'tls',
    failureType: 'config_error',
    words: /handshake failure|no shared cipher|no cipher match/i,
    text: '{host} refused the TLS handshake: it demands a client certificate, or shares no cipher with this connector. Enter a client certificate under "Network", or ask the PI administrator for the ciphers of the server.',
  },
  {
    id: 'CLIENT_CERTIFICATE_REQUIRED',
    layer: 'tls',
    failureType: 'config_error',
    words: /alert certificate required|peer did not return a certificate/i,
    text: '{host} demands a client certificate. Enter one under "Network"; the PI administrator knows which authority must have signed it.',
  },
  {
    id: 'CLIENT_CERTIFICATE_REFUSED',
    layer: 'tls',
    failureType: 'config_error',
    words:
      /alert (?:unknown ca|bad certificate|unsupported certificate|certificate (?:revoked|expired|unknown)|access denied|decrypt error)/i,
    text: '{host} refused our client certificate: it is expired, revoked, or signed by an authority that the server does not accept. Ask the PI administrator for one that is accepted, and for its intermediate certificates.',
  },
];

/** Where the server's certificate is at fault. */
export const CERTIFICATES: readonly NetworkMeaning[] = [
  {
    id: 'CERTIFICATE_AUTHORITY_UNKNOWN',
    layer: 'certificate',
    failureType: 'config_error',
    codes: [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_UNTRUSTED',
    ],
    text: 'The certificate of {host} is signed by an authority that is not known here, or the server does not send an intermediate certificate. Paste the certificate (PEM) of {authority}, with those above it up to the root, into the field "CA certificate".',
  },
  {
    id: 'CERTIFICATE_ROOT_UNKNOWN',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['SELF_SIGNED_CERT_IN_CHAIN'],
    text: 'The certificate of {host} leads up to an authority that is not known here. Paste the certificate (PEM) of {authority} into the field "CA certificate".',
  },
  {
    id: 'CERTIFICATE_SELF_SIGNED',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['DEPTH_ZERO_SELF_SIGNED_CERT'],
    text: '{host} shows a self-signed certificate. If it is the right one, paste that certificate (PEM) into the field "CA certificate" to trust it.',
  },
  {
    id: 'CERTIFICATE_EXPIRED',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['CERT_HAS_EXPIRED'],
    text: 'The certificate of {host}, or one above it, has expired. The PI administrator must renew it; if it is still valid, check the clock of this machine.',
  },
  {
    id: 'CERTIFICATE_NOT_YET_VALID',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['CERT_NOT_YET_VALID'],
    text: 'The certificate of {host} is not valid yet. Check the clocks of this machine and of the PI server.',
  },
  {
    id: 'CERTIFICATE_OTHER_NAME',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_FORMAT'],
    text: 'The certificate is not made out to {name}. Use a name that stands in the certificate as host of the base URL, or enter it into the field "Name in the certificate".',
  },
  {
    id: 'CERTIFICATE_REVOKED',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['CERT_REVOKED'],
    text: 'The certificate of {host} was revoked by its authority. Do not go on: the PI administrator must find out why, and install a new one.',
  },
  {
    id: 'REVOCATION_LIST_MISSING',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['UNABLE_TO_GET_CRL'],
    text: 'The field "CA certificate" holds a list of revoked certificates, but not for every authority above {host}. Paste one (PEM, X509 CRL) for each of them, or none.',
  },
  {
    id: 'REVOCATION_LIST_OLD',
    layer: 'certificate',
    failureType: 'config_error',
    codes: ['CRL_HAS_EXPIRED', 'CRL_NOT_YET_VALID', 'CRL_SIGNATURE_FAILURE'],
    text: 'A list of revoked certificates in the field "CA certificate" is too old, not valid yet, or not by the authority above {host}. Paste the present one.',
  },
  {
    id: 'CERTIFICATE_UNFIT',
    layer: 'certificate',
    failureType: 'config_error',
    codes: [
      'INVALID_CA',
      'INVALID_PURPOSE',
      'CERT_REJECTED',
      'CERT_SIGNATURE_FAILURE',
      'CERT_CHAIN_TOO_LONG',
      'PATH_LENGTH_EXCEEDED',
    ],
    words: /key too small|md too weak|key too weak/i,
    text: 'The certificate of {host}, or one above it, is not fit for a server: a weak key or signature, or made out for another purpose. The PI administrator must have a new one issued.',
  },
];
