import {identifier, qualified} from './sql/quoting';
import type {Refusal} from './warehouse';

/** A right on something that Unity Catalog governs. */
export interface Grant {
  /** `CREATE TABLE`, or several as `USE SCHEMA, CREATE TABLE`. */
  readonly privilege: string;
  /** `CATALOG`, `SCHEMA`, `VOLUME`, `TABLE`. */
  readonly kind: string;
  /** The name's parts, the catalog first. */
  readonly name: readonly string[];
}

const DENIALS: ReadonlySet<string> = new Set([
  'INSUFFICIENT_PERMISSIONS',
  'PERMISSION_DENIED',
  'UNAUTHORIZED_ACCESS',
]);

/** Whether a right is missing. Messages are consulted where no error class is told. */
export function isDenied({errorClass, sqlState, message}: Refusal): boolean {
  return (
    sqlState === '42501' ||
    DENIALS.has(errorClass) ||
    /\bPERMISSION_DENIED\b|\bdoes not have [A-Z]/.test(message)
  );
}

/** `does not have USE SCHEMA on Schema 'main.pi'`, in the ways warehouses put it. */
const LACK =
  /does not have (?:the )?(?:privileges? |permissions? )?'?([A-Z][A-Z_]*(?:(?:,? and |,? or |, ?| )[A-Z_]+)*)'?(?: permission| privilege)? on ([A-Z]\w*(?: \w+)?) ['`"]?([^\s'`"*][^'"*\n]*?)['`"]?(?:\.?\s|\.?$)/;

/** What is missing, as far as the warehouse says it. */
export function toldLack({message}: Refusal): Grant | undefined {
  const [, privilege, kind, name] = LACK.exec(message) ?? [];
  if (privilege === undefined || kind === undefined || name === undefined) {
    return undefined;
  }
  return {
    privilege: privilege.replaceAll(/,? and |,? or |, ?/g, ', '),
    kind: kind.toUpperCase(),
    name: name.split('.').map((part) => part.replaceAll('`', '')),
  };
}

/** Stands in statements for a principal that is not known. */
export const UNKNOWN_PRINCIPAL = '`<principal>`';

/**
 * Who lacks what, and the statement that gives it.
 *
 * @param principal As the warehouse knows who loads; undefined while that is not known.
 */
export function lackOf(grant: Grant, principal?: string): string {
  const {privilege, kind, name} = grant;
  const [who, grantee] =
    principal === undefined
      ? ['The principal', UNKNOWN_PRINCIPAL]
      : [`The principal ${principal}`, identifier(principal)];
  return (
    `${who} lacks ${privilege} on ${kind.toLowerCase()} ${name.join('.')}. ` +
    `Its owner or a metastore admin can give it: ` +
    `GRANT ${privilege} ON ${kind} ${qualified(...name)} TO ${grantee}`
  );
}
