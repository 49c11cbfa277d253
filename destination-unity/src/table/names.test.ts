import fc from 'fast-check';

import {RESERVED_NAMES} from './airbyte-columns';
import {hashedObjectName, nameColumns, plainName, plainObjectName} from './names';
import type {Column} from './table-definition';

const ALPHABET = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

/** Names as users have them, and names made to collide. */
const member = fc.oneof(
  fc.string({unit: 'binary', maxLength: 12}),
  fc.string({
    unit: fc.constantFrom('a', 'A', 'b', '_', '-', ' ', 'é', '1', '\ud800'),
    maxLength: 4,
  }),
  fc.string({unit: fc.constantFrom('x', 'X', '.'), minLength: 253, maxLength: 258}),
  fc.constantFrom(...RESERVED_NAMES, '_AIRBYTE_META', '_nanos_of_a', ''),
);
const members = fc.uniqueArray(member, {maxLength: 12});

describe('plainName', () => {
  it('keeps letters, digits and underscores as they are', () => {
    expect(plainName('Tag_Name_2')).toBe('Tag_Name_2');
  });

  it('replaces everything else and takes accents off', () => {
    expect(plainName('Débit d’eau (m³)')).toBe('Debit_d_eau__m3_');
  });

  it('puts an underscore before a digit', () => {
    expect(plainName('2nd')).toBe('_2nd');
  });

  it('cuts what is longer than 255 and marks it with the hash of the original', () => {
    const name = plainName('a'.repeat(256));

    expect(name).toMatch(/^a{246}_[0-9a-f]{8}$/);
    expect(name).not.toBe(plainName('a'.repeat(257)));
  });

  it('is a usable name whatever the original is', () => {
    fc.assert(
      fc.property(member, (name) => {
        expect(plainName(name)).toMatch(ALPHABET);
      }),
      {seed: 1},
    );
  });
});

describe('plainObjectName', () => {
  it('is in lower case', () => {
    expect(plainObjectName('Event Frames')).toBe('event_frames');
  });
});

describe('hashedObjectName', () => {
  it('differs between names that are equal when plain', () => {
    expect(hashedObjectName('Event Frames')).toMatch(/^event_frames_[0-9a-f]{8}$/);
    expect(hashedObjectName('event-frames')).not.toBe(hashedObjectName('Event Frames'));
  });
});

describe('nameColumns', () => {
  it('gives the plain name to the member that has it, and hashes the others', () => {
    const names = nameColumns(['unit price', 'unit_price', 'Unit_Price']);

    expect(names.get('Unit_Price')).toBe('Unit_Price');
    expect(names.get('unit_price')).toMatch(/^unit_price_[0-9a-f]{8}$/);
    expect(names.get('unit price')).toMatch(/^unit_price_[0-9a-f]{8}$/);
  });

  it('leaves the names of Airbyte and of rescued data to them', () => {
    const names = nameColumns(['_rescued_data', '_AIRBYTE_META', '_nanos_of_at']);

    expect(names.get('_rescued_data')).toMatch(/^_rescued_data_[0-9a-f]{8}$/);
    expect(names.get('_nanos_of_at')).toMatch(/^_nanos_of_at_[0-9a-f]{8}$/);
    expect(names.get('_AIRBYTE_META')).toMatch(/^_AIRBYTE_META_[0-9a-f]{8}$/);
  });

  it('leaves a stored column to the member it was made for', () => {
    const stored: Column[] = [
      {name: 'unit_price', type: 'double', member: 'unit-price'},
      {name: 'value', type: 'double', member: undefined},
    ];

    const names = nameColumns(['unit_price', 'unit-price', 'Value', 'value'], stored);

    expect(names.get('unit-price')).toBe('unit_price');
    expect(names.get('unit_price')).toMatch(/^unit_price_[0-9a-f]{8}$/);
    expect(names.get('value')).toBe('value');
    expect(names.get('Value')).toMatch(/^Value_[0-9a-f]{8}$/);
  });

  it('names every member differently, also ignoring case, and none as a reserved one', () => {
    fc.assert(
      fc.property(members, (all) => {
        const names = [...nameColumns(all).values()];
        const lower = new Set(names.map((name) => name.toLowerCase()));

        expect(names).toHaveLength(all.length);
        expect(lower.size).toBe(all.length);
        expect(names.filter((name) => !ALPHABET.test(name))).toEqual([]);
        expect([...lower].filter((name) => RESERVED_NAMES.has(name))).toEqual([]);
      }),
      {seed: 2},
    );
  });

  it('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(members, (all) => {
        expect(nameColumns([...all].reverse())).toEqual(nameColumns(all));
      }),
      {seed: 3},
    );
  });

  it('keeps every name when the stream gains members', () => {
    fc.assert(
      fc.property(members, members, (first, more) => {
        const names = nameColumns(first);
        const stored = [...names].map(([member, name]): Column => {
          // A lake need not keep a member that is its column's name.
          return {name, type: 'string', member: member === name ? undefined : member};
        });

        const later = nameColumns([...new Set([...more, ...first])], stored);

        expect(first.map((name) => later.get(name))).toEqual(
          first.map((name) => names.get(name)),
        );
        const lower = [...later.values()].map((name) => name.toLowerCase());
        expect(new Set(lower).size).toBe(later.size);
      }),
      {seed: 4},
    );
  });
});
