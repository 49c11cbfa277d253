import {batchFromRows} from './batch-from-rows';
import {batchShape, rowGroupRows, smallerRowGroup} from './row-groups';

describe('rowGroupRows', () => {
  it('is the usual size for narrow rows', () => {
    expect(rowGroupRows({rowBytes: 250}, 256e6)).toBe(40_960);
  });

  it('shrinks with the length of a row and with memory, down to one vector', () => {
    expect(rowGroupRows({rowBytes: 6000}, 240e6)).toBe(6666);
    expect(rowGroupRows({rowBytes: 6000}, 120e6)).toBe(3333);
    expect(rowGroupRows({rowBytes: 1e9}, 256e6)).toBe(2048);
  });

  it('keeps to what the files it came from could hold', () => {
    expect(rowGroupRows({rowBytes: 10, maxGroupRows: 5000}, 256e6)).toBe(5000);
  });
});

describe('smallerRowGroup', () => {
  it('ends at one vector', () => {
    const sizes = [40_960];
    for (let size = smallerRowGroup(40_960); size !== undefined;) {
      sizes.push(size);
      size = smallerRowGroup(size);
    }

    expect(sizes).toEqual([40_960, 10_240, 2560, 2048]);
  });
});

describe('batchShape', () => {
  it('measures texts by what the rows hold', () => {
    const columns = [
      {name: 'n', type: 'bigint', member: 'n'},
      {name: 's', type: 'string', member: 's'},
    ] as const;
    const batch = batchFromRows(columns, [
      [1n, 'x'.repeat(100)],
      [2n, 'x'.repeat(200)],
    ]);

    expect(batchShape(batch)).toMatchObject({rowBytes: 8 + 16 + 150});
  });
});
