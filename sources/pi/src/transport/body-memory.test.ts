import fc from 'fast-check';

import {SharedMemory} from './body-memory';

const MEGABYTE = 1024 * 1024;

describe('SharedMemory', () => {
  it('never lets two hold the same memory, whatever is taken and given back', () => {
    const step = fc.record({
      bytes: fc.integer({min: 0, max: 6 * MEGABYTE}),
      gives: fc.array(fc.nat(20), {maxLength: 3}),
    });
    fc.assert(
      fc.property(fc.array(step, {maxLength: 20}), (steps) => {
        const memory = new SharedMemory();
        const held: Buffer[] = [];
        for (const {bytes, gives} of steps) {
          const taken = memory.take(bytes);

          expect(taken.length).toBeGreaterThanOrEqual(bytes);
          expect(held.every(({buffer}) => buffer !== taken.buffer)).toBe(true);
          held.push(taken);
          for (const at of gives) {
            const [given] = held.splice(at, 1);
            if (given === undefined) continue;
            memory.give(given.subarray(0, bytes));
            memory.give(given);
          }
        }
      }),
      {numRuns: 50},
    );
  });

  it('gives out again what was given back, if it is large enough', () => {
    const memory = new SharedMemory();
    const taken = memory.take(10);
    memory.give(taken);

    expect(memory.take(MEGABYTE).buffer).toBe(taken.buffer);
    memory.give(taken);
    expect(memory.take(MEGABYTE + 1).buffer).not.toBe(taken.buffer);
  });

  it('takes nothing that is not its own', () => {
    const memory = new SharedMemory();
    const other = Buffer.allocUnsafeSlow(MEGABYTE);
    memory.give(other);

    expect(memory.take(10).buffer).not.toBe(other.buffer);
  });

  it('keeps a bounded number of bytes', () => {
    const memory = new SharedMemory();
    const all = Array.from({length: 4}, () => memory.take(6 * MEGABYTE));
    for (const taken of all) memory.give(taken);
    const known = new Set(all.map(({buffer}) => buffer));

    const again = Array.from({length: 4}, () => memory.take(6 * MEGABYTE));
    expect(again.filter(({buffer}) => known.has(buffer))).toHaveLength(2);
  });
});
