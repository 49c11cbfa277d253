/** Who asks for tickets. */
export interface Principal {
  /** Parts of the name: one for an account, two for `HTTP/host`. */
  readonly parts: readonly string[];
  /** In capitals, as every Windows domain writes it. */
  readonly realm: string;
  /** `account@REALM`. */
  readonly name: string;
}

/** `svc_airbyte@plant.example`: the account as it is written, the realm in capitals. */
export function principalOf(text: string): Principal {
  const at = text.lastIndexOf('@');
  const account = text.slice(0, at);
  const realm = text.slice(at + 1).toUpperCase();
  return {parts: account.split('/'), realm, name: `${account}@${realm}`};
}

/** The service that tickets are for, as GSSAPI names it: `HTTP@pi.example.com`. */
export function serviceOf(host: string, named: string | undefined): string {
  if (named !== undefined) return named.replace('/', '@');
  return `HTTP@${host.replace(/^\[(.*)\]$/, '$1')}`;
}
