import fc from 'fast-check';

import {pathWithQuery} from './query';

const BASE = 'https://pi.test/piwebapi/';

describe('pathWithQuery', () => {
  it('carries every text unharmed', () => {
    const text = fc.string({unit: 'grapheme', minLength: 1});
    fc.assert(
      fc.property(text, fc.array(text), (name, webIds) => {
        const path = pathWithQuery(['points', 'x'], {name, webId: webIds});
        const {searchParams} = new URL(BASE + path);

        expect(searchParams.get('name')).toBe(name);
        expect(searchParams.getAll('webId')).toEqual(webIds);
      }),
      {seed: 1},
    );
  });

  it('encodes what has a meaning in a URL', () => {
    expect(pathWithQuery(['points'], {path: '\\\\PI\\A#1|B+C&D 50%'})).toBe(
      'points?path=%5C%5CPI%5CA%231%7CB%2BC%26D%2050%25',
    );
  });

  it('leaves out what is undefined', () => {
    expect(pathWithQuery(['points'], {nameFilter: undefined, startIndex: 0})).toBe(
      'points?startIndex=0',
    );
  });
});
