import fs from 'node:fs';
import path from 'node:path';

import {writeParquet} from './duck';
import {Lake} from './lake';

/** The statements of the destination, as its golden files hold them. */
const GOLDEN = path.join(__dirname, '../../../spec/destination-unity/sql');

/** In the order of a table's life; each needs what those before it have made. */
const RUN = [
  'create-schema',
  'describe-schema',
  'create-volume',
  'put-file',
  'list-files',
  'create-table',
  'create-table-smallest',
  'show-tables',
  'describe-table',
  'describe-detail',
  'show-properties',
  'set-properties',
  'add-columns',
  'allow-nulls',
  'comment-column',
  'change-type',
  'cluster-by-none',
  'cluster-by',
  'copy-into',
  'merge-into',
  'merge-into-with-deletions',
  'stored-generations',
  'overwrite',
  'optimize-table',
  'unset-property',
  'drop-table',
  'remove-file',
];

/** What only Unity Catalog has. The destination does without it where it is refused. */
const REFUSED: Readonly<Record<string, string>> = {
  'set-tags': '42601',
  'add-primary-key': '0A000',
  'drop-primary-key': '42601',
};

describe('the golden statements on Spark', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open('golden');
  });

  afterAll(async () => {
    await lake.run('DROP SCHEMA IF EXISTS main.pi CASCADE');
    await lake.close();
  });

  it('are all tried here', () => {
    const files = fs.readdirSync(GOLDEN).map((file) => path.basename(file, '.sql'));

    expect(new Set([...RUN, ...Object.keys(REFUSED)])).toEqual(new Set(files));
  });

  it('are carried out as they stand', async () => {
    for (const name of RUN) {
      await before(lake, name);
      await lake.run(golden(name), {stagingAllowedLocalPath: path.dirname(SENT)});
    }
    fs.rmSync(SENT);

    expect(await lake.run('SHOW TABLES IN main.pi')).toMatchObject([
      {tableName: 'timeseries'},
    ]);
  });

  it.each(Object.entries(REFUSED))(
    'are refused where Spark has none: %s',
    async (name, state) => {
      expect((await lake.refusal(golden(name))).sqlState).toBe(state);
    },
  );
});

function golden(name: string): string {
  return fs.readFileSync(path.join(GOLDEN, `${name}.sql`), 'utf8');
}

/** The file that the golden `PUT` sends. */
const SENT = "/tmp/it's.parquet";

/** Columns that the loads name and the table of the golden file has not. */
const MORE_COLUMNS =
  '(`_airbyte_extracted_at` TIMESTAMP, `_airbyte_meta` STRING, `_airbyte_generation_id` BIGINT, ' +
  '`value` DOUBLE, `attributes` VARIANT, `_ab_cdc_deleted_at` TIMESTAMP)';

/** The golden files are examples, not one story: what lies between them. */
async function before(lake: Lake, name: string): Promise<void> {
  if (name === 'put-file') fs.writeFileSync(SENT, 'of no matter');
  if (name === 'copy-into') await stageFilesOf(lake);
  if (name === 'comment-column') {
    await lake.run(
      "ALTER TABLE main.pi.timeseries SET TBLPROPERTIES ('delta.feature.variantType' = 'supported')",
    );
    await lake.run(`ALTER TABLE main.pi.timeseries ADD COLUMNS ${MORE_COLUMNS}`);
  }
  if (name === 'overwrite') {
    await lake.run('DROP TABLE main.pi._airbyte_timeseries_gen7');
    await lake.run(
      'CREATE TABLE main.pi._airbyte_timeseries_gen7 AS SELECT * FROM main.pi.timeseries',
    );
  }
}

const LOADS = golden('copy-into') + golden('merge-into');

/** Puts a small file under every name that the statements load. */
async function stageFilesOf(lake: Lake): Promise<void> {
  for (const name of new Set(LOADS.match(/airbyte-[\w-]+\.parquet/g))) {
    const file = path.join(lake.localFolder, name);
    await writeParquet(
      `SELECT '${name}' AS _airbyte_raw_id, TIMESTAMPTZ '2026-03-01 07:00:00+00' AS _airbyte_extracted_at, ` +
        `'{}' AS _airbyte_meta, 7::BIGINT AS _airbyte_generation_id, '${name}' AS tag_webid, ` +
        `TIMESTAMPTZ '2026-03-01 06:30:00+00' AS "timestamp", 1.5::DOUBLE AS value, ` +
        `'{"a":1}' AS attributes, NULL::TIMESTAMPTZ AS _ab_cdc_deleted_at`,
      file,
    );
    await lake.run(
      `PUT '${file}' INTO '/Volumes/main/pi/_airbyte_staging/${name}' OVERWRITE`,
    );
  }
}
