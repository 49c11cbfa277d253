import {ConfigError, SystemError, type ConnectorError} from 'airbyte-cdk-ts';

import {lackOf, toldLack} from '../grants';
import type {Refusal} from '../warehouse';

interface Rule {
  /** Looked for in the class and the message. */
  readonly words: RegExp;
  readonly failure: (refusal: Refusal, found: RegExpExecArray) => ConnectorError;
}

const config = (message: string, refusal: Refusal): ConnectorError =>
  new ConfigError(message, {details: factsOf(refusal)});

/** What the connector can explain; the first rule that fits does. */
const RULES: readonly Rule[] = [
  {
    words:
      /INSUFFICIENT_PERMISSIONS|INSUFFICIENT_PRIVILEGES|PERMISSION_DENIED|ACCESS_DENIED/,
    failure: (refusal) => config(lacking(refusal), refusal),
  },
  {
    words:
      /(NO_SUCH_CATALOG|CATALOG_(DOES_NOT_EXIST|NOT_FOUND)|NO_SUCH_CATALOG_EXCEPTION)/,
    failure: (refusal) =>
      config(
        `The catalog${named(refusal.message)} does not exist, or the principal may not see it. Check the setting "Catalog" and the grant USE CATALOG.`,
        refusal,
      ),
  },
  {
    words: /(SCHEMA_(DOES_NOT_EXIST|NOT_FOUND)|NO_SUCH_SCHEMA|NO_SUCH_DATABASE)/,
    failure: (refusal) =>
      config(
        `The schema${named(refusal.message)} does not exist, or the principal may not see it. Check the setting "Default schema" and the grant USE SCHEMA.`,
        refusal,
      ),
  },
  {
    words: /QUOTA|LIMIT_EXCEEDED|RESOURCE_LIMIT/,
    failure: (refusal) =>
      config(
        `The workspace or metastore has reached a limit: ${quotable(refusal.message)} An admin can raise it or remove what is not needed.`,
        refusal,
      ),
  },
];

/**
 * Who must act on a refused statement, and how. The warehouse's words are repeated only
 * without what stands in quotes, for that may be a value of a row.
 *
 * @param kind What the statement was: `COPY INTO`.
 */
export function refusalFailure(refusal: Refusal, kind: string): ConnectorError {
  const text = `${refusal.errorClass} ${refusal.message}`;
  for (const {words, failure} of RULES) {
    const found = words.exec(text);
    if (found !== null) return failure(refusal, found);
  }
  if (refusal.sqlState === '42501') {
    return config(lacking(refusal), refusal);
  }
  return new SystemError(
    `The warehouse refused a statement (${kind}): ${quotable(refusal.message)}`,
    {details: {statement: kind, ...factsOf(refusal)}},
  );
}

/** Which privilege on which object is missing, or what the warehouse says instead. */
function lacking(refusal: Refusal): string {
  const lack = toldLack(refusal);
  if (lack !== undefined) return `${lackOf(lack)}.`;
  return `The principal lacks a permission: ${quotable(refusal.message, 'names')}`;
}

function named(message: string): string {
  const name = /['`"]([\w.`-]+)['`"]/.exec(message)?.[1];
  return name === undefined ? '' : ` ${name.replaceAll('`', '')}`;
}

const LONGEST_QUOTE = 300;

/** The first line of a message; what it quotes is left out unless it is names. */
function quotable(message: string, quotes: 'values' | 'names' = 'values'): string {
  const line = message.trim().split(/\r?\n/, 1)[0] ?? '';
  const bare =
    quotes === 'names'
      ? line
      : line.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '…');
  return bare.length > LONGEST_QUOTE ? `${bare.slice(0, LONGEST_QUOTE)}…` : bare;
}

function factsOf({errorClass, sqlState}: Refusal): Record<string, string> {
  return {
    ...(errorClass === '' ? {} : {error_class: errorClass}),
    ...(sqlState === '' ? {} : {sql_state: sqlState}),
  };
}
