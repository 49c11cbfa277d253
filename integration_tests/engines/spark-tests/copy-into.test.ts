import path from 'node:path';

import {writeParquet} from './duck';
import {Lake, runOn} from './lake';

describe('COPY INTO', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open('copying');
    for (const name of ['1', '2', '3', '4']) {
      const file = path.join(lake.localFolder, `${name}.parquet`);
      await writeParquet(`SELECT '${name}-' || i AS id FROM range(10) AS r(i)`, file);
      await lake.stage(file);
    }
  });

  afterEach(() => {
    lake.after = () => undefined;
  });

  afterAll(() => lake.close());

  const create = (name: string, columns = 'id STRING'): Promise<unknown> =>
    lake.run(`CREATE TABLE ${lake.table(name)} (${columns}) USING DELTA`);

  const copy = (table: string, files: readonly string[], more = ''): string =>
    `COPY INTO ${lake.table(table)} FROM (SELECT CAST(id AS STRING) AS id FROM '${lake.volume}') ` +
    `FILEFORMAT = PARQUET FILES = (${files.map((name) => `'${name}.parquet'`).join(', ')}) ${more}`;

  const loadedBy = async (statement: string): Promise<unknown> =>
    (await lake.run(statement))[0]?.['num_inserted_rows'];

  const count = async (table: string): Promise<unknown> =>
    (
      await lake.run(`SELECT CAST(COUNT(*) AS STRING) AS n FROM ${lake.table(table)}`)
    )[0]?.['n'];

  it('loads a file once, and of several files the new ones', async () => {
    await create('once');

    const loaded = [
      await loadedBy(copy('once', ['1'])),
      await loadedBy(copy('once', ['1'])),
      await loadedBy(copy('once', ['1', '2'])),
    ];

    expect(loaded).toEqual([10, 0, 10]);
    expect(await count('once')).toBe('20');
  });

  it('loads a file again when it is forced to', async () => {
    await create('forced');
    await lake.run(copy('forced', ['1']));

    expect(
      await loadedBy(copy('forced', ['1'], "COPY_OPTIONS ('force' = 'true')")),
    ).toBe(10);
  });

  it('loads nothing when one of its files is missing', async () => {
    await create('missing');

    const refusal = await lake.refusal(copy('missing', ['1', 'nowhere']));

    expect(refusal).toMatchObject({
      sqlState: '42K03',
      message: expect.stringContaining('[PATH_NOT_FOUND]'),
    });
    expect(await count('missing')).toBe('0');
  });

  it('loads a file once for two sessions at the same time', async () => {
    await create('twice');
    const sessions = [await lake.openSession(), await lake.openSession()];

    await Promise.all(
      sessions.map((session) => runOn(session, copy('twice', ['1', '2']))),
    );

    await Promise.all(sessions.map((session) => session.close()));
    expect(await count('twice')).toBe('20');
  });

  it('loads nothing more when it is repeated because its answer was lost', async () => {
    await create('lost');
    lake.after = (exchange) =>
      exchange.kind === 'thrift' && exchange.name === 'ExecuteStatement'
        ? 'drop'
        : undefined;

    const lost = await lake.refusal(copy('lost', ['1']));
    lake.after = () => undefined;
    await lake.run(copy('lost', ['1']));

    expect(lost.message).not.toBe('');
    expect(await count('lost')).toBe('10');
  });

  it('leaves neither rows nor ledger when a value does not fit', async () => {
    await create('unfit', 'id INT');
    const statement = copy('unfit', ['1']).replace('AS STRING', 'AS INT');

    const refusal = await lake.refusal(statement);

    expect(refusal.message).toMatch(/CAST_INVALID_INPUT|TASK_WRITE_FAILED/);
    expect(await count('unfit')).toBe('0');
    expect((await lake.refusal(statement)).message).toBe(refusal.message);
  });

  it('refuses rows without a value that the table requires', async () => {
    await create('required', 'id STRING, other STRING NOT NULL');

    const refusal = await lake.refusal(
      copy('required', ['1']).replace(
        'AS id FROM',
        'AS id, CAST(NULL AS STRING) AS other FROM',
      ),
    );

    expect(refusal.message).toContain('DELTA_NOT_NULL_CONSTRAINT_VIOLATED');
  });

  it('gives a table made anew a ledger of its own', async () => {
    await create('anew');
    await lake.run(copy('anew', ['1']));
    await lake.run(`DROP TABLE ${lake.table('anew')}`);
    await create('anew');

    expect(await loadedBy(copy('anew', ['1']))).toBe(10);
  });
});
