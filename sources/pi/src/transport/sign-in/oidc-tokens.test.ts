import {ConfigError, TransientError} from 'airbyte-cdk-ts';
import * as fc from 'fast-check';

import {OidcTokens, renewalMs} from './oidc-tokens';

describe('OidcTokens', () => {
  it('asks once for fifty callers at once', async () => {
    const {tokens, asked} = provider({lifeMs: 3_600_000});

    const given = await Promise.all(Array.from({length: 50}, () => tokens.current()));

    expect(new Set(given)).toEqual(new Set(['token-1']));
    expect(asked()).toBe(1);
  });

  it('gives out no token after its end, however callers come', async () => {
    const life = fc.integer({min: 1, max: 100_000});
    await fc.assert(
      fc.asyncProperty(life, fc.array(fc.nat(200_000)), async (lifeMs, pauses) => {
        const {tokens, clock, issuedAtMs} = provider({lifeMs});

        for (const pauseMs of pauses) {
          clock.ms += pauseMs;
          const issuedMs = issuedAtMs.get(await tokens.current()) ?? Number.NaN;
          expect(clock.ms - issuedMs).toBeLessThan(lifeMs);
        }
      }),
    );
  });

  it('renews within the last fifth and the last minute of a life, never behind its end', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 86_400_000}), (lifeMs) => {
        const dueMs = renewalMs(0, lifeMs);

        expect(dueMs).toBeLessThan(lifeMs);
        expect(dueMs).toBeGreaterThanOrEqual(lifeMs * 0.8);
        expect(dueMs).toBeGreaterThanOrEqual(lifeMs - 60_000);
      }),
    );
  });

  it('counts a life from the question on, not from the answer', async () => {
    const {tokens, clock, asked} = provider({lifeMs: 10_000, answerMs: 9_000});

    await tokens.current();
    clock.ms += 1;
    await tokens.current();

    expect(asked()).toBe(2);
  });

  it('drops a refused token only while it is the current one', async () => {
    const {tokens, asked} = provider({lifeMs: 3_600_000});
    const first = await tokens.current();

    tokens.drop(first);
    const second = await tokens.current();
    tokens.drop(first);

    expect(second).toBe('token-2');
    expect(await tokens.current()).toBe('token-2');
    expect(asked()).toBe(2);
  });

  it('makes do with the old token while the provider fails in passing', async () => {
    const {tokens, clock, asked, failWith} = provider({lifeMs: 100_000});
    await tokens.current();

    clock.ms = 85_000;
    failWith(new TransientError('The provider is down.'));
    const given = [await tokens.current(), await tokens.current()];
    clock.ms = 96_000;
    given.push(await tokens.current());

    expect(given).toEqual(['token-1', 'token-1', 'token-1']);
    expect(asked()).toBe(3);
    clock.ms = 100_000;
    await expect(tokens.current()).rejects.toThrow('The provider is down.');
    failWith(undefined);
    expect(await tokens.current()).toBe('token-2');
  });

  it('hands on a lasting failure at once', async () => {
    const {tokens, clock, failWith} = provider({lifeMs: 100_000});
    await tokens.current();

    clock.ms = 85_000;
    failWith(new ConfigError('The secret has expired.'));

    await expect(tokens.current()).rejects.toThrow('The secret has expired.');
  });

  it('tells every caller why there is none, and asks again later', async () => {
    const {tokens, asked, failWith} = provider({lifeMs: 100_000});
    failWith(new TransientError('The provider is down.'));

    const ends = await Promise.allSettled([tokens.current(), tokens.current()]);

    expect(ends.map(({status}) => status)).toEqual(['rejected', 'rejected']);
    expect(asked()).toBe(1);
    failWith(undefined);
    expect(await tokens.current()).toBe('token-1');
  });
});

/** A provider of numbered tokens, and a clock that stands still between the acts. */
function provider({lifeMs, answerMs = 0}: {lifeMs: number; answerMs?: number}) {
  const clock = {ms: 0};
  const issuedAtMs = new Map<string, number>();
  let asked = 0;
  let failure: Error | undefined;
  const tokens = new OidcTokens({
    nowMs: () => clock.ms,
    issue: () => {
      asked += 1;
      if (failure !== undefined) return Promise.reject(failure);
      const text = `token-${issuedAtMs.size + 1}`;
      issuedAtMs.set(text, clock.ms);
      clock.ms += answerMs;
      return Promise.resolve({text, lifeMs});
    },
  });
  return {
    ...{tokens, clock, issuedAtMs},
    asked: () => asked,
    failWith: (thrown: Error | undefined) => (failure = thrown),
  };
}
