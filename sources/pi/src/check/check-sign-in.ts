import type {ConnectorError} from 'airbyte-cdk-ts';

import {judge} from '../client/answer';
import {failureOf} from '../client/failure';
import type {Http, HttpAnswer} from '../transport/http';
import {challengesIn, offers, offerText} from '../transport/sign-in/challenges';
import {checkFailure} from './check-failures';

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
  if (status === 404 || isPage(answer)) return checkFailure('ADDRESS_NOT_PI');
  return undefined;
}

/** The schemes of HTTP by which a method signs in; others say themselves what failed. */
const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  basic: ['basic'],
  bearer: ['bearer'],
  oidc: ['bearer'],
  kerberos: ['negotiate', 'kerberos'],
  ntlm: ['ntlm', 'negotiate'],
};

function refused(offer: string, authType: string): ConnectorError {
  const challenges = challengesIn(offer);
  const offered = offerText(challenges);
  const fitting = SCHEMES[authType] ?? [];
  const isOffered = fitting.some((scheme) => offers(challenges, scheme));
  if (authType === 'anonymous') return checkFailure('ANONYMOUS_REFUSED', {offered});
  if (challenges.length > 0 && !isOffered) {
    return checkFailure('SIGN_IN_NOT_OFFERED', {auth_type: authType, offered});
  }
  return checkFailure('SIGN_IN_REFUSED', {offered});
}

function redirected(location: string): ConnectorError {
  return checkFailure('ADDRESS_REDIRECTED', {location: location.split('?')[0] ?? ''});
}

function isPage({status, headers}: HttpAnswer): boolean {
  return status === 200 && headers['content-type']?.includes('text/html') === true;
}
