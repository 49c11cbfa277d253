import fc from 'fast-check';

import {Int64Buffer} from './int64-buffer';

describe('Int64Buffer', () => {
  it('holds every safe integer', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(stored((buffer) => buffer.set(1, value))).toBe(BigInt(value));
      }),
      {seed: 1, numRuns: 1000},
    );
  });

  it('holds every integer of 64 bits', () => {
    const value = fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n});
    fc.assert(
      fc.property(value, (value) => {
        expect(stored((buffer) => buffer.setBig(1, value))).toBe(value);
      }),
      {seed: 2, numRuns: 1000},
    );
  });

  it('holds every microsecond of ten thousand years', () => {
    const seconds = fc.integer({min: -62_135_596_800, max: 253_402_300_799});
    fc.assert(
      fc.property(seconds, fc.nat({max: 999_999}), (seconds, micros) => {
        const expected = BigInt(seconds) * 1_000_000n + BigInt(micros);

        expect(stored((buffer) => buffer.setMicros(1, seconds, micros))).toBe(expected);
      }),
      {seed: 3, numRuns: 1000},
    );
  });

  it('keeps what it has when it grows', () => {
    const buffer = new Int64Buffer();
    buffer.resize(1);
    buffer.set(0, -7);

    buffer.resize(4);

    expect([...buffer.take()]).toEqual([-7n, 0n, 0n, 0n]);
  });
});

function stored(set: (buffer: Int64Buffer) => void): bigint | undefined {
  const buffer = new Int64Buffer();
  buffer.resize(2);
  set(buffer);
  return buffer.take()[1];
}
