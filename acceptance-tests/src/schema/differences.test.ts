import {differences} from './differences';

describe('differences', () => {
  it('are none between the same in another order of members', () => {
    expect(differences({a: 1, b: [{c: null}]}, {b: [{c: null}], a: 1})).toEqual([]);
  });

  it('are named by their paths', () => {
    expect(differences({a: [1, 2], b: {}, c: 1}, {a: [1, 3], b: [], d: 1})).toEqual([
      ...['/a/1', '/b', '/c', '/d'],
    ]);
  });
});
