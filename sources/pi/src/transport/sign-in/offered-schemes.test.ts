import {offeredSchemes} from './offered-schemes';

describe('offeredSchemes', () => {
  it.each([
    ['', []],
    ['NTLM', ['NTLM']],
    ['Negotiate, Basic realm="a, b"', ['Negotiate', 'Basic']],
    ['Bearer error="invalid_token", error_description="x y"', ['Bearer']],
    ['NTLM TlRMTVNTUAAC', ['NTLM']],
  ])('reads %s', (header, schemes) => {
    expect(offeredSchemes(header)).toEqual(schemes);
  });
});
