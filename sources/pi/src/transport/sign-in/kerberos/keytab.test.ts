import fc from 'fast-check';

import {keytabEntries, keytabOf} from './keytab';
import {passwordKeytab} from './password-keytab';
import {principalOf} from './principal';

describe('keytabEntries', () => {
  it('names what a keytab holds, past the hole of a deleted entry', () => {
    const one = entryOf('svc_airbyte@PLANT.EXAMPLE');
    const two = entryOf('HTTP/pi.plant.example@PLANT.EXAMPLE');

    expect(keytabEntries(keytab(one, hole(12), two))).toMatchObject([
      {principal: 'svc_airbyte@PLANT.EXAMPLE', encryption: 18},
      {principal: 'HTTP/pi.plant.example@PLANT.EXAMPLE', encryption: 18},
    ]);
  });

  it('gives each entry back as it stood there', () => {
    const [one, two] = [entryOf('a@R'), entryOf('b@R')];
    const entries = keytabEntries(keytab(one, two)) ?? [];

    expect(keytabOf(entries)).toEqual(keytab(one, two));
    expect(keytabOf(entries.slice(1))).toEqual(keytab(two));
  });

  it('ends where the rest of a file is empty', () => {
    expect(keytabEntries(keytab(entryOf('a@B'), Buffer.alloc(64)))).toHaveLength(1);
  });

  it('is not taken in by a file of another kind, nor by an empty one', () => {
    expect(keytabEntries(Buffer.from('root:x:0:0:'))).toBeUndefined();
    expect(keytabEntries(Buffer.alloc(0))).toBeUndefined();
    expect(keytabEntries(Buffer.from([5, 1, 0, 0]))).toBeUndefined();
  });

  it('notices every place where a keytab may break off in an entry', () => {
    const whole = keytab(entryOf('svc_airbyte@PLANT.EXAMPLE'));

    for (let length = 6; length < whole.length; length++)
      expect(keytabEntries(whole.subarray(0, length))).toBeUndefined();
  });

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() =>
          keytabEntries(Buffer.concat([Buffer.from([5, 2]), bytes])),
        ).not.toThrow();
      }),
    );
  });
});

/** An entry with its size in front, as a keytab of its own has it behind the magic. */
function entryOf(name: string): Buffer {
  return passwordKeytab(principalOf(name), 'secret').subarray(2);
}

function hole(bytes: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(-bytes);
  return Buffer.concat([size, Buffer.alloc(bytes, 0xff)]);
}

function keytab(...entries: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([5, 2]), ...entries]);
}
