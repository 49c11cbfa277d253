import type {ConnectorError} from 'airbyte-cdk-ts';

import {failureOfRow} from '../failure-table';
import {
  KERBEROS_FAILURES,
  type KerberosFailure,
  type KerberosFailureId,
  type Witness,
} from './kerberos-failures';

/** Names that a text speaks of. Never a secret. */
export type FailureFacts = Readonly<Record<string, string>>;

/** The failure of this name, with the facts put into its text. */
export function kerberosFailure(
  id: KerberosFailureId,
  facts: FailureFacts = {},
): ConnectorError {
  return failureOfRow(rowOf(id), facts);
}

/** What MIT's words mean, said by a KDC or handed on from the server's token. */
export function failureIn(
  words: string,
  noticedBy: 'kdc' | 'server',
): KerberosFailureId {
  const rows: readonly (KerberosFailure & {readonly id: KerberosFailureId})[] =
    KERBEROS_FAILURES;
  const row = rows.find((each) => isMeant(each, words, noticedBy));
  return row?.id ?? UNFORESEEN[noticedBy];
}

/**
 * The library's words fit for a message: without the phrases that it puts before
 * everything, and left out wholly where a secret is in them.
 */
export function wordsFit(words: string, secrets: readonly string[]): string {
  const plain = words.replace(PREFIXES, '').replaceAll(/\s+/g, ' ').trim();
  const short = plain.slice(0, LONGEST_WORDS);
  const isTelling = secrets.some((secret) => secret !== '' && words.includes(secret));
  return isTelling || short === '' ? 'nothing that may be shown.' : short;
}

const LONGEST_WORDS = 300;
const PREFIXES =
  /^(No credentials were supplied, or the credentials were unavailable or inaccessible|Unspecified GSS failure\. {1,2}Minor code may provide more information)\s*:\s*/;

const UNFORESEEN = {
  kdc: 'KERBEROS_KDC_UNFORESEEN',
  server: 'KERBEROS_SERVER_UNFORESEEN',
} as const;

function isMeant(row: KerberosFailure, words: string, noticedBy: Witness): boolean {
  return row.noticedBy === noticedBy && row.matches?.test(words) === true;
}

function rowOf(id: KerberosFailureId): KerberosFailure {
  const row: KerberosFailure | undefined = ROWS.get(id);
  return row ?? KERBEROS_FAILURES[0];
}

const ROWS: ReadonlyMap<string, KerberosFailure> = new Map(
  KERBEROS_FAILURES.map((row) => [row.id, row]),
);
