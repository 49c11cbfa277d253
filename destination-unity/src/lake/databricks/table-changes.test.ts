import type {Column} from '../../table/table-definition';
import {engineAround, tableOf} from './engine.stand-in';
import {ScriptedWarehouse, type Answers} from './scripted-warehouse.stand-in';
import type {StoredTable} from './stored-table';
import {evolveTable, openOrCreate} from './table-changes';

const ID: Column = {name: 'id', type: 'bigint', member: 'id'};
const ODD: Column = {name: 'a_b', type: 'timestamp_ntz', member: 'a b'};
const STORED: StoredTable = {
  name: {catalog: 'main', schema: 'pi', table: 'tags'},
  columns: [
    {name: 'id', sqlType: 'BIGINT', comment: ''},
    {name: 'Day', sqlType: 'DATE', comment: 'of the week'},
    {name: 'n', sqlType: 'INT', comment: ''},
  ],
  properties: {},
};

describe('openOrCreate', () => {
  it('asks for no right to make schemas where the schema stands', async () => {
    const warehouse = absentAtFirst();

    const {isNew} = await openOrCreate(tableOf([ID]), engineAround(warehouse));

    expect(isNew).toBe(true);
    expect(warehouse.asked.map(verb)).toEqual([
      'DESCRIBE TABLE',
      'DESCRIBE SCHEMA',
      'CREATE TABLE',
      'DESCRIBE TABLE',
      'SHOW TBLPROPERTIES',
    ]);
  });

  it('makes a schema that is missing', async () => {
    const warehouse = absentAtFirst({'DESCRIBE SCHEMA': {refused: 'SCHEMA_NOT_FOUND'}});

    await openOrCreate(tableOf([ID]), engineAround(warehouse));

    expect(warehouse.asked.map(verb)).toContain('CREATE SCHEMA');
  });

  it('takes the schema that another writer has made meanwhile', async () => {
    const warehouse = absentAtFirst({
      'DESCRIBE SCHEMA': {refused: 'SCHEMA_NOT_FOUND'},
      'CREATE SCHEMA': {refused: 'SCHEMA_ALREADY_EXISTS'},
    });
    const attempt = warehouse.attempt.bind(warehouse);
    warehouse.attempt = (sql) => {
      if (sql.startsWith('CREATE SCHEMA')) {
        warehouse.answers = {...warehouse.answers, 'DESCRIBE SCHEMA': []};
      }
      return attempt(sql);
    };

    const {isNew} = await openOrCreate(tableOf([ID]), engineAround(warehouse));

    expect(isNew).toBe(true);
  });

  it('takes the table that another writer has made meanwhile', async () => {
    const warehouse = absentAtFirst({'CREATE TABLE': {refused: 'TABLE_EXISTS'}});

    const {isNew} = await openOrCreate(tableOf([ID]), engineAround(warehouse));

    expect(isNew).toBe(false);
  });

  it('rejects where a table can be neither made nor seen', async () => {
    const warehouse = new ScriptedWarehouse({
      'DESCRIBE TABLE': {refused: 'TABLE_OR_VIEW_NOT_FOUND'},
      'CREATE TABLE': {refused: 'INSUFFICIENT_PERMISSIONS'},
    });

    await expect(openOrCreate(tableOf([ID]), engineAround(warehouse))).rejects.toThrow(
      'INSUFFICIENT_PERMISSIONS',
    );
  });

  it('rejects where a table is there and may not be seen', async () => {
    const warehouse = new ScriptedWarehouse({
      'DESCRIBE TABLE': {refused: 'INSUFFICIENT_PERMISSIONS'},
    });

    await expect(openOrCreate(tableOf([ID]), engineAround(warehouse))).rejects.toThrow(
      'INSUFFICIENT_PERMISSIONS',
    );
  });
});

describe('evolveTable', () => {
  it('asks nothing where the table is as it is wanted', async () => {
    const warehouse = new ScriptedWarehouse({});

    await evolveTable(STORED, tableOf([ID]), engineAround(warehouse));

    expect(warehouse.asked).toEqual([]);
  });

  it('adds columns with their features and the members that fill them', async () => {
    const warehouse = new ScriptedWarehouse({});

    await evolveTable(STORED, tableOf([ID, ODD]), engineAround(warehouse));

    expect(warehouse.asked.slice(0, 2)).toEqual([
      'ALTER TABLE `main`.`pi`.`tags` SET TBLPROPERTIES ' +
        "('delta.feature.timestampNtz' = 'supported', 'airbyte.member.a_b' = 'a b')",
      'ALTER TABLE `main`.`pi`.`tags` ADD COLUMNS (',
    ]);
  });

  it('takes the constraint of a key back that grows', async () => {
    const warehouse = new ScriptedWarehouse({});

    await evolveTable(
      STORED,
      tableOf([ID, ODD], {key: ['id', 'a_b']}),
      engineAround(warehouse),
    );

    expect(warehouse.asked).toContain(
      'ALTER TABLE `main`.`pi`.`tags` DROP PRIMARY KEY IF EXISTS CASCADE',
    );
  });

  it('widens by the description alone, and columns of narrow types too', async () => {
    const warehouse = new ScriptedWarehouse({});
    const wanted = tableOf([
      {name: 'day', type: 'timestamp_ntz', member: 'day'},
      {name: 'n', type: 'bigint', member: 'n'},
    ]);

    await evolveTable(STORED, wanted, engineAround(warehouse));

    expect(warehouse.asked.slice(0, 3)).toEqual([
      'ALTER TABLE `main`.`pi`.`tags` SET TBLPROPERTIES ' +
        "('delta.enableTypeWidening' = 'true', 'delta.feature.timestampNtz' = 'supported')",
      'ALTER TABLE `main`.`pi`.`tags` ALTER COLUMN `Day` TYPE TIMESTAMP_NTZ',
      'ALTER TABLE `main`.`pi`.`tags` ALTER COLUMN `n` TYPE BIGINT',
    ]);
  });

  it('brings comments up to date, and leaves those that nothing is said of', async () => {
    const warehouse = new ScriptedWarehouse({});
    const wanted = tableOf([
      {...ID, comment: 'of the tag'},
      {name: 'Day', type: 'date', member: 'Day', comment: 'of the week'},
      {name: 'n', type: 'bigint', member: 'n'},
    ]);
    const stored = {
      ...STORED,
      columns: STORED.columns.map((column) =>
        column.name === 'n' ? {...column, sqlType: 'BIGINT', comment: 'x'} : column,
      ),
    };

    await evolveTable(stored, wanted, engineAround(warehouse));

    expect(warehouse.asked.filter((sql) => sql.startsWith('ALTER'))).toEqual([
      "ALTER TABLE `main`.`pi`.`tags` ALTER COLUMN `id` COMMENT 'of the tag'",
    ]);
  });

  it('takes a column for added that a lost attempt has added', async () => {
    const warehouse = new ScriptedWarehouse({
      'ALTER TABLE `main`.`pi`.`tags` ADD COLUMNS': {refused: 'FIELD_ALREADY_EXISTS'},
      'DESCRIBE TABLE': [
        {col_name: 'id', data_type: 'bigint', comment: null},
        {col_name: 'A_B', data_type: 'timestamp_ntz', comment: null},
        {col_name: '', data_type: '', comment: ''},
        {col_name: '# Clustering Information', data_type: '', comment: ''},
      ],
    });

    const stored = await evolveTable(
      STORED,
      tableOf([ID, ODD]),
      engineAround(warehouse),
    );

    expect(stored.columns.map(({name}) => name)).toEqual(['id', 'A_B']);
  });

  it('rejects where columns cannot be added', async () => {
    const warehouse = new ScriptedWarehouse({
      'ALTER TABLE `main`.`pi`.`tags` ADD COLUMNS': {
        refused: 'INSUFFICIENT_PERMISSIONS',
      },
      'DESCRIBE TABLE': [{col_name: 'id', data_type: 'bigint', comment: null}],
    });

    await expect(
      evolveTable(STORED, tableOf([ID, ODD]), engineAround(warehouse)),
    ).rejects.toThrow('INSUFFICIENT_PERMISSIONS');
  });
});

/** The table is not there until it was made. */
function absentAtFirst(more: Answers = {}): ScriptedWarehouse {
  const warehouse = new ScriptedWarehouse({
    'DESCRIBE TABLE': {refused: 'TABLE_OR_VIEW_NOT_FOUND'},
    ...more,
  });
  const attempt = warehouse.attempt.bind(warehouse);
  warehouse.attempt = (sql) => {
    if (sql.startsWith('CREATE TABLE')) {
      warehouse.answers = {
        ...more,
        'DESCRIBE TABLE': [{col_name: 'id', data_type: 'bigint', comment: null}],
      };
    }
    return attempt(sql);
  };
  return warehouse;
}

function verb(sql: string): string {
  return sql.split(' ', 2).join(' ');
}
