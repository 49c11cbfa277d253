import type {FailureRow} from '../failure-table';

/**
 * Who noticed: ourselves, before anybody was asked; the centre that gives tickets out;
 * or PI Web API, when it refused one.
 */
export type Witness = 'connector' | 'kdc' | 'server';

/** One way in which signing in by Kerberos fails. */
export interface KerberosFailure extends FailureRow {
  readonly noticedBy: Witness;
  /** MIT's words for it; left out where we notice it otherwise. */
  readonly matches?: RegExp;
}

/** What can go wrong, in the order in which it is met. */
export const KERBEROS_FAILURES = [
  {
    id: 'KERBEROS_MODULE_MISSING',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'The module "kerberos" is not installed here. Use the image of the connector, or install a C++ compiler, make, Python and the headers of GSSAPI (Debian: libkrb5-dev) and run npm install again.',
  },
  {
    id: 'KERBEROS_LIBRARY_MISSING',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'The library {library}, which signs in by Kerberos, is not installed here. Use the image of the connector, or install it (Debian: libgssapi-krb5-2, Red Hat: krb5-libs).',
  },
  {
    id: 'KERBEROS_NO_PRIVATE_FOLDER',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'There is no place for the settings of Kerberos: neither the temporary folder nor /dev/shm can be written to, or /proc is not there. Mount some memory (tmpfs) at /tmp of the container.',
  },
  {
    id: 'KERBEROS_KEYTAB_UNREADABLE',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'The keytab {path} cannot be read ({code}). Check that it is mounted into the container of the connector and that the user of the connector may read it.',
  },
  {
    id: 'KERBEROS_KEYTAB_BROKEN',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'What was given as keytab is none, or it is broken off. Make it anew (ktpass or ktutil) and give the whole file, as base64 text (base64 -w0) or by its path.',
  },
  {
    id: 'KERBEROS_KEYTAB_EMPTY',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'The keytab holds no key. Make it anew (ktpass or ktutil) for {principal}.',
  },
  {
    id: 'KERBEROS_NOT_IN_KEYTAB',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'The keytab holds no key of {principal}. It holds: {held}. Write the principal as it stands there, capitals and all, or make a keytab for this account.',
  },
  {
    id: 'KERBEROS_NO_TICKET',
    noticedBy: 'kdc',
    matches: /cannot find mechanisms to negotiate|can't find client principal/i,
    failureType: 'config_error',
    text: 'The library found nothing to ask for a ticket of {principal} with. Check that the keytab is still there and was not exchanged for one of another account.',
  },
  {
    id: 'KERBEROS_NO_KDC',
    noticedBy: 'kdc',
    matches: /cannot find KDC for|cannot resolve network address for KDC/i,
    failureType: 'config_error',
    text: 'No key distribution centre of the realm {realm} is known: none is given, and DNS names none. Check the realm in the principal, and name the domain controllers under "Key distribution centres".',
  },
  {
    id: 'KERBEROS_KDC_UNKNOWN',
    noticedBy: 'kdc',
    failureType: 'config_error',
    text: 'The name of the key distribution centre {kdc} is not known to the name servers here. Check its spelling, give an IP address, or ask the network team whether this machine can resolve names of the domain.',
  },
  {
    id: 'KERBEROS_KDC_REFUSES',
    noticedBy: 'kdc',
    failureType: 'transient_error',
    text: 'The key distribution centre {kdc} refused the connection: nothing listens there, or a firewall rejects it. Check host and port (88 by TCP) with the administrators of the domain.',
  },
  {
    id: 'KERBEROS_KDC_UNREACHABLE',
    noticedBy: 'kdc',
    failureType: 'transient_error',
    text: 'The key distribution centre {kdc} cannot be reached: the name servers did not answer, or no connection came about in time. A firewall may drop the packets: ask the network team for the way from this machine to port 88 by TCP.',
  },
  {
    id: 'KERBEROS_KDC_SILENT',
    noticedBy: 'kdc',
    matches: /cannot contact any KDC/i,
    failureType: 'transient_error',
    text: 'The key distribution centre {kdc} accepts connections and does not answer. Check with the administrators of the domain that its service runs, and with the network team that nothing in between swallows the answers.',
  },
  {
    id: 'KERBEROS_UNKNOWN_PRINCIPAL',
    noticedBy: 'kdc',
    matches: /client (.* )?not found in kerberos database/i,
    failureType: 'config_error',
    text: 'The domain knows no account {principal}. Write the account exactly as in Active Directory (its logon name, without the domain in front), and the realm of the domain it belongs to.',
  },
  {
    id: 'KERBEROS_WRONG_PASSWORD',
    noticedBy: 'kdc',
    failureType: 'config_error',
    text: 'The password of {principal} is wrong. Correct it before the next try: each one counts towards locking the account.',
  },
  {
    id: 'KERBEROS_OTHER_SALT',
    noticedBy: 'kdc',
    failureType: 'config_error',
    text: 'The password of {principal} is right, but its key could not be made of it, because the domain writes the name in another way. Write the account exactly as in Active Directory, with its capitals, or use a keytab.',
  },
  {
    id: 'KERBEROS_STALE_KEYTAB',
    noticedBy: 'kdc',
    matches: /preauthentication failed/i,
    failureType: 'config_error',
    text: 'The key in the keytab is not that of {principal} any more: its password was changed after the keytab had been made. Ask the administrators of the domain for a new keytab.',
  },
  {
    id: 'KERBEROS_ACCOUNT_LOCKED',
    noticedBy: 'kdc',
    matches: /client's credentials have been revoked/i,
    failureType: 'config_error',
    text: 'The account {principal} is locked or disabled. Ask the administrators of the domain to unlock it.',
  },
  {
    id: 'KERBEROS_PASSWORD_EXPIRED',
    noticedBy: 'kdc',
    matches: /password has expired|(password|key) (must be|is) (changed|expired)/i,
    failureType: 'config_error',
    text: 'The password of {principal} has expired. Ask the administrators of the domain for a new one, and for an account of a service whose password does not expire.',
  },
  {
    id: 'KERBEROS_ACCOUNT_EXPIRED',
    noticedBy: 'kdc',
    matches: /client's entry in database has expired|client not yet valid/i,
    failureType: 'config_error',
    text: 'The account {principal} has expired, or is not valid yet. Ask the administrators of the domain to prolong it.',
  },
  {
    id: 'KERBEROS_NOT_ALLOWED',
    noticedBy: 'kdc',
    matches: /KDC policy rejects request/i,
    failureType: 'config_error',
    text: 'The domain does not let {principal} sign in from here or at this time. Ask the administrators of the domain for its logon hours and workstations.',
  },
  {
    id: 'KERBEROS_ENCRYPTION',
    noticedBy: 'kdc',
    matches:
      /no support for encryption type|encryption type .* not (permitted|supported)|no key table entry found/i,
    failureType: 'config_error',
    text: 'The domain and the key of {principal} have no encryption in common. Ask the administrators of the domain to allow AES-256 for this account (and to set its password anew once), or for a keytab with AES keys.',
  },
  {
    id: 'KERBEROS_UNKNOWN_SERVICE',
    noticedBy: 'kdc',
    matches: /server (.* )?not found in kerberos database/i,
    failureType: 'config_error',
    text: 'The domain knows no service {service}. Where the base URL has an alias or an address, give the name that PI Web API is registered under as "Service principal"; else ask the administrators of the domain to register it (setspn -S HTTP/host account).',
  },
  {
    id: 'KERBEROS_SERVICE_LOCKED',
    noticedBy: 'kdc',
    matches:
      /credentials for server have been revoked|server('s entry in database has expired| not yet valid)/i,
    failureType: 'config_error',
    text: 'The account that {service} is registered for is locked, disabled or expired. Ask the administrators of the domain to let the service of PI Web API run as a valid account.',
  },
  {
    id: 'KERBEROS_OTHER_REALM',
    noticedBy: 'kdc',
    matches: /realm not local to KDC|cannot find ticket for requested realm/i,
    failureType: 'config_error',
    text: 'The domain {realm} is not that of the account or of the service. Give the realm of the domain that {principal} belongs to, and domain controllers of that domain.',
  },
  {
    id: 'KERBEROS_CLOCK_HERE',
    noticedBy: 'kdc',
    matches: /clock skew too great/i,
    failureType: 'config_error',
    text: 'The clock of this machine and that of the domain differ by more than five minutes. Set the clock of this machine by a time server.',
  },
  {
    id: 'KERBEROS_TICKET_ENDED',
    noticedBy: 'kdc',
    matches: /ticket expired|context has expired/i,
    failureType: 'transient_error',
    text: 'The ticket of {principal} ended and no new one could be had. Check that the domain still gives this account tickets.',
  },
  {
    id: 'KERBEROS_KDC_UNFORESEEN',
    noticedBy: 'kdc',
    matches: /(?:)/,
    failureType: 'config_error',
    text: 'No ticket could be had for {principal}. The library says: {words}',
  },
  {
    id: 'KERBEROS_NOT_OFFERED',
    noticedBy: 'server',
    failureType: 'config_error',
    text: 'PI Web API does not offer to sign in by Kerberos (Negotiate); it offers {offered}. Ask the PI administrator to add Kerberos to its authentication methods, or choose another sign-in.',
  },
  {
    id: 'KERBEROS_FOREIGN_KEY',
    noticedBy: 'server',
    matches:
      /ticket isn't for us|wrong principal in request|decrypt integrity check|service key not available|key version is not available/i,
    failureType: 'config_error',
    text: 'PI Web API cannot read tickets for {service}: the name is registered for another account than the one its service runs as, or that account has a new password. Ask the administrators of the domain to register it there (setspn -Q and setspn -S), or give another service principal.',
  },
  {
    id: 'KERBEROS_CLOCK_SERVER',
    noticedBy: 'server',
    matches: /clock skew too great/i,
    failureType: 'config_error',
    text: 'The clock of the PI Web API server is wrong by more than five minutes, compared with that of the domain. Ask the PI administrator to set it.',
  },
  {
    id: 'KERBEROS_CLOCK_DOMAIN',
    noticedBy: 'server',
    matches: /ticket not yet valid/i,
    failureType: 'config_error',
    text: 'The clock of the domain controller is ahead of that of the PI Web API server: the ticket is not valid there yet. Ask the administrators of the domain to set the clocks.',
  },
  {
    id: 'KERBEROS_TICKET_TOO_OLD',
    noticedBy: 'server',
    matches: /ticket expired/i,
    failureType: 'config_error',
    text: 'PI Web API took the ticket for one that has ended: its clock is ahead of that of the domain. Ask the PI administrator to set the clock of the server.',
  },
  {
    id: 'KERBEROS_REPLAYED',
    noticedBy: 'server',
    matches: /request is a replay/i,
    failureType: 'transient_error',
    text: 'PI Web API took each of two new proofs for one that it had seen already. Where several servers answer to one name, ask the PI administrator whether they share their memory of proofs.',
  },
  {
    id: 'KERBEROS_UNWELCOME',
    noticedBy: 'server',
    failureType: 'config_error',
    text: 'The server knows us as {principal}, and still PI Web API refuses this account. Ask the PI administrator which accounts may use PI Web API, and which authentication methods it has besides Kerberos.',
  },
  {
    id: 'KERBEROS_REFUSED',
    noticedBy: 'server',
    failureType: 'config_error',
    text: 'PI Web API refused the ticket of {principal} for {service} and did not say why. Mostly the service name is registered for another account than the one the service runs as (setspn -Q), Extended Protection is demanded, or the account may not sign in to that server over the network.',
  },
  {
    id: 'KERBEROS_SERVER_UNFORESEEN',
    noticedBy: 'server',
    matches: /(?:)/,
    failureType: 'config_error',
    text: 'PI Web API refused the ticket of {principal} for {service}. It says: {words}',
  },
  {
    id: 'KERBEROS_NO_PROOF',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'The server let us in but did not prove who it is: its answer carries no token. Check that the base URL leads to PI Web API itself, and that a proxy or gateway in between leaves the header WWW-Authenticate alone.',
  },
  {
    id: 'KERBEROS_WRONG_PROOF',
    noticedBy: 'connector',
    failureType: 'config_error',
    text: 'The server did not prove who it is: its token is not that of {service}. Check that the base URL leads to PI Web API itself, and nothing stands in its place.',
  },
] as const satisfies readonly KerberosFailure[];

export type KerberosFailureId = (typeof KERBEROS_FAILURES)[number]['id'];
