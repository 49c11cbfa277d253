import fc from 'fast-check';

import {AIRBYTE_COLUMNS, isOwnName, RESERVED_NAMES} from './airbyte-columns';
import {isHeld} from './column-fit';
import {evolution, type EvolutionRules} from './evolution';
import {nameColumns} from './names';
import type {Column, ColumnType, TableDefinition} from './table-definition';

/** A stream's schema as types by member. */
type Schema = Readonly<Record<string, ColumnType>>;

const MEMBERS = [
  'a',
  'A',
  'a-b',
  'a_b',
  'a_string',
  'A_double',
  'x'.repeat(254),
  'X'.repeat(254),
  '_rescued_data',
  '_nanos_of_a',
];
const TYPES: readonly ColumnType[] = [
  'string',
  'json',
  'boolean',
  'bigint',
  'double',
  'decimal',
  'date',
  'timestamp',
  'timestamp_ntz',
];

const schema: fc.Arbitrary<Schema> = fc.dictionary(
  fc.constantFrom(...MEMBERS),
  fc.constantFrom(...TYPES),
  {maxKeys: 7},
);
const history = fc.array(schema, {minLength: 1, maxLength: 6});
const beginnings = fc.subarray(['A', 'a_double', 'VALUE', 'a_string']);
const lake = fc.record({
  widens: fc.constantFrom<EvolutionRules['widens']>(
    () => false,
    (from, to) => from === 'bigint' && to === 'decimal',
    (from, to) => from === 'date' && to === 'timestamp_ntz',
  ),
  /** Some lakes do not keep a member that is its column's name. */
  keepsMembers: fc.boolean(),
  /** What another tool had made before. */
  unwritable: beginnings,
});

describe('any history of schemas', () => {
  it('gives every member a column of its own that holds its type', () => {
    whatever(({schema: asked, types}) => {
      for (const [member, type] of Object.entries(asked)) {
        const stored = types.get(member);

        expect(stored !== undefined && isHeld(stored, type, 'value')).toBe(true);
      }
      expect(types.size).toBe(Object.keys(asked).length);
    });
  });

  it('leaves every column where it is, with its type or a wider one', () => {
    whatever(({before, after, rules}) => {
      for (const [at, {name, type}] of before.columns.entries()) {
        const now = after.columns[at];

        expect(now?.name).toBe(name);
        expect(now?.type === type || rules.widens(type, now?.type ?? type)).toBe(true);
      }
    });
  });

  it('never has two columns of one name, whatever their case', () => {
    whatever(({after}) => {
      const names = [
        ...after.columns.map(({name}) => name),
        ...(after.unwritable ?? []),
      ].map((name) => name.toLowerCase());

      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => name.length > 255)).toEqual([]);
    });
  });

  it('never fills a column of the destination’s own from a member', () => {
    whatever(({wanted}) => {
      const filled = wanted.columns.filter(({member}) => member !== undefined);

      expect(filled.filter(({name}) => RESERVED_NAMES.has(name))).toEqual([]);
      expect(
        filled.filter(({name, member}) => name === member && isOwnName(name)),
      ).toEqual([]);
    });
  });

  it('does not depend on the order of members', () => {
    whatever(({schema: asked, before, rules, wanted}) => {
      const reversed = Object.fromEntries(Object.entries(asked).reverse());

      const again = evolution(askedFor(reversed), before, rules).wanted;

      expect(columnsByMember(again)).toEqual(columnsByMember(wanted));
    });
  });

  it('has nothing left to change when the same schema comes again', () => {
    whatever(({schema: asked, after, rules, wanted}) => {
      const again = evolution(askedFor(asked), after, rules);

      expect(again.changes).toEqual([]);
      expect(columnsByMember(again.wanted)).toEqual(columnsByMember(wanted));
      expect(
        evolution(askedFor(asked), after, {...rules, policy: 'refuse'}).changes,
      ).toEqual([]);
    });
  });

  it('changes no type under add_only, and names every change under refuse', () => {
    whatever(({schema: asked, before, rules}) => {
      const added = evolution(askedFor(asked), before, {...rules, policy: 'add_only'});
      const types = new Map(before.columns.map(({name, type}) => [name, type]));
      const changed = added.wanted.columns.filter(({name, type}) => {
        const stored = types.get(name);
        return (
          stored !== undefined &&
          stored !== type &&
          !(isTextual(stored) && isTextual(type))
        );
      });

      expect(changed).toEqual([]);
    });
  });
});

/** One step of a table's life. */
interface Step {
  readonly schema: Schema;
  readonly rules: EvolutionRules;
  readonly before: TableDefinition;
  readonly after: TableDefinition;
  readonly wanted: TableDefinition;
  /** By member, the type its values are stored as. */
  readonly types: ReadonlyMap<string, ColumnType>;
}

/** Looks at every step of many histories. */
function whatever(look: (step: Step) => void): void {
  fc.assert(
    fc.property(history, lake, (schemas, {widens, keepsMembers, unwritable}) => {
      const rules: EvolutionRules = {policy: 'apply', widens, isMerged: false};
      let before: TableDefinition = {...askedFor({}), unwritable};
      for (const each of schemas) {
        const {wanted} = evolution(askedFor(each), before, rules);
        const after = evolved(before, wanted, keepsMembers);
        const stored = new Map(after.columns.map(({name, type}) => [name, type]));
        const types = new Map(
          wanted.columns.flatMap(({member, name}) => {
            const type = stored.get(name);
            return member === undefined || type === undefined ? [] : [[member, type]];
          }),
        );
        look({schema: each, rules, before, after, wanted, types});
        before = after;
      }
    }),
    {seed: 1, numRuns: 300},
  );
}

/** What a lake makes of the table. */
function evolved(
  before: TableDefinition,
  wanted: TableDefinition,
  keepsMembers: boolean,
): TableDefinition {
  const kept = before.columns.map((column): Column => {
    const type = wanted.columns.find(({name}) => name === column.name)?.type;
    const isSame = type === undefined || (isTextual(type) && isTextual(column.type));
    return isSame ? column : {...column, type};
  });
  const names = new Set(kept.map(({name}) => name));
  const added = wanted.columns
    .filter(({name}) => !names.has(name))
    .map(({name, type, member}): Column => {
      const isImplied = !keepsMembers && member === name;
      return {name, type, member: isImplied ? undefined : member};
    });
  return {...before, columns: [...kept, ...added]};
}

function askedFor(types: Schema): TableDefinition {
  const names = nameColumns(Object.keys(types));
  const columns = Object.entries(types).map(([member, type]): Column => {
    return {name: names.get(member) ?? member, type, member};
  });
  return {
    name: {catalog: 'main', schema: 'pi', table: 't'},
    columns: [...AIRBYTE_COLUMNS, ...columns],
    key: [],
    cursor: undefined,
  };
}

function columnsByMember({columns}: TableDefinition): Readonly<Record<string, Column>> {
  return Object.fromEntries(
    columns.map((column) => [column.member ?? column.name, column]),
  );
}

function isTextual(type: ColumnType): boolean {
  return type === 'string' || type === 'json';
}
