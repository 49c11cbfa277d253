import {AIRBYTE_COLUMNS, nanosColumn} from './airbyte-columns';
import {fillingOf, inStoredNames} from './evolution';
import type {Column, TableDefinition} from './table-definition';

describe('inStoredNames', () => {
  it('keeps the column a member has, also as key and cursor', () => {
    const stored = table([{name: 'Tag_Name', type: 'string', member: 'Tag Name'}]);
    const wanted = {
      ...table([{name: 'Tag_Name_12345678', type: 'string', member: 'Tag Name'}]),
      key: ['Tag_Name_12345678'],
      cursor: 'Tag_Name_12345678',
    };

    const {columns, key, cursor} = inStoredNames(wanted, stored);

    expect(columns.at(-1)?.name).toBe('Tag_Name');
    expect(key).toEqual(['Tag_Name']);
    expect(cursor).toBe('Tag_Name');
  });

  it('takes a column of unknown origin, whatever its case', () => {
    const stored = table([{name: 'VALUE', type: 'double', member: undefined}]);
    const wanted = table([{name: 'value', type: 'double', member: 'value'}]);

    expect(inStoredNames(wanted, stored).columns.at(-1)?.name).toBe('VALUE');
  });

  it('has nanoseconds in the key where the table keeps them', () => {
    const at: Column = {name: 'at', type: 'timestamp', member: 'at'};
    const wanted = {...table([at]), key: ['at']};

    expect(inStoredNames(wanted, table([at, nanosColumn('at')])).key).toEqual([
      'at',
      '_nanos_of_at',
    ]);
    expect(inStoredNames(wanted, table([at])).key).toEqual(['at']);
  });

  it('gives a newcomer another name than the column it collides with', () => {
    const stored = table([{name: 'value', type: 'double', member: 'value'}]);
    const wanted = table([{name: 'Value', type: 'double', member: 'Value'}]);

    expect(inStoredNames(wanted, stored).columns.at(-1)?.name).toMatch(/^Value_.{8}$/);
  });
});

describe('fillingOf', () => {
  it('has the columns of the table in its order, filled by the members of the stream', () => {
    const stored = table([
      {name: 'gone', type: 'string', member: 'gone'},
      {name: 'a', type: 'bigint', member: 'a'},
    ]);
    const wanted = table([{name: 'a', type: 'bigint', member: 'a'}]);

    expect(fillingOf(stored, wanted)).toEqual([
      ...AIRBYTE_COLUMNS,
      {name: 'gone', type: 'string', member: undefined},
      {name: 'a', type: 'bigint', member: 'a'},
    ]);
  });

  it('keeps the stored type where the stream wants another', () => {
    const stored = table([{name: 'a', type: 'string', member: 'a'}]);
    const wanted = table([{name: 'a', type: 'bigint', member: 'a'}]);

    expect(fillingOf(stored, wanted).at(-1)?.type).toBe('string');
  });

  it('lets the stream say whether text is JSON', () => {
    const stored = table([{name: 'a', type: 'string', member: 'a'}]);
    const wanted = table([{name: 'a', type: 'json', member: 'a'}]);

    expect(fillingOf(stored, wanted).at(-1)?.type).toBe('json');
  });
});

function table(columns: readonly Column[]): TableDefinition {
  return {
    name: {catalog: 'main', schema: 'pi', table: 't'},
    columns: [...AIRBYTE_COLUMNS, ...columns],
    key: [],
    cursor: undefined,
  };
}
