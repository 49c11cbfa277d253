import tls from 'node:tls';

/**
 * From now on clients of this process that trust the same authorities share what was read
 * of their certificates. Otherwise each connection reads the 150 of the system again,
 * which takes longer than anything else here.
 */
export function shareTrust(): void {
  const contexts = new Map<string, tls.SecureContext>();
  const create = tls.createSecureContext;
  tls.createSecureContext = (options = {}) => {
    const {ca, cert, pfx} = options;
    const own = Array.isArray(ca) ? ca.at(-1) : ca;
    if (own === undefined || cert !== undefined || pfx !== undefined) {
      return create(options);
    }
    const known = contexts.get(String(own)) ?? create(options);
    contexts.set(String(own), known);
    return known;
  };
}
