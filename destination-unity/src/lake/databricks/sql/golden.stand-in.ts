import type {TableName} from '../../../table/table-definition';
import {
  addColumns,
  addPrimaryKey,
  allowNulls,
  changeType,
  clusterBy,
  commentColumn,
  dropPrimaryKey,
  setProperties,
  setTags,
  unsetProperty,
} from './alter-statements';
import {copyInto, overwrite, storedGenerations} from './load-statements';
import {mergeInto} from './merge-statement';
import {
  createSchema,
  createTable,
  describeDetail,
  describeSchema,
  describeTable,
  dropTable,
  optimizeTable,
  showProperties,
  showTables,
} from './table-statements';
import {createVolume, listFiles, putFile, removeFile} from './volume-statements';

const TABLE: TableName = {catalog: 'main', schema: 'pi', table: 'timeseries'};
const SUCCESSOR: TableName = {...TABLE, table: '_airbyte_timeseries_gen7'};
const FOLDER = '/Volumes/main/pi/_airbyte_staging/';

const COLUMNS = [
  {name: '_airbyte_raw_id', sqlType: 'STRING'},
  {name: '_airbyte_extracted_at', sqlType: 'TIMESTAMP'},
  {name: '_airbyte_meta', sqlType: 'STRING'},
  {name: '_airbyte_generation_id', sqlType: 'BIGINT'},
  {name: 'tag_webid', sqlType: 'STRING'},
  {name: 'timestamp', sqlType: 'TIMESTAMP'},
  {name: 'value', sqlType: 'DOUBLE'},
  {name: 'attributes', sqlType: 'VARIANT'},
];

const MERGE = {
  table: TABLE,
  columns: COLUMNS,
  file: `${FOLDER}airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-3.parquet`,
  key: ['tag_webid', 'timestamp'],
  bounds: [
    {
      column: 'timestamp',
      least: "TIMESTAMP '2026-03-01 06:00:00+00:00'",
      greatest: "TIMESTAMP '2026-03-02 05:59:59.999999+00:00'",
      hasNulls: false,
    },
  ],
  standing: ['value', 'timestamp', '_airbyte_extracted_at'],
  deletion: undefined,
};

/** One of each statement, by the name of the file under `spec/` that keeps its text. */
export const GOLDEN_STATEMENTS: Readonly<Record<string, string>> = {
  'add-columns': addColumns(TABLE, [
    {name: 'units', sqlType: 'STRING', comment: "The point's engineering units."},
    {name: 'sequence', sqlType: 'BIGINT'},
  ]),
  'add-primary-key': addPrimaryKey(TABLE, ['tag_webid', 'timestamp']),
  'allow-nulls': allowNulls(TABLE, 'tag_webid'),
  'change-type': changeType(TABLE, 'sequence', 'DECIMAL(38,9)'),
  'cluster-by': clusterBy(TABLE, ['tag_webid', 'timestamp']),
  'cluster-by-none': clusterBy(TABLE, []),
  'comment-column': commentColumn(TABLE, 'value', 'Flow of the line. Unit: m3/h.'),
  'copy-into': copyInto({
    table: TABLE,
    columns: COLUMNS,
    folder: FOLDER,
    files: [
      'airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-1.parquet',
      'airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-2.parquet',
    ],
  }),
  'create-schema': createSchema('main', 'pi'),
  'create-table': createTable({
    name: TABLE,
    columns: [
      {name: '_airbyte_raw_id', sqlType: 'STRING'},
      {name: 'tag_webid', sqlType: 'STRING', isRequired: true, comment: 'WebID.'},
      {name: 'timestamp', sqlType: 'TIMESTAMP', isRequired: true},
      {name: 'odd_7e3a9c01', sqlType: 'DOUBLE'},
    ],
    clusterBy: ['tag_webid', 'timestamp'],
    comment: 'Stream timeseries, loaded by Airbyte.',
    properties: {
      'airbyte.origin': '[null,"timeseries"]',
      'airbyte.member.odd_7e3a9c01': 'odd`s ${name}\n',
    },
  }),
  'create-volume': createVolume(
    {catalog: 'main', schema: 'pi', volume: '_airbyte_staging'},
    'Files on their way into tables.',
  ),
  'create-table-smallest': createTable({
    name: SUCCESSOR,
    columns: [{name: '_airbyte_raw_id', sqlType: 'STRING'}],
    clusterBy: [],
    properties: {},
  }),
  'describe-detail': describeDetail(TABLE),
  'describe-schema': describeSchema('main', 'pi'),
  'describe-table': describeTable(TABLE),
  'drop-primary-key': dropPrimaryKey(TABLE),
  'drop-table': dropTable(SUCCESSOR),
  'list-files': listFiles(FOLDER),
  'merge-into': mergeInto(MERGE),
  'merge-into-with-deletions': mergeInto({
    ...MERGE,
    columns: [...COLUMNS, {name: '_ab_cdc_deleted_at', sqlType: 'TIMESTAMP'}],
    bounds: MERGE.bounds.map((bound) => ({...bound, hasNulls: true})),
    deletion: '_ab_cdc_deleted_at',
  }),
  'optimize-table': optimizeTable(TABLE),
  overwrite: overwrite(TABLE, SUCCESSOR, COLUMNS),
  'put-file': putFile(
    "/tmp/it's.parquet",
    `${FOLDER}airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-1.parquet`,
  ),
  'remove-file': removeFile(`${FOLDER}airbyte-mf1z0k8w-1f0c3a52-9d4e11aa-1.parquet`),
  'set-properties': setProperties(TABLE, {'delta.enableTypeWidening': 'true'}),
  'set-tags': setTags(TABLE, {airbyte_stream: 'timeseries'}),
  'show-properties': showProperties(TABLE),
  'show-tables': showTables('main', 'pi', '_airbyte_timeseries_gen'),
  'unset-property': unsetProperty(TABLE, 'airbyte.successor'),
  'stored-generations': storedGenerations(TABLE),
};
