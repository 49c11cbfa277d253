import {challengeIn} from './challenge';

describe('challengeIn', () => {
  it.each([
    [undefined, [], undefined],
    ['Negotiate', ['Negotiate'], undefined],
    ['Negotiate YII+/a==', ['Negotiate'], 'YII+/a=='],
    ['Basic realm="a, Negotiate b", negotiate QUJD', ['Basic', 'negotiate'], 'QUJD'],
    [
      'Bearer error="x", scope="y", Negotiate, NTLM',
      ['Bearer', 'Negotiate', 'NTLM'],
      undefined,
    ],
    ['Negotiate, Negotiate QUJD', ['Negotiate', 'Negotiate'], 'QUJD'],
  ])('reads %s', (...[header, offered, token]) => {
    expect(challengeIn(header)).toEqual({
      offered,
      offersNegotiate: offered.some((each) => /negotiate/i.test(each)),
      token,
    });
  });
});
