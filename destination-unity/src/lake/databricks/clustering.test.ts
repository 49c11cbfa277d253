import type {ColumnType, TableDefinition} from '../../table/table-definition';
import {clusteringColumns} from './clustering';
import type {Clustering} from './settings';

const AUTO: Clustering = {kind: 'auto'};

describe('clusteringColumns', () => {
  it('takes the key up to its first time', () => {
    const table = tableOf(
      {tag: 'string', timestamp: 'timestamp', sequence: 'bigint'},
      {key: ['tag', 'timestamp', 'sequence']},
    );

    expect(clusteringColumns(table, AUTO)).toEqual(['tag', 'timestamp']);
  });

  it('takes four columns of a long key, and none that have no order', () => {
    const table = tableOf(
      {a: 'string', b: 'boolean', c: 'json', d: 'bigint', e: 'date', f: 'string'},
      {key: ['a', 'b', 'c', 'd', 'f']},
    );

    expect(clusteringColumns(table, AUTO)).toEqual(['a', 'd', 'f']);
  });

  it('takes the cursor, or the time of extraction, where there is no key', () => {
    const table = tableOf({id: 'bigint', changed: 'timestamp'}, {});

    expect(clusteringColumns({...table, cursor: 'changed'}, AUTO)).toEqual(['changed']);
    expect(clusteringColumns(table, AUTO)).toEqual(['_airbyte_extracted_at']);
  });

  it('takes the columns it is told, as far as the table has them', () => {
    const table = tableOf({Tag: 'string', value: 'double'}, {});
    const clustering: Clustering = {kind: 'columns', columns: ['tag', 'site']};

    expect(clusteringColumns(table, clustering)).toEqual(['Tag']);
  });

  it('takes none when told so', () => {
    const table = tableOf({id: 'bigint'}, {key: ['id']});

    expect(clusteringColumns(table, {kind: 'none'})).toEqual([]);
  });
});

function tableOf(
  columns: Readonly<Record<string, ColumnType>>,
  {key = []}: {key?: readonly string[]},
): TableDefinition {
  return {
    name: {catalog: 'main', schema: 's', table: 't'},
    columns: Object.entries(columns).map(([name, type]) => ({
      name,
      type,
      member: name,
    })),
    key,
    cursor: undefined,
  };
}
