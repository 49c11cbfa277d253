import {plantFor, steadyOf} from './steady-points';

describe('plantFor', () => {
  it('holds at least as many steady points as asked for, in whole cycles', () => {
    expect(steadyOf(plantFor(30_000))).toBe(30_000);
    expect(steadyOf(plantFor(1000))).toBe(1005);
    expect(steadyOf(plantFor(1))).toBe(15);
  });
});
