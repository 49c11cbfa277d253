import * as fc from 'fast-check';

import {challengeOf, md4, NEW_FLAGS, verified} from './ntlm-acceptor.stand-in';
import {ntlmMessages} from './ntlm-messages';

describe('md4', () => {
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('is that of RFC 1320 for "%s"', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });
});

describe('ntlmMessages', () => {
  it('prove any password by NTLMv2', async () => {
    const anyPassword = fc.string({unit: 'grapheme', minLength: 1, maxLength: 40});
    await fc.assert(
      fc.asyncProperty(anyPassword, async (password) => {
        const account = {username: 'PLANT\\svc_airbyte', password};

        const proof = await proofOf(account, challengeOf(NEW_FLAGS));

        expect(verified(proof, password).isRight).toBe(true);
        expect(verified(proof, `${password}x`).isRight).toBe(false);
      }),
      {numRuns: 50},
    );
  });

  it('hold neither the password nor a hash of LM', async () => {
    const account = {username: 'PLANT\\svc', password: 'geheim'};

    const proof = await proofOf(account, challengeOf(NEW_FLAGS));

    expect(proof.includes(Buffer.from('geheim', 'utf16le'))).toBe(false);
    expect(proof.includes(Buffer.from('geheim', 'latin1'))).toBe(false);
    expect(proof.readUInt16LE(20)).toBeGreaterThan(24);
  });

  it.each([
    ['PLANT\\svc', 'PLANT\\svc'],
    ['plant\\svc', 'PLANT\\svc'],
    ['svc@plant.example', '\\svc@plant.example'],
    ['svc', '\\svc'],
    ['PLANT\\müller', 'PLANT\\müller'],
  ])('name %s as %s', async (username, sent) => {
    const account = {username, password: 'geheim'};

    const proof = await proofOf(account, challengeOf(NEW_FLAGS));

    expect(verified(proof, 'geheim')).toEqual({account: sent, isRight: true});
  });

  it.each(['WÄRME\\svc', 'PLANT\\groß'])(
    'do not alter the name %s',
    async (username) => {
      await expect(ntlmMessages({username, password: 'x'})).rejects.toMatchObject({
        details: {reason: 'NTLM_ACCOUNT_NAME'},
      });
    },
  );

  it('name nobody at first', async () => {
    const {greeting} = await ntlmMessages({username: 'PLANT\\svc', password: 'x'});

    const message = Buffer.from(greeting.slice('NTLM '.length), 'base64');
    expect(message.includes('PLANT')).toBe(false);
    expect(message.subarray(0, 8).toString('latin1')).toBe('NTLMSSP\0');
  });

  it.each([
    ['without extended security', challengeOf(NEW_FLAGS & ~0x8_0000)],
    ['without Unicode', challengeOf(NEW_FLAGS & ~1)],
    ['that does not tell its target', challengeOf(NEW_FLAGS & ~0x80_0000)],
    ['with an empty target', challengeOf(NEW_FLAGS, Buffer.alloc(0))],
  ])('are not made for a server %s', async (_, challenge) => {
    await expect(
      proofOf({username: 'PLANT\\svc', password: 'x'}, challenge),
    ).rejects.toMatchObject({details: {reason: 'NTLM_TOO_OLD'}});
  });

  it('either answer a challenge or say that it is none', async () => {
    const {proof} = await ntlmMessages({username: 'PLANT\\svc', password: 'x'});
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 80}), (bytes) => {
        const told = outcome(() => proof(Buffer.from(bytes).toString('base64')));

        expect(told).toMatch(/^NTLM |CHALLENGE_UNREADABLE|TOO_OLD/);
      }),
    );
  });
});

async function proofOf(
  account: Parameters<typeof ntlmMessages>[0],
  challenge: string,
): Promise<Buffer> {
  const {proof} = await ntlmMessages(account);
  return Buffer.from(proof(challenge).slice('NTLM '.length), 'base64');
}

function outcome(act: () => string): string {
  try {
    return act();
  } catch (thrown) {
    return String(thrown);
  }
}
