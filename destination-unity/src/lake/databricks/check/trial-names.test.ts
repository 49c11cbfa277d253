import fc from 'fast-check';

import {isLeftover, trialName} from './trial-names';

const NOW = Date.UTC(2026, 2, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

describe('trialName', () => {
  it('tells the time and is in the alphabet of tables', () => {
    expect(trialName(NOW, 0.5)).toMatch(/^_airbyte_check_[0-9a-z]+_[0-9a-z]+$/);
  });

  it('is a leftover a day later, and not before, whatever the chance', () => {
    const ages = fc.integer({min: -DAY_MS, max: 3 * DAY_MS});
    const chances = fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true});
    fc.assert(
      fc.property(ages, chances, (ageMs, random) => {
        expect(isLeftover(trialName(NOW - ageMs, random), NOW)).toBe(ageMs > DAY_MS);
      }),
    );
  });

  it.each([
    '_airbyte_check_',
    '_airbyte_check_1',
    'x_airbyte_check_1_1',
    '_AIRBYTE_CHECK_1_1',
  ])('is not %s', (name) => {
    expect(isLeftover(name, NOW)).toBe(false);
  });
});
