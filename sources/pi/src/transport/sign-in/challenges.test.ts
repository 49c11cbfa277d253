import {challengesIn, offers, offerText, tokenBehind} from './challenges';

describe('challengesIn', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['NTLM TlRMTVNTUAAC', [['NTLM', 'TlRMTVNTUAAC']]],
    ['Negotiate YII+/a==', [['Negotiate', 'YII+/a==']]],
    [
      'Negotiate, Basic realm="a, b"',
      [
        ['Negotiate', undefined],
        ['Basic', undefined],
      ],
    ],
    [
      'Basic realm="a, Negotiate \\"b", negotiate QUJD',
      [
        ['Basic', undefined],
        ['negotiate', 'QUJD'],
      ],
    ],
    ['Bearer error="invalid_token", scope="x y"', [['Bearer', undefined]]],
    [
      'Bearer error="x", scope="y", Negotiate, NTLM',
      [
        ['Bearer', undefined],
        ['Negotiate', undefined],
        ['NTLM', undefined],
      ],
    ],
  ])('reads %s', (header, expected) => {
    const found = challengesIn(header).map(({scheme, token}) => [scheme, token]);

    expect(found).toEqual(expected);
  });
});

describe('offerText', () => {
  it.each([
    [undefined, 'nothing'],
    ['NTLM TlRMTVNTUAAC', 'NTLM'],
    ['Negotiate, Basic realm="a, b"', 'Negotiate, Basic'],
  ])('names the schemes of %s', (header, text) => {
    expect(offerText(challengesIn(header))).toBe(text);
  });
});

describe('tokenBehind', () => {
  it('finds the token of a scheme however it is written, and of no other', () => {
    const challenges = challengesIn('NTLM TlRM, Negotiate, NEGOTIATE QUJD');

    expect(tokenBehind(challenges, 'Negotiate')).toBe('QUJD');
    expect(tokenBehind(challenges, 'ntlm')).toBe('TlRM');
    expect(tokenBehind(challenges, 'Basic')).toBeUndefined();
  });
});

describe('offers', () => {
  it('knows a scheme without a token', () => {
    const challenges = challengesIn('Basic realm="pi", Negotiate');

    expect(offers(challenges, 'negotiate')).toBe(true);
    expect(offers(challenges, 'NTLM')).toBe(false);
  });
});
