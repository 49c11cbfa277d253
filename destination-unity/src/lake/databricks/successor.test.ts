import {engineAround, tableOf} from './engine.stand-in';
import {ScriptedWarehouse, type Answers} from './scripted-warehouse.stand-in';
import type {StoredTable} from './stored-table';
import {openSuccessor, settleSuccessor, successorPrefix, takeOver} from './successor';

const COLUMNS = [{name: 'id', sqlType: 'BIGINT', comment: ''}];
const STORED: StoredTable = {
  name: {catalog: 'main', schema: 'pi', table: 'tags'},
  columns: COLUMNS,
  properties: {},
};
const SUCCESSOR: StoredTable = {
  ...STORED,
  name: {...STORED.name, table: '_airbyte_tags_gen7'},
};

const NOTED: StoredTable = {
  ...STORED,
  properties: {
    'airbyte.successor': '{"table":"_airbyte_tags_gen7","clustering":["id"]}',
  },
};

describe('openSuccessor', () => {
  it('drops the successors of other generations and nothing else', async () => {
    const warehouse = new ScriptedWarehouse({
      'SHOW TABLES': [
        '_airbyte_tags_gen6',
        '_airbyte_tags_gen7',
        '_airbyte_tags_gen7_gen1',
        '_airbyte_tags_general',
      ].map((tableName) => ({tableName})),
      'DESCRIBE TABLE': [{col_name: 'id', data_type: 'bigint', comment: null}],
    });

    const {successor} = await openSuccessor(STORED, tableOf([]), {
      generation: 7,
      engine: engineAround(warehouse),
    });

    expect(successor.name.table).toBe('_airbyte_tags_gen7');
    expect(warehouse.asked.filter((sql) => sql.startsWith('DROP'))).toEqual([
      'DROP TABLE IF EXISTS `main`.`pi`.`_airbyte_tags_gen6`',
    ]);
  });

  it('remembers the clustering that an interrupted attempt knew', async () => {
    const warehouse = new ScriptedWarehouse({
      'DESCRIBE TABLE': [{col_name: 'id', data_type: 'bigint', comment: null}],
    });

    const {stored} = await openSuccessor(NOTED, tableOf([]), {
      generation: 8,
      engine: engineAround(warehouse),
    });

    expect(stored.properties).toEqual({
      'airbyte.successor': '{"table":"_airbyte_tags_gen8","clustering":["id"]}',
    });
  });

  it('has a name of its own for every table, however long that one is', () => {
    const long = 'a'.repeat(255);
    const other = `${'a'.repeat(254)}b`;

    expect(successorPrefix(long)).not.toBe(successorPrefix(other));
    expect(successorPrefix(long).length + 16).toBeLessThanOrEqual(255);
  });
});

describe('takeOver', () => {
  it('repairs the clustering that an overwrite has taken away, then drops', async () => {
    const warehouse = new ScriptedWarehouse(clusteredBy([]));

    const refreshed = await takeOver(
      {stored: NOTED, successor: SUCCESSOR},
      engineAround(warehouse),
      () => Promise.resolve(),
    );

    expect(warehouse.asked.slice(-3)).toEqual([
      'ALTER TABLE `main`.`pi`.`tags` CLUSTER BY (`id`)',
      'DROP TABLE IF EXISTS `main`.`pi`.`_airbyte_tags_gen7`',
      "ALTER TABLE `main`.`pi`.`tags` UNSET TBLPROPERTIES IF EXISTS ('airbyte.successor')",
    ]);
    expect(refreshed).toEqual(STORED);
  });

  it.each([[['id']], ['["id"]'], [['another']]])(
    'leaves a clustering alone that stands there (told as %j)',
    async (told) => {
      const warehouse = new ScriptedWarehouse(clusteredBy(told));
      const refresh = {stored: NOTED, successor: SUCCESSOR};

      await takeOver(refresh, engineAround(warehouse), () => Promise.resolve());

      expect(warehouse.asked.some((sql) => sql.includes('CLUSTER BY'))).toBe(false);
    },
  );

  it('drops nothing where the rows could not be taken over', async () => {
    const warehouse = new ScriptedWarehouse(clusteredBy([]));
    const refresh = {stored: NOTED, successor: SUCCESSOR};

    await expect(
      takeOver(refresh, engineAround(warehouse), () =>
        Promise.reject(new RangeError('refused')),
      ),
    ).rejects.toThrow('refused');

    expect(warehouse.asked.some((sql) => sql.startsWith('DROP'))).toBe(false);
  });
});

describe('settleSuccessor', () => {
  it('finishes what a crash interrupted behind the overwrite', async () => {
    const warehouse = new ScriptedWarehouse(clusteredBy([]));

    await settleSuccessor(NOTED, engineAround(warehouse));

    expect(warehouse.asked).toContain(
      'DROP TABLE IF EXISTS `main`.`pi`.`_airbyte_tags_gen7`',
    );
  });

  it('asks nothing of a table without a successor', async () => {
    const warehouse = new ScriptedWarehouse({});

    await settleSuccessor(STORED, engineAround(warehouse));

    expect(warehouse.asked).toEqual([]);
  });
});

function clusteredBy(clusteringColumns: unknown): Answers {
  return {'DESCRIBE DETAIL': [{clusteringColumns}]};
}
