import fc from 'fast-check';

import {Redactor} from './redaction';

fc.configureGlobal({seed: 1});

describe('Redactor', () => {
  it('leaves a text alone that holds no secret', () => {
    expect(new Redactor(['hunter2']).redact('Nothing here.')).toBe('Nothing here.');
  });

  it('hides what it is told of later', () => {
    const redactor = new Redactor();
    redactor.conceal(['token-of-today']);

    expect(redactor.redact('Bearer token-of-today')).toBe('Bearer ****');
  });

  it('hides a secret of a URL, in either case of its codes', () => {
    const redactor = new Redactor(['p/ä s']);

    expect(redactor.redact('?p=p%2F%C3%A4%20s&q=p%2f%c3%a4+s')).toBe('?p=****&q=****');
  });

  it('hides a password inside a Basic header, whatever the user’s name', () => {
    const redactor = new Redactor(['correct horse']);

    for (const user of ['a', 'ab', 'abc', 'DOMAIN\\svc']) {
      const header = Buffer.from(`${user}:correct horse`).toString('base64');
      expect(redactor.redact(`Authorization: Basic ${header}`)).toMatch(/\*\*\*\*/);
    }
  });

  it('hides the lines of a key one by one, not their armour', () => {
    const redactor = new Redactor([
      '-----BEGIN KEY-----\nMIIEabc\nQRSTdef\n-----END KEY-----',
    ]);

    expect(redactor.redact('-----BEGIN KEY----- then QRSTdef')).toBe(
      '-----BEGIN KEY----- then ****',
    );
  });

  it('hides a short secret only where it stands alone', () => {
    const redactor = new Redactor(['pi']);

    expect(redactor.redact('password=pi of the pipe "pi"')).toBe(
      'password=**** of the pipe "****"',
    );
  });

  it('forgets a token once several others have taken its place', () => {
    const redactor = new Redactor(['password']);
    const tokens = Array.from({length: 9}, (_, at) => `token-number-${at}`);
    for (const token of tokens) redactor.concealPassing(token);

    expect(redactor.redact(`${tokens[0]} ${tokens[8]} password`)).toBe(
      'token-number-0 **** ****',
    );
  });

  it('takes an empty secret for none', () => {
    expect(new Redactor(['', ' ', '\n']).redact('a b')).toBe('a b');
  });

  it('leaves no form of any secret in any text', () => {
    fc.assert(
      fc.property(secrets(), fc.string(), fc.string(), (secret, before, after) => {
        const redactor = new Redactor([secret]);
        const forms = [
          secret,
          JSON.stringify(secret).slice(1, -1),
          JSON.stringify(JSON.stringify(secret)).slice(3, -3),
          encodeURIComponent(secret),
          encodeURI(secret),
          new URLSearchParams({s: secret}).toString().slice(2),
        ];
        for (const form of forms) {
          const said = redactor.redact(`${before} ${form} ${after}`);
          expect(said.slice(before.length)).not.toContain(` ${form} `);
        }
        const basic = Buffer.from(`${before}${secret}${after}`).toString('base64');
        expect(redactor.redact(basic)).not.toBe(basic);
      }),
    );
  });

  function secrets(): fc.Arbitrary<string> {
    const character = fc.constantFrom(...Array.from('abXY09+/=&?%"\\$.*()[]{} äé€😀'));
    return fc
      .array(character, {minLength: 8, maxLength: 40})
      .map((characters) => characters.join(''))
      .filter((secret) => secret.trim() === secret);
  }
});
