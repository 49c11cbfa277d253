import type {Field, FieldValue} from './field';
import {HeldValues} from './held-values';

describe('HeldValues', () => {
  it('puts a value into all rows that have it once they have another', () => {
    const {held, filled} = heldValues();

    held.hold(['a', 1], 0);
    held.hold(['a', 1], 5);
    held.hold(['a', 2], 7);
    held.hold([undefined, 2], 9);

    expect(filled).toEqual([
      [1, 1, 0, 7],
      [0, 'a', 0, 9],
    ]);
  });

  it('puts everything when it is settled, and nothing twice', () => {
    const {held, filled} = heldValues();
    held.hold(['a', undefined], 3);

    held.settle(4);
    held.settle(6);
    held.hold(['a', undefined], 8);
    held.settle(8);

    expect(filled).toEqual([[0, 'a', 3, 4]]);
  });
});

/** Of two fields; what is put into rows is noted: field, value, from, to. */
function heldValues(): {held: HeldValues; filled: unknown[]} {
  const filled: unknown[] = [];
  const known = [0, 1].map((number) => {
    const fill = (value: FieldValue, from: number, to: number): void => {
      filled.push([number, value, from, to]);
    };
    return {member: String(number), field: {fill} as unknown as Field};
  });
  return {held: new HeldValues(known), filled};
}
