import {existsSync} from 'node:fs';

import {calls, failing, PRINCIPAL, Stand} from './connection.stand-in';
import {SqlError} from './wire';

const UNAVAILABLE = {status: 503};

describe('a warehouse connection', () => {
  it('runs statements and gives their rows', async () => {
    await using stand = await Stand.open();
    const warehouse = stand.warehouse();

    expect(await warehouse.run('SELECT 1')).toEqual([{n: '1'}]);
    expect(await warehouse.run('CREATE TABLE t (a INT)')).toEqual([]);
  });

  it('gives a refusal to who can do something about it', async () => {
    await using stand = await Stand.open();
    stand.execute = () => {
      throw new SqlError('TABLE_OR_VIEW_NOT_FOUND', 'No table `t`.', '42P01');
    };

    const outcome = await stand.warehouse().attempt('DESCRIBE TABLE t');

    expect(outcome).toEqual({
      kind: 'refused',
      refusal: {
        errorClass: 'TABLE_OR_VIEW_NOT_FOUND',
        sqlState: '42P01',
        message: expect.stringContaining('No table `t`.'),
      },
    });
    expect(stand.slept).toEqual([]);
  });

  it.each(['OpenSession', 'ExecuteStatement'])(
    'sends a statement again when %s was not answered',
    async (name) => {
      await using stand = await Stand.open();
      stand.after = failing(2, calls(name), 'drop');

      const rows = await stand.warehouse().run('SELECT 1');

      expect(rows).toEqual([{n: '1'}]);
      expect(stand.slept).toHaveLength(2);
    },
  );

  it('repeats a statement whose reply was lost although it was carried out', async () => {
    await using stand = await Stand.open();
    stand.after = failing(1, calls('ExecuteStatement'), 'drop');

    await stand.warehouse().run('CREATE TABLE t (a INT)');

    expect(stand.executed).toEqual([
      'CREATE TABLE t (a INT)',
      'CREATE TABLE t (a INT)',
    ]);
  });

  it('opens another session when its own has gone', async () => {
    await using stand = await Stand.open();
    const warehouse = stand.warehouse();
    await warehouse.run('SELECT 1');
    stand.sessions.forgetAll();

    const all = await Promise.all([1, 2, 3].map(() => warehouse.run('SELECT 1')));

    expect(all).toEqual([[{n: '1'}], [{n: '1'}], [{n: '1'}]]);
  });

  it('waits for a warehouse that starts, and says so about every half minute', async () => {
    await using stand = await Stand.open();
    stand.before = failing(20, calls('OpenSession'), UNAVAILABLE);

    const rows = await stand.warehouse().run('SELECT 1');

    expect(rows).toEqual([{n: '1'}]);
    expect(stand.said[0]).toBe('The warehouse is starting, waiting.');
    expect(stand.said.slice(1)).toEqual(
      stand.said
        .slice(1)
        .map(() => expect.stringMatching(/starting, waiting since \d+ s/)),
    );
    expect(stand.said.length).toBeGreaterThan(3);
    expect(stand.said.length).toBeLessThan(12);
  });

  it('gives up on a warehouse that does not start within ten minutes', async () => {
    await using stand = await Stand.open();
    stand.before = failing(Infinity, calls('OpenSession'), UNAVAILABLE);

    const run = stand.warehouse().run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'transient_error',
      message: expect.stringContaining('did not start in time'),
    });
    const waitedMs = stand.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs).toBeGreaterThanOrEqual(600_000);
    expect(waitedMs).toBeLessThan(640_000);
  });

  it('waits as long as a throttling warehouse asks for', async () => {
    await using stand = await Stand.open();
    const throttled = {status: 429, headers: {'retry-after': '17'}};
    stand.before = failing(1, calls('ExecuteStatement'), throttled);

    await stand.warehouse().run('SELECT 1');

    expect(stand.slept).toEqual([17_250]);
  });

  it('waits for an earlier load of the same files, and for other writers', async () => {
    await using stand = await Stand.open();
    const refusals = [
      new SqlError('COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED', 'a.parquet', '25000'),
      new SqlError('DELTA_CONCURRENT_APPEND', 'Files were added.', '2D521'),
      SqlError.worded('ConcurrentAppendException: Files were added.', undefined),
    ];
    const answer = stand.execute;
    stand.execute = (sql) => {
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      return answer(sql);
    };

    await stand.warehouse().run('COPY INTO t');

    expect(stand.slept).toHaveLength(3);
    expect(stand.executed).toEqual(['COPY INTO t']);
  });

  it('renews the token of a service principal at once after a 401', async () => {
    await using stand = await Stand.open();
    const warehouse = stand.warehouse({authentication: PRINCIPAL});
    await warehouse.run('SELECT 1');
    stand.tokens.expireIssued();

    const rows = await warehouse.run('SELECT 1');

    expect(rows).toEqual([{n: '1'}]);
    expect(stand.slept).toEqual([]);
    expect(new Set(stand.concealed).size).toBe(2);
  });

  it('renews the token of a service principal ahead of its end', async () => {
    await using stand = await Stand.open();
    const warehouse = stand.warehouse({authentication: PRINCIPAL});
    await warehouse.run('SELECT 1');
    stand.pass(56 * 60_000);
    const unauthorized = failing(0, ({kind}) => kind === 'token', UNAVAILABLE);
    stand.before = unauthorized;

    await Promise.all([warehouse.run('SELECT 1'), warehouse.run('SELECT 1')]);

    expect(unauthorized.seen()).toBe(1);
    expect(stand.concealed).toHaveLength(2);
  });

  it('says that a personal token was refused', async () => {
    await using stand = await Stand.open();
    const authentication = {kind: 'token', token: 'dapi-old'} as const;

    const run = stand.warehouse({authentication}).run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('refused the credentials'),
    });
    await expect(run).rejects.not.toThrow(/dapi-old/);
  });

  it('says that a service principal was refused', async () => {
    await using stand = await Stand.open();
    const authentication = {...PRINCIPAL, clientSecret: 'old-secret'};

    const run = stand.warehouse({authentication}).run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('client secret is wrong'),
    });
  });

  it('says at once what an unknown authority means', async () => {
    await using stand = await Stand.open();

    const run = stand.warehouse({caCertificate: undefined}).run('SELECT 1');

    await expect(run).rejects.toMatchObject({
      failureType: 'config_error',
      message: expect.stringContaining('"CA certificate"'),
    });
    expect(stand.slept).toEqual([]);
  });

  it('gives up soon on an address where nobody ever answered', async () => {
    await using stand = await Stand.open();

    const run = stand.warehouse({port: 1}).run('SELECT 1');

    await expect(run).rejects.toThrow(/refused the connection/);
    expect(stand.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
  });

  it('writes nothing to stdout and leaves the end of the process alone', async () => {
    const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const listeners = process.listenerCount('uncaughtException');
    await using stand = await Stand.open();
    stand.after = failing(1, calls('ExecuteStatement'), 'drop');

    await stand.warehouse().run('SELECT 1');

    const wrote = written.mock.calls.length;
    written.mockRestore();
    expect(wrote).toBe(0);
    expect(process.listenerCount('uncaughtException')).toBe(listeners);
  });
});

describe.each(['sql_put', 'files_api'] as const)('a staging area by %s', (upload) => {
  it('makes its volume, stages files and removes them', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging(upload, {authentication: PRINCIPAL});
    const local = stand.file('a.parquet', 'content');

    await staging.prepare();
    const first = await staging.stage(local, 'main.lake.t');
    const second = await staging.stage(stand.file('b.parquet', ''), 'main.lake.t');
    const kept = stand.storage.volumes.list('/Volumes/main/lake/staging');
    await staging.remove([first, second]);
    await staging.remove([first]);

    expect(first).toMatch(
      /^\/Volumes\/main\/lake\/staging\/airbyte-[0-9a-z]+-0a1b2c3d-[0-9a-f]{8}-1\.parquet$/,
    );
    expect(kept.map(({path, size}) => [path, size])).toEqual([
      [first, 7],
      [second, 0],
    ]);
    expect(existsSync(local)).toBe(false);
    expect(stand.storage.volumes.list('/Volumes/main/lake/staging')).toEqual([]);
    expect(stand.said).toEqual([]);
  });

  it('uploads again, under the same name, what storage did not take', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging(upload);
    await staging.prepare();
    const isUpload = ({kind}: {kind: string}): boolean =>
      kind === (upload === 'sql_put' ? 'presigned' : 'files_api');
    stand.before = failing(3, isUpload, UNAVAILABLE);
    stand.after = failing(1, isUpload, 'drop');

    const path = await staging.stage(stand.file('a.parquet', 'content'), 't');

    const kept = stand.storage.volumes.list('/Volumes/main/lake/staging');
    expect(kept.map((file) => file.path)).toEqual([path]);
    expect(stand.slept).toHaveLength(4);
  });

  it('tells of files it could not remove, and goes on', async () => {
    await using stand = await Stand.open();
    const staging = stand.staging(upload);
    await staging.prepare();
    const path = await staging.stage(stand.file('a.parquet', 'content'), 't');
    stand.before = ({kind}) =>
      kind === 'presigned' || kind === 'files_api' ? {status: 403} : undefined;

    await staging.remove([path]);

    expect(stand.said.at(-1)).toMatch(/^1 staged files could not be removed/);
  });
});
