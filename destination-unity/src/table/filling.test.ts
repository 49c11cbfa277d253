import {AIRBYTE_COLUMNS} from './airbyte-columns';
import {fillingOf} from './filling';
import type {Column, TableDefinition} from './table-definition';

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
