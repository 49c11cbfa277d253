import path from 'node:path';

import {ask, writeParquet} from './duck';
import {Lake, type Row} from './lake';

/** Days since 1970 in the Gregorian calendar, which goes on before its introduction. */
const DAYS: Readonly<Record<string, bigint>> = {
  'year -200000': -73_767_876n,
  '4714 BC': -2_440_915n,
  'year 0': -719_528n,
  '0001-01-01': -719_162n,
  '1500-02-28': -171_606n,
  '1582-10-04': -141_438n,
  '1582-10-10, which was skipped': -141_432n,
  '1582-10-15': -141_427n,
  '1883-11-18': -31_455n,
  '1969-12-31': -1n,
  '1970-01-01': 0n,
  '9999-12-31': 2_932_896n,
  'year 10000': 2_932_897n,
  'year 200000': 72_329_124n,
};
const DAY_US = 86_400_000_000n;

/** The values of DAYS, at its first, a middle and its last microsecond. */
const INSTANTS = Object.values(DAYS).flatMap((day) => [
  day * DAY_US,
  day * DAY_US + 45_296_123_456n,
  (day + 1n) * DAY_US - 1n,
]);

describe('values of staged files in tables of Spark', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open('staged_values');
  });

  afterAll(() => lake.close());

  /** Loads a query's rows by COPY INTO, then writes each again by MERGE. */
  const land = async (
    table: string,
    columns: Readonly<Record<string, string>>,
    query: string,
  ): Promise<void> => {
    const file = path.join(lake.localFolder, `${table}.parquet`);
    await writeParquet(query, file);
    await lake.stage(file);
    const entries = Object.entries(columns);
    const declared = entries.map(([name, type]) => `${name} ${type}`).join(', ');
    const casts = entries.map(([name, type]) => `CAST(${name} AS ${type}) AS ${name}`);
    await lake.run(`CREATE TABLE ${lake.table(table)} (${declared}) USING DELTA`);
    await lake.run(
      `COPY INTO ${lake.table(table)} FROM (SELECT ${casts.join(', ')} FROM '${lake.volume}') ` +
        `FILEFORMAT = PARQUET FILES = ('${table}.parquet')`,
    );
    const assigned = entries.map(([name]) => `${name} = s.${name}`).join(', ');
    await lake.run(
      `MERGE INTO ${lake.table(table)} AS t USING (SELECT ${casts.join(', ')} ` +
        `FROM parquet.\`${lake.volume}${table}.parquet\`) AS s ` +
        `ON t.id <=> s.id WHEN MATCHED THEN UPDATE SET ${assigned}`,
    );
  };

  const texts = (columns: string, table: string): Promise<Row[]> =>
    lake.run(`SELECT ${columns} FROM ${lake.table(table)} ORDER BY id`);

  it('keeps instants, local times and days of every age to the microsecond', async () => {
    const rows = INSTANTS.map(
      (us, id) =>
        `(${id}, make_timestamptz(${us}::BIGINT), make_timestamp(${us}::BIGINT), ` +
        `DATE '1970-01-01' + ${floorDiv(us, DAY_US)}::INTEGER)`,
    );
    await land(
      'times',
      {id: 'INT', instant: 'TIMESTAMP', local: 'TIMESTAMP_NTZ', day: 'DATE'},
      `SELECT * FROM (VALUES ${rows.join(', ')}) AS v(id, instant, local, day)`,
    );

    const stored = await texts(
      'CAST(unix_micros(instant) AS STRING) AS instant, ' +
        'CAST(unix_micros(CAST(local AS TIMESTAMP)) AS STRING) AS local, ' +
        'CAST(unix_date(day) AS STRING) AS day',
      'times',
    );

    expect(stored).toEqual(
      INSTANTS.map((us) => ({
        instant: String(us),
        local: String(us),
        day: String(floorDiv(us, DAY_US)),
      })),
    );
  });

  it('finds instants by literals, also beyond the years 1 and 9999', async () => {
    const found = await lake.run(
      `SELECT CAST(COUNT(*) AS STRING) AS n FROM ${lake.table('times')} ` +
        `WHERE instant BETWEEN TIMESTAMP '-4713-01-01 00:00:00+00:00' ` +
        `AND TIMESTAMP '+10000-01-01 23:59:59.999999+00:00'`,
    );

    const [first, last] = [-2_440_915n * DAY_US, 2_932_898n * DAY_US - 1n];
    const expected = INSTANTS.filter((us) => us >= first && us <= last).length;
    expect(found).toEqual([{n: String(expected)}]);
  });

  it('keeps numbers to their last digit', async () => {
    const decimals = [
      '99999999999999999999999999999.999999999',
      '-99999999999999999999999999999.999999999',
      '0.000000001',
      '-0.000000001',
      '0.000000000',
    ];
    const integers = [
      '9223372036854775807',
      '-9223372036854775808',
      '9007199254740993',
    ];
    const rows = [
      ...decimals.map((decimal, id) => `(${id}, ${decimal}::DECIMAL(38,9), NULL)`),
      ...integers.map((integer, at) => `(${at + 10}, NULL, (${integer})::BIGINT)`),
    ];
    await land(
      'numbers',
      {id: 'INT', d: 'DECIMAL(38,9)', i: 'BIGINT'},
      `SELECT * FROM (VALUES ${rows.join(', ')}) AS v(id, d, i)`,
    );

    const stored = await texts(
      'CAST(d AS STRING) AS d, CAST(i AS STRING) AS i',
      'numbers',
    );

    expect(stored.flatMap(({d}) => d ?? [])).toEqual(decimals);
    expect(stored.flatMap(({i}) => i ?? [])).toEqual(integers);
  });

  it('keeps every kind of double apart', async () => {
    const doubles = [
      'NaN',
      'Infinity',
      '-Infinity',
      '-0.0',
      '0.0',
      '5e-324',
      '1.7976931348623157e308',
      '0.1',
    ];
    const rows = doubles.map((double, id) => `(${id}, '${double}'::DOUBLE)`);
    await land(
      'doubles',
      {id: 'INT', f: 'DOUBLE'},
      `SELECT * FROM (VALUES ${rows.join(', ')}) AS v(id, f)`,
    );

    const stored = await texts('CAST(f AS STRING) AS f', 'doubles');

    expect(stored.map(({f}) => f)).toEqual([
      'NaN',
      'Infinity',
      '-Infinity',
      '-0.0',
      '0.0',
      '4.9E-324',
      '1.7976931348623157E308',
      '0.1',
    ]);
  });

  it('keeps texts whatever their letters and length', async () => {
    const sources = [
      `'a' || chr(0) || 'b'`,
      'chr(0)',
      `''`,
      'NULL',
      `'tab' || chr(9) || 'line' || chr(10) || chr(13) || '''"\\'`,
      `'é😀' || chr(65535) || chr(1114111)`,
      `repeat('é😀x', 2300000)`,
    ];
    const rows = sources.map((source, id) => `(${id}, ${source})`).join(', ');
    const query = `SELECT * FROM (VALUES ${rows}) AS v(id, s)`;
    await land('texts', {id: 'INT', s: 'STRING'}, query);

    const stored = await texts(
      'CAST(char_length(s) AS STRING) AS letters, md5(s) AS digest',
      'texts',
    );

    expect(stored).toEqual(
      await ask(
        `SELECT CAST(length(s) AS VARCHAR) AS letters, md5(s) AS digest FROM (${query}) ORDER BY id`,
      ),
    );
  });

  it('turns JSON texts into variants, and keeps what is no JSON as a text', async () => {
    const rows = [`'{"b":1,"a":[1.50,null]}'`, `'not json'`, 'NULL', `'"text"'`];
    const file = path.join(lake.localFolder, 'variants.parquet');
    await writeParquet(
      `SELECT * FROM (VALUES ${rows.map((row, id) => `(${id}, ${row})`).join(', ')}) AS v(id, j)`,
      file,
    );
    await lake.stage(file);
    await lake.run(`CREATE TABLE ${lake.table('variants')} (id INT, v VARIANT)`);
    await lake.run(
      `COPY INTO ${lake.table('variants')} FROM (SELECT CAST(id AS INT) AS id, ` +
        `COALESCE(TRY_PARSE_JSON(j), CAST(j AS VARIANT)) AS v FROM '${lake.volume}') ` +
        `FILEFORMAT = PARQUET FILES = ('variants.parquet')`,
    );

    const stored = await texts('to_json(v) AS v', 'variants');

    expect(stored.map(({v}) => v)).toEqual([
      '{"a":[1.5,null],"b":1}',
      '"not json"',
      null,
      '"text"',
    ]);
  });
});

function floorDiv(a: bigint, b: bigint): bigint {
  return (a - (((a % b) + b) % b)) / b;
}
