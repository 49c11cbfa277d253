import fc from 'fast-check';

import {byContent, byKey, difference, Digests} from './record-digests';

const NUMBERS = fc.array(fc.integer({min: 0, max: 20}));

describe('difference', () => {
  it('counts what is missing, repeated and foreign, whatever the order', () => {
    fc.assert(
      fc.property(NUMBERS, NUMBERS, NUMBERS, (expected, first, second) => {
        const {missing, repeated, foreign} = difference(floats(expected), [
          floats(first),
          floats(second),
        ]);

        const actual = [...first, ...second];
        const values = [...new Set([...expected, ...actual])];
        const gap = (value: number) => count(expected, value) - count(actual, value);
        const sum = (of: readonly number[], by: (value: number) => number) =>
          of.reduce((total, value) => total + Math.max(0, by(value)), 0);
        expect({missing, repeated, foreign}).toEqual({
          missing: sum(values, gap),
          repeated: sum([...new Set(expected)], (value) => -gap(value)),
          foreign: actual.filter((value) => !expected.includes(value)).length,
        });
      }),
    );
  });

  it('names the first that is missing', () => {
    expect(difference(floats([1, 2, 3]), [floats([1, 3])]).firstMissing).toBe(2);
  });
});

describe('Digests', () => {
  it('keeps more than it had room for', () => {
    const digests = new Digests();
    for (let i = 0; i < 1000; i += 1) digests.add(i);

    expect([...digests.first(1000)]).toEqual([...new Array(1000).keys()]);
  });
});

describe('the identity of a record', () => {
  const catalog = {
    streams: [
      {
        stream: {name: 'ticks', json_schema: {}},
        ...({sync_mode: 'full_refresh', destination_sync_mode: 'append'} as const),
        primary_key: [['id'], ['at', 'day']],
      },
    ],
  };

  it('is its key where it has one', () => {
    const identify = byKey(catalog, {});

    const one = identify('ticks', {id: 1, at: {day: 2}, value: 3});
    expect(identify('ticks', {id: 1, at: {day: 2}, value: 4})).toBe(one);
    expect(identify('ticks', {id: 1, at: {day: 3}, value: 3})).not.toBe(one);
  });

  it('is all of it otherwise, ignored fields and nulls aside', () => {
    const identify = byKey(catalog, {notes: ['at']});

    const one = identify('notes', {text: 'a', at: 1, more: {b: 1, a: 2}});
    expect(identify('notes', {more: {a: 2, b: 1}, gone: null, text: 'a'})).toBe(one);
    expect(byContent({})('notes', {text: 'a', at: 1})).not.toBe(
      byContent({})('notes', {text: 'a', at: 2}),
    );
  });
});

function floats(values: readonly number[]): Float64Array {
  return Float64Array.from(values);
}

function count(values: readonly number[], value: number): number {
  return values.filter((each) => each === value).length;
}
