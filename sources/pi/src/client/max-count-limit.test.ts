import {maxCountLimitIn} from './max-count-limit';

describe('maxCountLimitIn', () => {
  it.each([
    ["Parameter 'maxCount' is greater than the maximum allowed (5000).", 5000],
    ['is greater than the maximum allowed (150000).', 150_000],
    ['is greater than the maximum allowed ()', undefined],
    ['Unknown or invalid WebID format.', undefined],
    ['', undefined],
    ['m3 (n), (s): it is greater than the maximum allowed (7)', 7],
    ['maximum allowed (9)', undefined],
  ])('reads %p', (text, expected) => {
    expect(maxCountLimitIn(text)).toBe(expected);
    expect(maxCountLimitIn(Buffer.from(text))).toBe(expected);
  });
});
