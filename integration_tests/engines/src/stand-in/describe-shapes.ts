import {type Answer, textAnswer} from '../wire/answers/answer';
import {quoted} from './sql-expression';
import {type Shape, shape} from './statement';
import {type StandInTable, tableOf} from './tables';

/** Statements that tell what stands there. */
export const DESCRIBE_SHAPES: readonly Shape[] = [
  shape('DESCRIBE SCHEMA', (reader, {tables}) => {
    const names = reader.names();
    reader.end();
    tables.schema(names);
    const rows = [
      ['Catalog Name', names[0] ?? ''],
      ['Namespace Name', names[1] ?? ''],
      ['Comment', ''],
    ];
    return textAnswer(
      ['database_description_item', 'database_description_value'],
      rows,
    );
  }),
  shape('DESCRIBE TABLE', (reader, {tables}) => {
    const table = tables.get(reader.names());
    reader.end();
    return columnsAnswer(table);
  }),
  shape('DESCRIBE DETAIL', (reader, {tables}) => {
    const table = tables.get(reader.names());
    reader.end();
    return detailAnswer(table);
  }),
  shape('SHOW TBLPROPERTIES', (reader, {tables}) => {
    const {properties} = tables.get(reader.names());
    reader.end();
    return textAnswer(['key', 'value'], [...properties]);
  }),
  shape('SHOW TABLES IN', (reader, {tables}) => {
    const all = [...tables.schema(reader.names()).values()];
    reader.expect('LIKE');
    const pattern = likePattern(reader.text());
    reader.end();
    const rows = all
      .filter(({name}) => pattern.test(name))
      .map(({schema, name}) => [schema, name, false]);
    return {
      columns: [
        {name: 'database', type: 'string'},
        {name: 'tableName', type: 'string'},
        {name: 'isTemporary', type: 'boolean'},
      ],
      rows,
    };
  }),
  shape('SELECT CAST ( MIN ( COALESCE (', async (reader, {tables, engine}) => {
    const generation = quoted(reader.name());
    reader.expect(', 0 ) ) AS STRING ) AS least , CAST ( MAX ( COALESCE (');
    reader.name();
    reader.expect(', 0 ) ) AS STRING ) AS greatest FROM');
    const table = tables.get(reader.names());
    reader.end();
    const both = ['min', 'max'].map(
      (of) => `${of}(coalesce(${generation}, 0))::VARCHAR`,
    );
    const rows = await engine.inTurn((query) =>
      query(`SELECT ${both.join(', ')} FROM ${tableOf(table)}`),
    );
    return textAnswer(['least', 'greatest'], rows as Answer['rows']);
  }),
];

/** As Spark reads the patterns of SHOW: `*` is anything, `|` stands between choices. */
function likePattern(text: string): RegExp {
  const choices = text
    .split('|')
    .map((choice) => choice.trim().replaceAll(/[.+?^${}()[\]\\]/g, '\\$&'))
    .map((choice) => choice.replaceAll('*', '.*'));
  return new RegExp(`^(?:${choices.join('|')})$`, 'i');
}

/** The columns, and behind them what the table is clustered by. */
function columnsAnswer({columns, clustering}: StandInTable): Answer {
  const clustered =
    clustering.length === 0
      ? []
      : [
          ['# Clustering Information', '', ''],
          ['# col_name', 'data_type', 'comment'],
          ...clustering.map((name) => [
            name,
            columns.find((column) => column.name === name)?.type ?? '',
            null,
          ]),
        ];
  const rows = columns.map(({name, type, comment}) => [name, type, comment ?? null]);
  return textAnswer(['col_name', 'data_type', 'comment'], [...rows, ...clustered]);
}

function detailAnswer(table: StandInTable): Answer {
  return {
    columns: [
      {name: 'format', type: 'string'},
      {name: 'name', type: 'string'},
      {name: 'description', type: 'string'},
      {name: 'partitionColumns', type: 'array'},
      {name: 'clusteringColumns', type: 'array'},
      {name: 'properties', type: 'map'},
    ],
    rows: [
      [
        'delta',
        table.fullName,
        table.comment ?? null,
        '[]',
        JSON.stringify(table.clustering),
        JSON.stringify(Object.fromEntries(table.properties)),
      ],
    ],
  };
}
