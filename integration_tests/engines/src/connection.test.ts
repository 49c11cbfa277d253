import {calls, failing, Stand} from './connection.stand-in';
import {NO_RESULT, SqlError, type Answer} from './wire';

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

    const [first, ...later] = stand.said;
    expect(rows).toEqual([{n: '1'}]);
    expect(first).toBe('The warehouse is starting, waiting.');
    expect(later.length).toBeGreaterThan(2);
    expect(later.length).toBeLessThan(12);
    expect(later.join()).toMatch(
      /^(The warehouse is starting, waiting since \d+ s\.,?)+$/,
    );
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

  it('tells once a minute of a statement that runs on', async () => {
    await using stand = await Stand.open();
    let questions = 0;
    let end: (answer: Answer) => void = () => undefined;
    stand.execute = () => new Promise<Answer>((resolve) => (end = resolve));
    stand.before = (exchange) => {
      if (!calls('GetOperationStatus')(exchange)) return undefined;
      questions += 1;
      if (questions <= 6) stand.pass(25_000);
      if (questions === 6) end(NO_RESULT);
      return undefined;
    };

    await stand.warehouse().run('MERGE INTO `main`.`lake`.`t` USING x');

    expect(stand.said).toEqual([
      'MERGE INTO is still running at the warehouse, since 75 s.',
      'MERGE INTO is still running at the warehouse, since 125 s.',
    ]);
  });

  it('runs eight statements at once, and never more', async () => {
    await using stand = await Stand.open();
    let running = 0;
    let most = 0;
    stand.execute = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return NO_RESULT;
    };
    const warehouse = stand.warehouse();

    await Promise.all(Array.from({length: 30}, () => warehouse.run('DROP TABLE t')));

    expect(stand.executed).toHaveLength(30);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('opens nothing once it is closed', async () => {
    await using stand = await Stand.open();
    const warehouse = stand.warehouse();
    await warehouse.close();

    await expect(warehouse.run('SELECT 1')).rejects.toThrow(/has been closed/);
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
