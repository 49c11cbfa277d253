import type {Column} from '../../table/table-definition';
import {tableOf} from './engine.stand-in';
import {ScriptedWarehouse} from './scripted-warehouse.stand-in';
import {ownProperties, readTable, storedDefinition} from './stored-table';

const NAME = {catalog: 'main', schema: 'pi', table: 'tags'};

describe('readTable', () => {
  it('takes the columns, and nothing of what the warehouse tells behind them', async () => {
    const warehouse = new ScriptedWarehouse({
      'DESCRIBE TABLE': [
        {col_name: 'id', data_type: 'bigint', comment: null},
        {col_name: 'Name', data_type: 'string', comment: 'of the tag'},
        {col_name: '# Clustering Information', data_type: '', comment: ''},
        {col_name: '# col_name', data_type: 'data_type', comment: 'comment'},
        {col_name: 'id', data_type: 'bigint', comment: null},
      ],
      'SHOW TBLPROPERTIES': [{key: 'airbyte.origin', value: '[null,"tags"]'}],
    });

    expect(await readTable(warehouse, NAME)).toEqual({
      name: NAME,
      columns: [
        {name: 'id', sqlType: 'BIGINT', comment: ''},
        {name: 'Name', sqlType: 'STRING', comment: 'of the tag'},
      ],
      properties: {'airbyte.origin': '[null,"tags"]'},
    });
  });

  it.each(['TABLE_OR_VIEW_NOT_FOUND', 'SCHEMA_NOT_FOUND'])(
    'takes %s for a table that is absent',
    async (refused) => {
      const warehouse = new ScriptedWarehouse({'DESCRIBE TABLE': {refused}});

      expect(await readTable(warehouse, NAME)).toBeUndefined();
    },
  );
});

describe('storedDefinition', () => {
  it('knows members and JSON of the columns that were made', () => {
    const columns: readonly Column[] = [
      {name: 'a_b', type: 'double', member: 'a b'},
      {name: 'json', type: 'json', member: 'json'},
      {name: 'text', type: 'string', member: 'text'},
    ];
    const properties = ownProperties(tableOf(columns, {origin: '[null,"tags"]'}));

    const {columns: told, origin} = storedDefinition(
      {
        name: NAME,
        columns: [
          {name: 'a_b', sqlType: 'DOUBLE', comment: ''},
          {name: 'json', sqlType: 'STRING', comment: ''},
          {name: 'text', sqlType: 'STRING', comment: 'says'},
        ],
        properties,
      },
      tableOf([]),
    );

    expect(origin).toBe('[null,"tags"]');
    expect(told).toEqual([
      {name: 'a_b', type: 'double', member: 'a b'},
      {name: 'json', type: 'json'},
      {name: 'text', type: 'string', comment: 'says'},
    ]);
  });

  it('names the columns of types that are never written', () => {
    const sqlTypes = [
      'ARRAY<INT>',
      'DECIMAL(38,18)',
      'INT',
      'DECIMAL(10,2)',
      'VARIANT',
    ];
    const stored = {
      name: NAME,
      columns: sqlTypes.map((sqlType, i) => ({name: `c${i}`, sqlType, comment: ''})),
      properties: {},
    };

    const {columns, unwritable} = storedDefinition(stored, tableOf([]));

    expect(unwritable).toEqual(['c0', 'c1']);
    expect(columns.map(({type}) => type)).toEqual(['bigint', 'decimal', 'json']);
  });
});
