import * as fc from 'fast-check';

import {clientProof, formEncoded} from './oidc-client-proof';

describe('clientProof', () => {
  it('divides its halves by the only colon, whatever stands in them', () => {
    const anyText = fc.string({unit: 'grapheme', minLength: 1});
    fc.assert(
      fc.property(anyText, anyText, (id, secret) => {
        const proof = clientProof({client_id: id, client_secret: secret});

        const halves = Buffer.from(proof, 'base64').toString('ascii').split(':');
        expect(halves.map(formDecoded)).toEqual([id, secret]);
      }),
    );
  });

  it('encodes what an unencoded secret would break', () => {
    const proof = clientProof({client_id: 'source-pi', client_secret: 's3cret/+ &=%:'});

    expect(Buffer.from(proof, 'base64').toString('ascii')).toBe(
      'source-pi:s3cret%2F%2B+%26%3D%25%3A',
    );
  });
});

describe('formEncoded', () => {
  it('gives ASCII without what divides a form, for every text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        expect(formEncoded(text)).toMatch(/^[A-Za-z0-9*._+%-]*$/);
      }),
    );
  });
});

/** As RFC 6749 appendix B reads it. */
function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
