import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import type {Answer} from '../wire';
import {Storage} from '../wire';
import {Engine} from './engine';
import {runStatement} from './shapes';
import type {StandInParts} from './statement';
import {Tables} from './tables';

const GOLDEN = path.join(__dirname, '../../../../spec/destination-unity/sql');
const TIMESERIES =
  'CREATE TABLE IF NOT EXISTS `main`.`pi`.`timeseries` (`_airbyte_raw_id` STRING, ' +
  '`_airbyte_extracted_at` TIMESTAMP, `_airbyte_meta` STRING, ' +
  '`_airbyte_generation_id` BIGINT, `tag_webid` STRING NOT NULL, ' +
  '`timestamp` TIMESTAMP NOT NULL, `sequence` BIGINT, `value` DOUBLE, ' +
  '`attributes` VARIANT, `_ab_cdc_deleted_at` TIMESTAMP) USING DELTA ' +
  "TBLPROPERTIES ('delta.enableTypeWidening' = 'true')";
const STAGED = '/Volumes/main/pi/_airbyte_staging/';

let folder: string;
let parts: StandInParts;
let begun: () => Promise<void>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'stand-in-'));
  begun = () => Promise.resolve();
  const {volumes} = new Storage(folder);
  volumes.create(['main', 'pi', '_airbyte_staging'], true);
  parts = {
    engine: await Engine.open(),
    tables: new Tables(),
    volumes,
    beforeCommit: () => begun(),
    onCommit: () => Promise.resolve(),
  };
  await run('CREATE SCHEMA IF NOT EXISTS `main`.`pi`');
  await run(
    'CREATE TABLE IF NOT EXISTS `main`.`pi`.`t` (`k` BIGINT, `v` STRING) USING DELTA',
  );
});

afterEach(() => {
  parts.engine.close();
  rmSync(folder, {recursive: true});
});

/** These are answered by the wire, wherever volumes are folders. */
const OF_VOLUMES = /-(volume|files?)\.sql$/;

describe('The stand-in of a warehouse', () => {
  it.each(readdirSync(GOLDEN).filter((name) => !OF_VOLUMES.test(name)))(
    'knows the shape of %s',
    async (name) => {
      await run(TIMESERIES);
      await run(TIMESERIES.replace('timeseries', '_airbyte_timeseries_gen7'));

      const refusal = await run(readFileSync(path.join(GOLDEN, name), 'utf8')).then(
        () => 'none',
        (error: unknown) => String(error),
      );

      expect(refusal).toMatch(/none|PATH_NOT_FOUND|FIELD_ALREADY_EXISTS/);
    },
  );

  it.each([
    'DELETE FROM `main`.`pi`.`t`',
    'SELECT * FROM `main`.`pi`.`t`',
    'ALTER TABLE `main`.`pi`.`t` RENAME TO `main`.`pi`.`u`',
    'CREATE TABLE `main`.`pi`.`u` (`k` BIGINT) USING DELTA',
    'OPTIMIZE `main`.`pi`.`t` ZORDER BY (`k`)',
  ])('refuses %j, which is not on its list', async (sql) => {
    await expect(run(sql)).rejects.toThrow(/^\[UNSUPPORTED_BY_STAND_IN\]/);
  });
});

describe('COPY INTO', () => {
  it('loads a file once', async () => {
    await stage('a.parquet', "1 AS k, 'one' AS v");

    await run(copy('a.parquet'));
    const again = await run(copy('a.parquet'));

    expect(again.rows).toEqual([[0]]);
    expect(await rows()).toEqual([['1', 'one']]);
  });

  it('is refused while another one loads the same file', async () => {
    await stage('a.parquet', "1 AS k, 'one' AS v");
    const gate = gated();
    begun = () => gate.promise;
    const first = run(copy('a.parquet'));

    await expect(run(copy('a.parquet'))).rejects.toThrow(
      /^\[COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED\]/,
    );
    gate.resolve();
    await first;
    expect(await rows()).toEqual([['1', 'one']]);
  });

  it('loads a file that an earlier one failed with', async () => {
    await stage('a.parquet', "1 AS k, 'one' AS v");
    begun = () => Promise.reject(new TypeError('It broke.'));
    await expect(run(copy('a.parquet'))).rejects.toThrow('It broke.');

    begun = () => Promise.resolve();
    await run(copy('a.parquet'));

    expect(await rows()).toEqual([['1', 'one']]);
  });

  it('tells that a file is missing', async () => {
    await expect(run(copy('none.parquet'))).rejects.toThrow(/^\[PATH_NOT_FOUND\]/);
  });
});

describe('MERGE', () => {
  it('changes the rows it finds and adds the others', async () => {
    await stage('a.parquet', "unnest([1, 2]) AS k, 'old' AS v");
    await run(copy('a.parquet'));
    await stage('b.parquet', "unnest([2, 3]) AS k, 'new' AS v");

    await run(merge('b.parquet'));

    expect(await rows()).toEqual([
      ['1', 'old'],
      ['2', 'new'],
      ['3', 'new'],
    ]);
  });

  it('takes two NULL keys for one', async () => {
    await stage('a.parquet', "NULL::BIGINT AS k, 'old' AS v");
    await run(copy('a.parquet'));
    await stage('b.parquet', "NULL::BIGINT AS k, 'new' AS v");

    await run(merge('b.parquet'));

    expect(await rows()).toEqual([[null, 'new']]);
  });

  it('refuses several rows for one', async () => {
    await stage('a.parquet', "1 AS k, 'old' AS v");
    await run(copy('a.parquet'));
    await stage('b.parquet', "1 AS k, unnest(['b', 'c']) AS v");

    await expect(run(merge('b.parquet'))).rejects.toThrow(
      /^\[DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE\]/,
    );
  });

  it('fails if another one has come first', async () => {
    await stage('a.parquet', "1 AS k, 'a' AS v");
    await stage('b.parquet', "1 AS k, 'b' AS v");
    const gate = gated();
    begun = () => gate.promise;
    const slow = run(merge('a.parquet'));
    begun = () => Promise.resolve();
    await run(merge('b.parquet'));
    gate.resolve();

    await expect(slow).rejects.toThrow(/^\[DELTA_CONCURRENT_APPEND/);
    expect(await rows()).toEqual([['1', 'b']]);
  });
});

describe('INSERT OVERWRITE', () => {
  it('puts the rows of one table in the place of those of another', async () => {
    await run(
      'CREATE TABLE IF NOT EXISTS `main`.`pi`.`u` (`v` STRING, `k` BIGINT) USING DELTA',
    );
    await stage('a.parquet', "1 AS k, 'old' AS v");
    await run(copy('a.parquet'));
    await stage('b.parquet', "2 AS k, 'new' AS v");
    await run(copy('b.parquet', 'u'));

    await run(
      'INSERT OVERWRITE `main`.`pi`.`t` BY NAME SELECT `k`, `v` FROM `main`.`pi`.`u`',
    );

    expect(await rows()).toEqual([['2', 'new']]);
  });

  it('forgets the clustering, as open-source Delta does', async () => {
    await run('ALTER TABLE `main`.`pi`.`t` CLUSTER BY (`k`)');
    await run('CREATE TABLE IF NOT EXISTS `main`.`pi`.`u` (`k` BIGINT) USING DELTA');

    await run(
      'INSERT OVERWRITE `main`.`pi`.`t` BY NAME SELECT `k` FROM `main`.`pi`.`u`',
    );

    expect(parts.tables.get(['main', 'pi', 't']).clustering).toEqual([]);
  });
});

describe('ALTER TABLE', () => {
  it('adds columns once', async () => {
    const add = 'ALTER TABLE `main`.`pi`.`t` ADD COLUMNS (`w` DOUBLE)';
    await run(add);

    await expect(run(add)).rejects.toThrow(/^\[FIELD_ALREADY_EXISTS\]/);
  });

  it('widens a type only where the table allows it', async () => {
    const widen = 'ALTER TABLE `main`.`pi`.`t` ALTER COLUMN `k` TYPE DECIMAL(38,9)';
    await expect(run(widen)).rejects.toThrow(/^\[DELTA_UNSUPPORTED_ALTER_TABLE/);

    await run(
      "ALTER TABLE `main`.`pi`.`t` SET TBLPROPERTIES ('delta.enableTypeWidening' = 'true')",
    );
    await run(widen);

    const described = await run('DESCRIBE TABLE `main`.`pi`.`t`');
    expect(described.rows[0]).toEqual(['k', 'decimal(38,9)', null]);
  });

  it('makes no primary key of columns that take NULLs', async () => {
    await expect(
      run('ALTER TABLE `main`.`pi`.`t` ADD CONSTRAINT `t_pk` PRIMARY KEY (`k`)'),
    ).rejects.toThrow(/^\[NULLABLE_PRIMARY_KEY_COLUMN\]/);
  });
});

describe('A name', () => {
  it('means the same in every case', async () => {
    const described = await run('DESCRIBE TABLE `MAIN`.`Pi`.`T`');

    expect(described.rows.map(([name]) => name)).toEqual(['k', 'v']);
  });

  it('that is none is told as a warehouse tells it', async () => {
    await expect(run('DESCRIBE TABLE `main`.`pi`.`no`')).rejects.toThrow(
      /^\[TABLE_OR_VIEW_NOT_FOUND\].* SQLSTATE: 42P01$/,
    );
  });
});

function run(sql: string): Promise<Answer> {
  return runStatement(sql, parts);
}

/** Writes a file of one row, or of several where the select unnests. */
async function stage(name: string, select: string): Promise<void> {
  const file = parts.volumes.locate(`${STAGED}${name}`);
  await parts.engine.inTurn((query) =>
    query(`COPY (SELECT ${select}) TO '${file}' (FORMAT parquet)`),
  );
}

function copy(name: string, table = 't'): string {
  return (
    `COPY INTO \`main\`.\`pi\`.\`${table}\` FROM (SELECT CAST(\`k\` AS BIGINT) AS \`k\`, ` +
    `CAST(\`v\` AS STRING) AS \`v\` FROM '${STAGED}') FILEFORMAT = PARQUET FILES = ('${name}')`
  );
}

function merge(name: string): string {
  return (
    'MERGE INTO `main`.`pi`.`t` AS t USING (SELECT CAST(`k` AS BIGINT) AS `k`, ' +
    `CAST(\`v\` AS STRING) AS \`v\` FROM parquet.\`${STAGED}${name}\`) AS s ` +
    'ON t.`k` <=> s.`k` WHEN MATCHED AND s.`v` > t.`v` OR TRUE THEN UPDATE SET `v` = s.`v` ' +
    'WHEN NOT MATCHED THEN INSERT (`k`, `v`) VALUES (s.`k`, s.`v`)'
  );
}

async function rows(): Promise<readonly unknown[]> {
  return await parts.engine.inTurn((query) =>
    query('SELECT k, v FROM "main.pi"."t" ORDER BY k'),
  );
}

interface Gate {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function gated(): Gate {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return {promise, resolve: () => resolve()};
}
