export interface RealmSettings {
  readonly realm: string;
  /** `host` or `host:port`; empty: looked up in DNS. */
  readonly kdcs: readonly string[];
}

/** A realm that nobody gives tickets for, so that those at hand are used. */
export function krb5ConfAlone(realm: string): string {
  return krb5Conf({realm, kdcs: []}).replace(LOOKUP, 'dns_lookup_kdc = false');
}

const LOOKUP = 'dns_lookup_kdc = true';

/**
 * What `/etc/krb5.conf` would have to say. Names are taken as they are written, never
 * turned round through DNS, and tickets come by TCP: those of a domain rarely fit into a
 * datagram.
 */
export function krb5Conf({realm, kdcs}: RealmSettings): string {
  const lines = [
    '[libdefaults]',
    `  default_realm = ${realm}`,
    `  dns_lookup_kdc = ${String(kdcs.length === 0)}`,
    '  dns_lookup_realm = false',
    '  dns_canonicalize_hostname = false',
    '  rdns = false',
    '  udp_preference_limit = 1',
    '[realms]',
    `  ${realm} = {`,
    ...kdcs.map((kdc) => `    kdc = ${kdc}`),
    '  }',
  ];
  return `${lines.join('\n')}\n`;
}
