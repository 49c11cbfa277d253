import fc from 'fast-check';

import {describeShown, type ShownCertificate} from './certificate-shown';

describe('describeShown', () => {
  it('tells subject, issuer, validity and fingerprint of what was shown', () => {
    const shown = describeShown([LEAF]);

    expect(shown?.text).toBe(
      'Shown was: subject "CN=pi.test, O=Plant", issuer "CN=Plant Issuing", valid from 2026-01-02T03:04:05.000Z to 2027-01-02T03:04:05.000Z, SHA-256 AA:BB, made out to DNS:pi.test; sent along: nothing else.',
    );
    expect(shown?.authority).toBe('the authority "CN=Plant Issuing"');
  });

  it('names the authority above all that was sent', () => {
    const issuing = {
      ...LEAF,
      subject: name('Plant Issuing'),
      issuer: name('Plant Root'),
      fingerprint256: 'CC:DD',
    };
    const shown = describeShown([LEAF, issuing]);

    expect(shown?.text).toContain('sent along: "CN=Plant Issuing" (SHA-256 CC:DD).');
    expect(shown?.authority).toBe('the authority "CN=Plant Root"');
  });

  it('knows nothing where nothing was shown', () => {
    expect(describeShown([])).toBeUndefined();
  });

  it('keeps a server from writing more than a line of bounded length', () => {
    const text = fc.string({unit: 'binary', maxLength: 2000});
    fc.assert(
      fc.property(text, text, text, (subject, issuer, names) => {
        const shown = describeShown(
          [...[{...LEAF, subject: name(subject), issuer: name(issuer)}]].map(
            (leaf) => ({...leaf, subjectaltname: names, valid_to: subject}),
          ),
        );

        expect(shown?.text).not.toMatch(/[\p{Cc}]/u);
        expect(shown?.text.length).toBeLessThan(1000);
        expect(shown?.authority).not.toMatch(/[\p{Cc}]/u);
      }),
      {seed: 1},
    );
  });
});

function name(CN: string): ShownCertificate['subject'] {
  return {CN};
}

const LEAF: ShownCertificate = {
  subject: {...name('pi.test'), O: 'Plant'},
  issuer: name('Plant Issuing'),
  valid_from: 'Jan  2 03:04:05 2026 GMT',
  valid_to: 'Jan  2 03:04:05 2027 GMT',
  fingerprint256: 'AA:BB',
  subjectaltname: 'DNS:pi.test',
};
