import fs from 'node:fs';
import path from 'node:path';

import {writeParquet} from './duck';
import {Lake} from './lake';

describe('volumes beside Spark', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open('volumes');
  });

  afterAll(() => lake.close());

  it('keep files until they are removed', async () => {
    const file = path.join(lake.localFolder, 'a.parquet');
    await writeParquet('SELECT 1 AS a', file);

    await lake.stage(file);
    const listed = await lake.run(`LIST '${lake.volume}'`);
    await lake.run(`REMOVE '${lake.volume}a.parquet'`);
    await lake.run(`REMOVE '${lake.volume}a.parquet'`);

    expect(listed).toEqual([
      {
        path: `${lake.volume}a.parquet`,
        name: 'a.parquet',
        size: fs.statSync(file).size,
        modification_time: expect.any(Number),
      },
    ]);
    expect(await lake.run(`LIST '${lake.volume}'`)).toEqual([]);
  });

  it('give their files to queries', async () => {
    const file = path.join(lake.localFolder, 'read.parquet');
    await writeParquet('SELECT i::INTEGER AS i FROM range(3) AS r(i)', file);
    const staged = await lake.stage(file);

    const rows = [
      await lake.run(`SELECT SUM(i) AS s FROM parquet.\`${staged}\``),
      await lake.run(
        `SELECT SUM(i) AS s FROM read_files('${staged}', format => 'parquet')`,
      ),
    ];

    expect(rows).toEqual([[{s: 3}], [{s: 3}]]);
  });

  it('are made, shown, described and dropped', async () => {
    const name = `main.${lake.schema}.extra`;

    await lake.run(`CREATE VOLUME IF NOT EXISTS ${name} COMMENT 'it\\'s one'`);
    await lake.run(`CREATE VOLUME IF NOT EXISTS ${name}`);
    const again = await lake.refusal(`CREATE VOLUME ${name}`);
    const shown = await lake.run(`SHOW VOLUMES IN main.${lake.schema}`);
    const described = await lake.run(`DESCRIBE VOLUME ${name}`);
    await lake.run(`DROP VOLUME ${name}`);

    expect(again.message).toContain('[VOLUME_ALREADY_EXISTS]');
    expect(shown.map((row) => row['volume_name'])).toEqual(['extra', 'staging']);
    expect(described).toMatchObject([{name: 'extra', database: lake.schema}]);
    expect(await lake.refusal(`DESCRIBE VOLUME ${name}`)).toMatchObject({
      sqlState: '42704',
      message: expect.stringContaining('[VOLUME_NOT_FOUND]'),
    });
  });
});
