import {basicSignIn} from './basic';
import {bearerSignIn} from './bearer';

describe('basicSignIn', () => {
  it('sends user name and password as UTF-8', async () => {
    const signIn = basicSignIn({username: 'PLANT\\müller', password: 'pä:ss'});

    const [scheme, text] = (await signIn.sign()).split(' ');

    expect(scheme).toBe('Basic');
    expect(Buffer.from(text ?? '', 'base64').toString('utf8')).toBe(
      'PLANT\\müller:pä:ss',
    );
  });
});

describe('bearerSignIn', () => {
  it('sends the token and does not insist once it was refused', async () => {
    const signIn = bearerSignIn('abc.def');

    await expect(signIn.sign()).resolves.toBe('Bearer abc.def');
    await expect(
      signIn.refused({status: 401, headers: {}, body: Buffer.alloc(0)}),
    ).resolves.toBe('final');
  });
});
