import fs from 'node:fs';
import path from 'node:path';

import {writeParquet} from './duck';
import {Lake, refusalFrom, runOn} from './lake';

describe('MERGE on Spark', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open('merging');
  });

  afterAll(() => lake.close());

  const COLUMNS = ['id', 'tag', 'at', 'value'];

  const create = (name: string): Promise<unknown> =>
    lake.run(
      `CREATE TABLE ${lake.table(name)} (id STRING, tag STRING, at TIMESTAMP, value DOUBLE) ` +
        'USING DELTA CLUSTER BY (tag, at)',
    );

  /** Stages rows of one day: `tags` times `perTag`, with that value. */
  const stageDay = async (day: string, value: number): Promise<string> => {
    const file = path.join(lake.localFolder, `${day}-${value}.parquet`);
    await writeParquet(
      `SELECT '${day}-${value}-' || i AS id, 'T' || (i % 5) AS tag, ` +
        `TIMESTAMPTZ '${day} 00:00:00+00' + INTERVAL (i) MINUTE AS at, ` +
        `${value}::DOUBLE AS value FROM range(100) AS r(i)`,
      file,
    );
    return lake.stage(file);
  };

  const merge = (table: string, file: string, bounds = ''): string =>
    [
      `MERGE INTO ${lake.table(table)} AS t`,
      `USING (SELECT ${COLUMNS.join(', ')} FROM parquet.\`${file}\`) AS s`,
      `ON t.tag <=> s.tag AND t.at <=> s.at ${bounds}`,
      'WHEN MATCHED AND NOT (t.id <=> s.id) AND (s.value >= t.value OR t.value IS NULL)',
      `THEN UPDATE SET ${COLUMNS.map((name) => `${name} = s.${name}`).join(', ')}`,
      `WHEN NOT MATCHED THEN INSERT (${COLUMNS.join(', ')})`,
      `VALUES (${COLUMNS.map((name) => `s.${name}`).join(', ')})`,
    ].join('\n');

  const between = (day: string): string =>
    `AND t.at BETWEEN TIMESTAMP '${day} 00:00:00+00:00' AND TIMESTAMP '${day} 23:59:59.999999+00:00'`;

  const dataFiles = (table: string): string[] =>
    fs
      .readdirSync(path.join(lake.tablesFolder, table))
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => path.join(lake.tablesFolder, table, name));

  it('does not read files outside the range of its literals', async () => {
    await create('bounded');
    const days = ['2026-01-01', '2026-01-02', '2026-01-03'];
    for (const day of days.slice(0, 2))
      await lake.run(merge('bounded', await stageDay(day, 1), between(day)));
    const old = dataFiles('bounded');
    const lastDay = days[2] ?? '';
    await lake.run(merge('bounded', await stageDay(lastDay, 1), between(lastDay)));
    // Whoever reads one of the older files from now on fails.
    for (const file of old) fs.renameSync(file, `${file}.away`);
    const file = await stageDay(lastDay, 2);

    const [bounded] = await lake.run(merge('bounded', file, between(lastDay)));
    const unbounded = await lake.refusal(merge('bounded', file));

    expect(bounded).toMatchObject({num_updated_rows: 100, num_inserted_rows: 0});
    expect(unbounded.message).toContain('FAILED_READ_FILE');
  });

  it('changes no row when it is sent again', async () => {
    await create('repeated');
    const statement = merge('repeated', await stageDay('2026-02-01', 1));

    const [first] = await lake.run(statement);
    const [again] = await lake.run(statement);

    expect(first).toMatchObject({num_affected_rows: 100, num_inserted_rows: 100});
    expect(again).toMatchObject({num_affected_rows: 0});
  });

  it('takes NULLs of a key for equal', async () => {
    await create('nulls');
    const row = (id: string, value: number): string =>
      `SELECT '${id}' AS id, CAST(NULL AS STRING) AS tag, CAST(NULL AS TIMESTAMP) AS at, ${value}D AS value`;
    const statement = (id: string, value: number): string =>
      merge('nulls', 'x').replace(/\(SELECT[^)]*\)/, `(${row(id, value)})`);

    await lake.run(statement('a', 1));
    await lake.run(statement('b', 2));

    expect(await lake.run(`SELECT id FROM ${lake.table('nulls')}`)).toEqual([
      {id: 'b'},
    ]);
  });

  it('is refused for two rows of one key in one batch', async () => {
    await create('doubled');
    const file = await stageDay('2026-03-01', 1);
    await lake.run(merge('doubled', file));
    const twice = merge('doubled', file).replace(
      `parquet.\`${file}\``,
      `(SELECT * FROM parquet.\`${file}\` UNION ALL SELECT concat(id, 'x'), tag, at, value + 1 FROM parquet.\`${file}\` UNION ALL SELECT concat(id, 'y'), tag, at, value + 2 FROM parquet.\`${file}\`)`,
    );

    const refusal = await lake.refusal(twice);

    expect(refusal.message).toContain(
      'DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE',
    );
    expect(refusal.sqlState).toBe('21506');
  });

  it('tells losers of a race that somebody else has written', async () => {
    await create('raced');
    await lake.run(merge('raced', await stageDay('2026-04-01', 1)));
    const files = await Promise.all(
      [2, 3, 4].map((value) => stageDay('2026-04-01', value)),
    );

    const outcomes = await Promise.all(
      files.map(async (file) => {
        const session = await lake.openSession();
        return runOn(session, merge('raced', file))
          .then(
            () => 'done',
            (error: unknown) => refusalFrom(error).message,
          )
          .finally(() => session.close());
      }),
    );

    const losses = outcomes.filter((outcome) => outcome !== 'done');
    expect(losses.length).toBeLessThan(outcomes.length);
    for (const loss of losses) expect(loss).toMatch(/\[DELTA_CONCURRENT_\w+/);
  });
});
