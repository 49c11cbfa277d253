import type {Column} from '../../table/table-definition';
import {engineAround, tableOf} from './engine.stand-in';
import {allowNullKeys, describeNewTable, isNullRefused} from './governance';
import {ScriptedWarehouse} from './scripted-warehouse.stand-in';
import {ownProperties, type StoredTable} from './stored-table';

const ID: Column = {name: 'id', type: 'bigint', member: 'id', isRequired: true};
const SITE: Column = {name: 'site', type: 'string', member: 'site', isRequired: true};
const KEYED = tableOf([ID, SITE], {key: ['id', 'site'], origin: '["plant","tags"]'});

describe('describeNewTable', () => {
  it('tells where the rows come from and what their key is', async () => {
    const warehouse = new ScriptedWarehouse({});

    await describeNewTable(KEYED, engineAround(warehouse));

    expect(warehouse.asked).toEqual([
      "ALTER TABLE `main`.`pi`.`tags` SET TAGS ('airbyte_namespace' = 'plant', 'airbyte_stream' = 'tags')",
      'ALTER TABLE `main`.`pi`.`tags` ADD CONSTRAINT `tags_pk` PRIMARY KEY (`id`, `site`)',
    ]);
  });

  it('tells no key that may have NULLs', async () => {
    const warehouse = new ScriptedWarehouse({});
    const table = tableOf([ID, {...SITE, isRequired: false}], {key: ['id', 'site']});

    await describeNewTable(table, engineAround(warehouse));

    expect(warehouse.asked.some((sql) => sql.includes('PRIMARY KEY'))).toBe(false);
  });

  it('leaves out what the warehouse does not offer', async () => {
    const warehouse = new ScriptedWarehouse({ALTER: {refused: 'PARSE_SYNTAX_ERROR'}});

    await expect(
      describeNewTable(KEYED, engineAround(warehouse)),
    ).resolves.toBeUndefined();
  });
});

describe('allowNullKeys', () => {
  it('takes the constraint and the columns’ rule back, and says so', async () => {
    const warehouse = new ScriptedWarehouse({ALTER: []});
    const engine = engineAround(warehouse);

    const stored = await allowNullKeys(made(), engine);

    expect(warehouse.asked.map((sql) => sql.replace(/^ALTER TABLE \S+ /, ''))).toEqual([
      'DROP PRIMARY KEY IF EXISTS CASCADE',
      'ALTER COLUMN `id` DROP NOT NULL',
      'ALTER COLUMN `site` DROP NOT NULL',
      "UNSET TBLPROPERTIES IF EXISTS ('airbyte.requiredKey')",
    ]);
    expect(engine.said).toHaveLength(1);
    expect(await allowNullKeys(stored, engine)).toBe(stored);
    expect(warehouse.asked).toHaveLength(4);
  });
});

describe('isNullRefused', () => {
  it.each([
    ['DELTA_NOT_NULL_CONSTRAINT_VIOLATED', '23502', true],
    ['TASK_WRITE_FAILED', '58030', true],
    ['CAST_INVALID_INPUT', '22018', false],
  ])('takes %s for what it may be', (errorClass, sqlState, isNull) => {
    expect(isNullRefused({errorClass, sqlState, message: ''})).toBe(isNull);
  });
});

function made(): StoredTable {
  return {
    name: KEYED.name,
    columns: KEYED.columns.map(({name}) => ({name, sqlType: 'STRING', comment: ''})),
    properties: ownProperties(KEYED),
  };
}
