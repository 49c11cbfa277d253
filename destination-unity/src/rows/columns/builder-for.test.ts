import fc from 'fast-check';

import type {ColumnType} from '../../table/table-definition';
import {ROUNDED, type Misfit} from '../misfit';
import {storedRows, type StoredValue} from '../stored-rows.stand-in';
import {builderFor} from './builder-for';
import type {Present} from './column-builder';
import {MAX_TEXT_BYTES} from './text-columns';

const NO_FIT = 'NULLED DESTINATION_TYPECAST_ERROR';

describe('a double column', () => {
  it.each<[Present, StoredValue]>([
    [23.1875, 23.1875],
    [0, 0],
    [-0, -0],
    [5e-324, 5e-324],
    ['0.125000000', 0.125],
    ['-1e3', -1000],
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
  ])('stores %j', (value, stored) => {
    expect(put('double', value)).toEqual({stored, told: undefined});
  });

  it('stores the double nearest to a number of 38 digits', () => {
    const text = '12345678901234567890123456789012345678';

    expect(put('double', Number(text), text)).toEqual({
      stored: 1.2345678901234568e37,
      told: undefined,
    });
  });

  it.each<Present>([
    Infinity, // what JSON.parse makes of 1e400
    '1e400',
    '',
    '0x10',
    'nan',
    'inf',
    ' 1',
    true,
    {a: 1},
    [1],
  ])('does not take %j', (value) => {
    expect(put('double', value)).toEqual({stored: null, told: NO_FIT});
  });

  it('keeps every double', () => {
    fc.assert(
      fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (value) => {
        expect(put('double', value).stored).toBe(value);
        expect(put('double', textOf(value)).stored).toBe(value);
      }),
      {seed: 1},
    );
  });
});

describe('a double column of a member that sends integers', () => {
  it('tells of those that a double cannot tell from their neighbours', () => {
    const column = {
      name: 'c',
      type: 'double',
      member: 'c',
      holdsIntegers: true,
    } as const;
    const context = {column, member: 'c', meter: {bytes: 0}};
    const builder = builderFor({...context, exact: {of: () => undefined}});
    const sent = [2 ** 53 - 1, 2 ** 53, -(2 ** 53), 5.5, 'NaN'];

    const told = sent.map((value, row) => builder.put(row, value));

    expect(told).toEqual([undefined, ROUNDED, ROUNDED, undefined, undefined]);
    expect(storedRows({rows: 5, columns: [builder.take(5)]})[1]).toEqual({c: 2 ** 53});
  });
});

describe('a bigint column', () => {
  it.each<[Present, string | undefined, StoredValue]>([
    [42, undefined, 42n],
    [-0, undefined, 0n],
    [1e3, '1e3', 1000n],
    ['-12.000000000', undefined, -12n],
    [9007199254740992, '9007199254740993', 9007199254740993n],
    [9223372036854776000, '9223372036854775807', 9223372036854775807n],
    [-9223372036854776000, '-9223372036854775808', -9223372036854775808n],
    ['9223372036854775807', undefined, 9223372036854775807n],
  ])('stores %j, written as %s', (value, text, stored) => {
    expect(put('bigint', value, text)).toEqual({stored, told: undefined});
  });

  it.each<[Present, string | undefined]>([
    [7.5, '7.5'],
    [7.5, undefined],
    ['7.5', undefined],
    [9223372036854776000, '9223372036854775808'],
    [1.2345678901234568e37, '12345678901234567890123456789012345678'],
    [Infinity, '1e400'],
    ['seven', undefined],
    [true, undefined],
  ])('does not take %j, written as %s', (value, text) => {
    expect(put('bigint', value, text)).toEqual({stored: null, told: NO_FIT});
  });

  it('does not guess which integer beyond 2^53 was meant when the line is not known', () => {
    expect(put('bigint', 9007199254740992)).toEqual({stored: null, told: NO_FIT});
  });

  it('keeps every integer of 64 bits as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), (value) => {
        const text = String(value);

        expect(put('bigint', Number(text), text)).toEqual({
          stored: value,
          told: undefined,
        });
        expect(put('bigint', text)).toEqual({stored: value, told: undefined});
      }),
      {seed: 2},
    );
  });
});

describe('a decimal column', () => {
  it('keeps every number of 29 and 9 digits as it was written', () => {
    const limit = 10n ** 38n - 1n;
    fc.assert(
      fc.property(fc.bigInt({min: -limit, max: limit}), (unscaled) => {
        const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(10, '0');
        const sign = unscaled < 0n ? '-' : '';
        const text = `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`;

        expect(put('decimal', Number(text), text)).toEqual({
          stored: unscaled,
          told: undefined,
        });
        expect(put('decimal', text).stored).toBe(unscaled);
      }),
      {seed: 3},
    );
  });

  it('rounds to nine decimals and says so', () => {
    expect(put('decimal', 0.30000000000000004)).toEqual({
      stored: 300_000_000n,
      told: 'TRUNCATED DESTINATION_TYPECAST_ERROR',
    });
  });

  it.each<Present>(['1e29', 'NaN', true, ''])('does not take %j', (value) => {
    expect(put('decimal', value)).toEqual({stored: null, told: NO_FIT});
  });
});

describe('a boolean column', () => {
  it.each<[Present, StoredValue]>([
    [true, true],
    [false, false],
    ['true', true],
    ['false', false],
  ])('stores %j', (value, stored) => {
    expect(put('boolean', value)).toEqual({stored, told: undefined});
  });

  it.each<Present>([0, 1, 'yes', 'True', '', {}])('does not take %j', (value) => {
    expect(put('boolean', value)).toEqual({stored: null, told: NO_FIT});
  });
});

describe('a timestamp column', () => {
  it.each<ColumnType>(['timestamp', 'timestamp_ntz'])(
    'holds the moment in UTC (%s)',
    (type) => {
      const texts = ['1970-01-01T01:00:00.0000019+01:00', '1970-01-01 00:00:00.000001'];

      expect(texts.map((text) => put(type, text).stored)).toEqual([1n, 1n]);
    },
  );

  it.each<Present>([1767225600000, '1767225600', '10000-01-01T00:00:00Z', '', true])(
    'does not take %j',
    (value) => {
      expect(put('timestamp', value)).toEqual({stored: null, told: NO_FIT});
    },
  );
});

describe('a timestamp column of a key', () => {
  it('keeps the nanoseconds it cannot hold beside it', () => {
    const nanos = columnOf('bigint');
    const column = {name: 'at', type: 'timestamp', member: 'at'} as const;
    const exact = {of: () => undefined};
    const builder = builderFor({column, member: 'at', meter: {bytes: 0}, exact, nanos});

    builder.put(0, '2026-03-01T00:00:00.0000017Z');
    builder.put(1, '2026-03-01T00:00:00.000001Z');
    const tooFine = builder.put(2, '2026-03-01T00:00:00.0000000001Z');

    const rows = storedRows({rows: 3, columns: [nanos.take(3)]});
    expect(rows.map(({c}) => c)).toEqual([700n, null, null]);
    expect(tooFine?.change).toBe('TRUNCATED');
  });
});

describe('a date column', () => {
  it.each<[Present, StoredValue]>([
    ['1970-01-02', 1],
    ['1969-12-31', -1],
    ['0001-01-01', -719162],
    ['9999-12-31', 2932896],
    ['1970-01-02T00:00:00.000Z', 1],
    ['1970-01-02 00:00', 1],
  ])('stores %j', (value, stored) => {
    expect(put('date', value)).toEqual({stored, told: undefined});
  });

  it.each<Present>(['1970-01-02T00:00:01Z', '1970-02-30', '10000-01-01', 19700102, ''])(
    'does not take %j',
    (value) => {
      expect(put('date', value)).toEqual({stored: null, told: NO_FIT});
    },
  );
});

describe('a string column', () => {
  it('keeps every well-formed text, NUL and empty ones included', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        expect(put('string', text)).toEqual({stored: text, told: undefined});
      }),
      {seed: 4, examples: [['a\0b'], ['']]},
    );
  });

  it('stores U+FFFD for a lone surrogate and says so', () => {
    expect(put('string', 'x\ud800')).toEqual({
      stored: 'x\ufffd',
      told: 'TRUNCATED DESTINATION_SERIALIZATION_ERROR',
    });
  });

  it('stores other kinds as they were written', () => {
    expect(put('string', 1, '1.0').stored).toBe('1.0');
    expect(put('string', {a: 1}, '{"a": 1}').stored).toBe('{"a": 1}');
    expect(put('string', false).stored).toBe('false');
  });

  it('does not take a text beyond its limit', () => {
    expect(put('string', 'é'.repeat(MAX_TEXT_BYTES / 2)).told).toBeUndefined();
    expect(put('string', 'é'.repeat(MAX_TEXT_BYTES / 2 + 1))).toEqual({
      stored: null,
      told: 'NULLED DESTINATION_FIELD_SIZE_LIMITATION',
    });
  });
});

describe('a JSON column', () => {
  it('keeps what was written, digits included', () => {
    const text = '{"big":12345678901234567890123456789012345678,"one":1.0}';

    expect(put('json', JSON.parse(text) as Present, text).stored).toBe(text);
  });

  it('holds JSON text of every value', () => {
    const present = fc.jsonValue().filter((value) => value !== null);
    fc.assert(
      fc.property(present, (value) => {
        const {stored} = put('json', value);

        expect(stored).toBe(JSON.stringify(value));
      }),
      {seed: 5},
    );
  });
});

function columnOf(
  type: ColumnType,
  {meter = {bytes: 0}, text}: {meter?: {bytes: number}; text?: string} = {},
): ReturnType<typeof builderFor> {
  const column = {name: 'c', type, member: 'c'};
  return builderFor({column, member: 'c', meter, exact: {of: () => text}});
}

/** Stores one value, written as `text` in its line if that is known. */
function put(
  type: ColumnType,
  value: Present,
  text?: string,
): {readonly stored: StoredValue; readonly told: string | undefined} {
  const builder = columnOf(type, text === undefined ? {} : {text});
  const misfit = builder.put(0, value);
  const [row] = storedRows({rows: 1, columns: [builder.take(1)]});
  return {stored: row?.['c'] ?? null, told: misfit && said(misfit)};
}

/** `String` has no sign for zero. */
function textOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function said({change, reason}: Misfit): string {
  return `${change} ${reason}`;
}
