import {timingSafeEqual} from 'node:crypto';

import {type Caller} from './route';

/** A user and the password that goes with the name. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly isAdministrator: boolean;
}

/** Who may sign in, and how. */
export interface SignIn {
  readonly accounts: readonly Account[];
  /** Accepted as `Authorization: Bearer …`; undefined where bearer is not offered. */
  readonly bearerToken: string | undefined;
  /** Everyone is let in as the service's own account, whatever they show. */
  readonly anonymous: boolean;
}

/** What PI Web API itself runs as. */
const SERVICE: Caller = {
  name: 'NT SERVICE\\piwebapi',
  isAdministrator: false,
  scheme: 'Anonymous',
};

/** The caller of an `Authorization` header; undefined where it proves nobody. */
export function identify(
  header: string | undefined,
  signIn: SignIn,
): Caller | undefined {
  return signIn.anonymous ? SERVICE : known(header, signIn);
}

function known(header: string | undefined, signIn: SignIn): Caller | undefined {
  const [scheme = '', secret = ''] = (header ?? '').split(/\s+/);
  if (/^basic$/i.test(scheme)) return basic(secret, signIn.accounts);
  const {bearerToken} = signIn;
  if (
    /^bearer$/i.test(scheme) &&
    bearerToken !== undefined &&
    isSame(secret, bearerToken)
  ) {
    return {name: 'system', isAdministrator: false, scheme: 'Bearer'};
  }
  return undefined;
}

/** The schemes offered to a caller who is not known. */
export function challenges({bearerToken}: SignIn): readonly string[] {
  const basicChallenge = 'Basic realm="PI Web API"';
  return bearerToken === undefined ? [basicChallenge] : ['Bearer', basicChallenge];
}

function basic(encoded: string, accounts: readonly Account[]): Caller | undefined {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const username = text.slice(0, Math.max(colon, 0));
  const password = text.slice(colon + 1);
  const account = accounts.find(
    (candidate) =>
      candidate.username.toLowerCase() === username.toLowerCase() &&
      isSame(candidate.password, password),
  );
  return (
    account && {
      name: account.username,
      isAdministrator: account.isAdministrator,
      scheme: 'Basic',
    }
  );
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
