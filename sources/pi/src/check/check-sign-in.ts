import {ConfigError, type ConnectorError} from 'airbyte-cdk-ts';

import {judge} from '../client/answer';
import {failureOf} from '../client/failure';
import type {Http, HttpAnswer} from '../transport/http';

const PATH = 'system/userinfo';

/** The name under which PI Web API knows us; every account may ask for it. */
export async function checkSignIn(http: Http, authType: string): Promise<string> {
  const answer = await http.send({method: 'GET', path: PATH});
  if (answer.status === 204) return 'an account without identity';
  const judged = judge(answer);
  if (!judged.ok)
    throw explain(answer, authType) ?? failureOf(judged.refusal, {}).error;
  const {value} = judged;
  const isNamed = typeof value === 'object' && value !== null && 'Name' in value;
  return isNamed && typeof value.Name === 'string' ? value.Name : 'an unnamed account';
}

/** What the status says at this place, where the user knows more than the table. */
function explain(answer: HttpAnswer, authType: string): ConnectorError | undefined {
  const {status, headers} = answer;
  if (status === 401) return refused(headers['www-authenticate'] ?? '', authType);
  if (status >= 300 && status < 400) return redirected(headers['location'] ?? '');
  if (status === 404 || isPage(answer)) return notPi();
  return undefined;
}

/** The schemes of HTTP by which a method signs in. */
const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  basic: ['basic'],
  bearer: ['bearer'],
  oidc: ['bearer'],
  kerberos: ['negotiate', 'kerberos'],
  ntlm: ['ntlm', 'negotiate'],
  anonymous: [],
};

function refused(offer: string, authType: string): ConfigError {
  const offered = schemesIn(offer);
  const names = offered.join(', ') || 'nothing';
  const details = {offered: names};
  const fitting = SCHEMES[authType] ?? [];
  const isOffered = offered.some((scheme) => fitting.includes(scheme.toLowerCase()));
  if (offered.length > 0 && !isOffered) {
    return new ConfigError(
      `PI Web API does not accept this way to sign in (${authType}); it offers: ${names}. Ask the PI administrator to allow it in the authentication methods of PI Web API, or choose another sign-in.`,
      {details},
    );
  }
  return new ConfigError(REFUSED[authType] ?? REFUSED_PASSWORD, {details});
}

const REFUSED_PASSWORD =
  'PI Web API refused the sign-in. Check user name (DOMAIN\\user) and password, or the token, and that the account is neither locked nor expired.';
/** Where another cause than the password is likely. */
const REFUSED: Readonly<Record<string, string>> = {
  oidc: 'PI Web API refused the token that the OpenID provider issued. Ask the PI administrator whether this client is mapped to a PI identity, and whether scope and audience are those of PI Web API.',
  kerberos:
    'PI Web API refused the Kerberos ticket without saying why. Ask the PI administrator whether the account may use PI Web API, and whether its service principal (SPN) belongs to the account that PI Web API runs under.',
  anonymous:
    'PI Web API does not let everyone in. Choose another sign-in, or ask the PI administrator to allow Anonymous.',
};

/** `Negotiate, Basic realm="pi"` offers Negotiate and Basic. */
function schemesIn(offer: string): string[] {
  const parts = offer.replaceAll(/"[^"]*"/g, '""').split(',');
  return parts.flatMap((part) => /^\s*([A-Za-z][\w-]*)(?:\s|$)/.exec(part)?.[1] ?? []);
}

function redirected(location: string): ConfigError {
  return new ConfigError(
    'The server sends us on to another address, which is not followed because the password would travel along. Use that address as base URL if it is the right one.',
    {details: {location: location.split('?')[0] ?? ''}},
  );
}

function notPi(): ConfigError {
  return new ConfigError(
    'There is a web server at the base URL, but no PI Web API. The address normally ends in /piwebapi.',
  );
}

function isPage({status, headers}: HttpAnswer): boolean {
  return status === 200 && headers['content-type']?.includes('text/html') === true;
}
