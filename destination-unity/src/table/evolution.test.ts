import {ConfigError} from 'airbyte-cdk-ts';

import {AIRBYTE_COLUMNS, nanosColumn} from './airbyte-columns';
import {evolution, type EvolutionRules} from './evolution';
import {changeText} from './schema-changes';
import type {Column, ColumnType, TableDefinition} from './table-definition';

describe('the columns of a stream', () => {
  it('are those its members have, also as key and cursor', () => {
    const stored = table([{name: 'Tag_Name', type: 'string', member: 'Tag Name'}]);
    const asked = {
      ...table([{name: 'Tag_Name_12345678', type: 'string', member: 'Tag Name'}]),
      key: ['Tag_Name_12345678'],
      cursor: 'Tag_Name_12345678',
      deletion: 'Tag_Name_12345678',
    };

    const {wanted, changes} = evolution(asked, stored, RULES);

    expect(wanted.columns.at(-1)?.name).toBe('Tag_Name');
    expect(wanted.key).toEqual(['Tag_Name']);
    expect(wanted.cursor).toBe('Tag_Name');
    expect(wanted.deletion).toBe('Tag_Name');
    expect(changes).toEqual([]);
  });

  it('include one of unknown origin, whatever its case', () => {
    const stored = table([{name: 'VALUE', type: 'double', member: undefined}]);

    const {wanted, changes} = evolution(asked({value: 'double'}), stored, RULES);

    expect(wanted.columns.at(-1)?.name).toBe('VALUE');
    expect(changes).toEqual([]);
  });

  it('are told from stored ones that differ in case alone', () => {
    const stored = table([{name: 'value', type: 'double', member: 'value'}]);

    const {wanted} = evolution(asked({Value: 'double'}), stored, RULES);

    expect(wanted.columns.at(-1)?.name).toMatch(/^Value_.{8}$/);
  });

  it('never are those that keep nanoseconds or rescued values', () => {
    const own: Column[] = [
      nanosColumn('at'),
      {name: '_rescued_data', type: 'json', member: undefined},
    ];
    const members = {_nanos_of_at: 'bigint', _rescued_data: 'json'} as const;

    const {wanted} = evolution(asked(members), table(own), RULES);

    expect(wanted.columns.slice(-2).map(({name}) => name)).toEqual([
      expect.stringMatching(/^_nanos_of_at_.{8}$/),
      expect.stringMatching(/^_rescued_data_.{8}$/),
    ]);
  });

  it('have nanoseconds in the key where the table keeps them', () => {
    const at: Column = {name: 'at', type: 'timestamp', member: 'at'};
    const keyed = {...table([at]), key: ['at']};

    expect(evolution(keyed, table([at, nanosColumn('at')]), RULES).wanted.key).toEqual([
      'at',
      '_nanos_of_at',
    ]);
    expect(evolution(keyed, table([at]), RULES).wanted.key).toEqual(['at']);
  });
});

describe('a changed type', () => {
  it('needs nothing where the column holds it', () => {
    const held: [ColumnType, ColumnType][] = [
      ['string', 'double'],
      ['json', 'timestamp'],
      ['decimal', 'bigint'],
      ['timestamp_ntz', 'date'],
    ];
    for (const [stored, wanted] of held) {
      expect(changed(stored, wanted)).toEqual({column: `a ${stored}`, changes: []});
    }
  });

  it('has integers told that the doubles of a column cannot tell apart', () => {
    const {wanted} = evolution(asked({a: 'bigint'}), typed({a: 'double'}), RULES);

    expect(wanted.columns.at(-1)).toMatchObject({type: 'double', holdsIntegers: true});
  });

  it('widens the column where the lake can', () => {
    expect(changed('bigint', 'decimal', WIDENING)).toEqual({
      column: 'a decimal',
      changes: ['column a is widened from bigint to decimal'],
    });
  });

  it('makes a column named after the type where the lake cannot', () => {
    expect(changed('bigint', 'string')).toEqual({
      column: 'a_string string',
      changes: [
        'column a_string (string) is added for values that column a (bigint) cannot hold',
      ],
    });
  });

  it('goes back to the column it came from', () => {
    const stored = table([
      {name: 'a', type: 'bigint', member: 'a'},
      {name: 'a_string', type: 'string', member: 'a'},
    ]);

    expect(
      evolution(asked({a: 'bigint'}), stored, RULES).wanted.columns.at(-1),
    ).toEqual({name: 'a', type: 'bigint', member: 'a'});
    expect(
      evolution(asked({a: 'boolean'}), stored, RULES).wanted.columns.at(-1)?.name,
    ).toBe('a_string');
  });

  it('goes to the column that suits it best, wherever that stands', () => {
    const stored = table([
      {name: 'a', type: 'string', member: 'a'},
      {name: 'a_double', type: 'double', member: 'a'},
      {name: 'a_decimal', type: 'decimal', member: 'a'},
    ]);
    const nameFor = (type: ColumnType): string | undefined =>
      evolution(asked({a: type}), stored, RULES).wanted.columns.at(-1)?.name;

    expect(nameFor('double')).toBe('a_double');
    expect(nameFor('bigint')).toBe('a_decimal');
    expect(nameFor('json')).toBe('a');
  });

  it('finds another name where its own is taken', () => {
    const stored = typed({a: 'bigint', A_STRING: 'double'});

    const {wanted} = evolution(asked({a: 'string', A_STRING: 'double'}), stored, RULES);

    expect(wanted.columns.map(({name}) => name).slice(-2)).toEqual([
      expect.stringMatching(/^a_string_.{8}$/),
      'A_STRING',
    ]);
  });

  it('finds another column than one whose type is never written', () => {
    const stored = {...typed({}), unwritable: ['A']};

    const {wanted, changes} = evolution(asked({a: 'double'}), stored, RULES);

    expect(wanted.columns.at(-1)).toEqual({
      name: 'a_double',
      type: 'double',
      member: 'a',
    });
    expect(changes.map(changeText)).toEqual([
      'column a_double (double) is added for values that column A (of a type not ' +
        'written here) cannot hold',
    ]);
  });

  it('moves a cursor out of text, whose order is another', () => {
    const merged = {...asked({at: 'bigint'}), cursor: 'at'};

    const {wanted} = evolution(merged, typed({at: 'string'}), MERGED);

    expect(wanted.cursor).toBe('at_bigint');
  });
});

describe('a key', () => {
  it.each([
    ['bigint', 'string'],
    ['string', 'json'],
    ['timestamp', 'date'],
  ] as const)('of %s is not split by values of %s', (before, after) => {
    expect(() => keyed(before, after)).toThrow(ConfigError);
    expect(() => keyed(before, after)).toThrow(/"a".* a \(/s);
  });

  it.each([
    ['json', 'string', 'json'],
    ['string', 'bigint', 'string'],
    ['decimal', 'bigint', 'decimal'],
  ] as const)('of %s is written as before when it is %s', (before, after, written) => {
    expect(keyed(before, after).wanted.columns.at(-1)?.type).toBe(written);
  });

  it('may be widened', () => {
    expect(keyed('bigint', 'decimal', WIDENING).changes).toHaveLength(1);
  });

  it('that stands in two columns is no key', () => {
    const stored = table([
      {name: 'a', type: 'bigint', member: 'a'},
      {name: 'a_decimal', type: 'decimal', member: 'a'},
    ]);

    expect(() =>
      evolution({...asked({a: 'bigint'}), key: ['a']}, stored, MERGED),
    ).toThrow('a (bigint) and a_decimal (decimal)');
  });

  it('of a column whose type is never written is refused', () => {
    const stored = {...typed({}), unwritable: ['a']};

    expect(() =>
      evolution({...asked({a: 'string'}), key: ['a']}, stored, MERGED),
    ).toThrow(ConfigError);
  });

  it('that nothing is merged by may move', () => {
    const {wanted} = evolution(
      {...asked({a: 'string'}), key: ['a']},
      typed({a: 'bigint'}),
      RULES,
    );

    expect(wanted.key).toEqual(['a_string']);
  });
});

describe('the policy', () => {
  const before = typed({a: 'bigint', gone: 'string'});
  const after = asked({a: 'string', b: 'double'});

  it('add_only adds columns and keeps types', () => {
    const {wanted, changes} = evolution(after, before, {...RULES, policy: 'add_only'});

    expect(wanted.columns.slice(-2)).toEqual([
      {name: 'a', type: 'bigint', member: 'a'},
      {name: 'b', type: 'double', member: 'b'},
    ]);
    expect(changes.map(changeText)).toEqual([
      'column a stays bigint although the stream says string: what does not fit is ' +
        'kept in _rescued_data',
      'column b (double) is added',
    ]);
  });

  it('add_only does not let a cursor decide whose values its column cannot order', () => {
    const {wanted} = evolution(
      {...asked({at: 'timestamp'}), cursor: 'at'},
      typed({at: 'bigint'}),
      {...MERGED, policy: 'add_only'},
    );

    expect(wanted.cursor).toBeUndefined();
  });

  it('refuse names every change and the setting', () => {
    const refuse = (): unknown =>
      evolution(after, before, {...RULES, policy: 'refuse'});

    expect(refuse).toThrow(ConfigError);
    expect(refuse).toThrow(
      /schema_changes is "refuse".*a_string \(string\).*column b \(double\)/s,
    );
  });

  it('refuse lets a stream go on that lost members', () => {
    const {changes} = evolution(asked({a: 'bigint'}), before, {
      ...RULES,
      policy: 'refuse',
    });

    expect(changes).toEqual([]);
  });
});

const RULES: EvolutionRules = {policy: 'apply', widens: () => false, isMerged: false};
const MERGED: EvolutionRules = {...RULES, isMerged: true};
const WIDENING: EvolutionRules = {
  ...RULES,
  widens: (from, to) => from === 'bigint' && to === 'decimal',
};

interface Changed {
  /** Name and type of the column the member ends in. */
  readonly column: string;
  readonly changes: readonly string[];
}

function changed(stored: ColumnType, wanted: ColumnType, rules = RULES): Changed {
  const found = evolution(asked({a: wanted}), typed({a: stored}), rules);
  const {name, type} = found.wanted.columns.at(-1) ?? {};
  return {
    column: `${String(name)} ${String(type)}`,
    changes: found.changes.map(changeText),
  };
}

function keyed(
  before: ColumnType,
  after: ColumnType,
  rules = RULES,
): ReturnType<typeof evolution> {
  const keyedBy = {...asked({a: after}), key: ['a']};
  return evolution(keyedBy, typed({a: before}), {...rules, isMerged: true});
}

function asked(types: Readonly<Record<string, ColumnType>>): TableDefinition {
  return typed(types);
}

function typed(types: Readonly<Record<string, ColumnType>>): TableDefinition {
  return table(
    Object.entries(types).map(([name, type]): Column => ({name, type, member: name})),
  );
}

function table(columns: readonly Column[]): TableDefinition {
  return {
    name: {catalog: 'main', schema: 'pi', table: 't'},
    columns: [...AIRBYTE_COLUMNS, ...columns],
    key: [],
    cursor: undefined,
  };
}
