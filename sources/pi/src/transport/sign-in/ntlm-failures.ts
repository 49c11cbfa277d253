import type {ConnectorError} from 'airbyte-cdk-ts';

import {
  config,
  failureOfRow,
  failureRows,
  transient,
  type FailureRow,
} from './failure-table';

const TEXTS = {
  NTLM_NOT_OFFERED: config(
    'PI Web API does not offer NTLM. It offers: {offered}. Choose one of these as sign-in (Negotiate is Kerberos), or ask the PI administrator to allow NTLM.',
  ),
  NTLM_NO_CHALLENGE: config(
    'PI Web API offers NTLM, but answered its first message without a challenge. A proxy or load balancer in between may hold the messages back: NTLM needs one connection from end to end. Reach PI Web API without it, or choose another sign-in.',
  ),
  NTLM_CHALLENGE_UNREADABLE: config(
    'What PI Web API, or something in front of it, sent as NTLM challenge is none. Ask the PI administrator what answers NTLM at this address.',
  ),
  NTLM_TOO_OLD: config(
    'PI Web API demands an older NTLM than version 2, from which the password could be found out; it is not sent. Ask the PI administrator for NTLMv2, or choose another sign-in.',
  ),
  NTLM_REFUSED: config(
    'PI Web API refused the NTLM sign-in. Check user name (DOMAIN\\user) and password, and that the account is neither locked nor expired. It is not tried again, so that the account does not get locked. If all of it is right, the server may demand Extended Protection or forbid NTLM to this account: choose Kerberos then.',
  ),
  NTLM_CONNECTION_CLOSED: transient(
    'The connection was closed in the middle of the NTLM sign-in, which is bound to one connection. If this stays so, a proxy or load balancer in between closes or shares connections: reach PI Web API without it, or choose another sign-in.',
  ),
  NTLM_ACCOUNT_NAME: config(
    'NTLM cannot send this account name safely: {because}. Give the account as user@domain.example, or choose another sign-in.',
  ),
} as const;

/** Every way in which signing in by NTLM fails, for the user documentation. */
export const NTLM_FAILURES: readonly FailureRow[] = failureRows(TEXTS);

export type NtlmFailureId = keyof typeof TEXTS;

export function ntlmFailure(
  id: NtlmFailureId,
  facts: Readonly<Record<string, string>> = {},
): ConnectorError {
  return failureOfRow({id, ...TEXTS[id]}, facts);
}
