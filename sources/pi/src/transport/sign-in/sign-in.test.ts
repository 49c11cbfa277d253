import type {HttpAnswer} from '../http';
import {anonymousSignIn} from './anonymous';
import {basicSignIn} from './basic';
import {bearerSignIn} from './bearer';
import type {SignIn} from './sign-in';

const REFUSAL: HttpAnswer = {status: 401, headers: {}, body: Buffer.alloc(0)};

describe('basicSignIn', () => {
  it('sends user name and password as UTF-8', async () => {
    const [sent] = await refusedBy(
      basicSignIn({username: 'PLANT\\müller', password: 'pä:ss'}),
    );

    const [scheme, text] = (sent ?? '').split(' ');
    expect(scheme).toBe('Basic');
    expect(Buffer.from(text ?? '', 'base64').toString('utf8')).toBe(
      'PLANT\\müller:pä:ss',
    );
  });
});

describe('bearerSignIn', () => {
  it('sends the token and does not insist once it was refused', async () => {
    expect(await refusedBy(bearerSignIn('abc.def'))).toEqual(['Bearer abc.def']);
  });
});

describe('anonymousSignIn', () => {
  it('sends no proof', async () => {
    expect(await refusedBy(anonymousSignIn())).toEqual([undefined]);
  });
});

/** What a method sends to a server that refuses everything. */
async function refusedBy(signIn: SignIn): Promise<(string | undefined)[]> {
  const sent: (string | undefined)[] = [];
  const answer = await signIn.exchange((authorization) => {
    sent.push(authorization);
    return Promise.resolve(REFUSAL);
  });
  expect(answer).toBe(REFUSAL);
  return sent;
}
