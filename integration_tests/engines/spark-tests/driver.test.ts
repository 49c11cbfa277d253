import {Lake, refusalFrom, runOn} from './lake';

describe('the unmodified driver on Spark', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open('driving');
  });

  afterAll(() => lake.close());

  const NEVER_ENDING =
    'SELECT COUNT(*) FROM range(0, 100000000000) AS a WHERE hash(a.id) = 1';

  it('reads every kind of column', async () => {
    const rows = await lake.run(
      "SELECT 1 AS a, NULL AS n, DATE'2024-02-29' AS d, TIMESTAMP'2024-02-29 01:02:03.000004Z' AS t, " +
        "array(1, 2) AS l, map('k', 'v') AS m, X'00ff' AS b, CAST(1.5 AS DOUBLE) AS f, true AS o",
    );

    expect(rows).toEqual([
      {
        a: 1,
        n: null,
        d: '2024-02-29',
        t: '2024-02-29 01:02:03.000004',
        l: [1, 2],
        m: {k: 'v'},
        b: Buffer.from('00ff', 'hex'),
        f: 1.5,
        o: true,
      },
    ]);
  });

  it('reads many rows in pages, none lost', async () => {
    const rows = await lake.run('SELECT id FROM range(250000)');

    expect(rows).toHaveLength(250_000);
    expect(rows.at(-1)).toEqual({id: 249_999});
  });

  it('binds parameters by name and by place', async () => {
    const named = await lake.run("SELECT :a AS a, :b AS b, ':a' AS c, :n AS n", {
      namedParameters: {a: "it's \\ ${x}", b: 5, n: null},
    });
    const ordinal = await lake.run('SELECT ? AS a, ? AS b', {
      ordinalParameters: [1.5, true],
    });

    expect(named).toEqual([{a: "it's \\ ${x}", b: 5, c: ':a', n: null}]);
    expect(ordinal).toEqual([{a: 1.5, b: true}]);
  });

  it.each([
    ['SELEC 1', '42601', 'PARSE_SYNTAX_ERROR'],
    ['SELECT * FROM main.default.nowhere', '42P01', 'TABLE_OR_VIEW_NOT_FOUND'],
    ['DESCRIBE SCHEMA main.nowhere', '42704', 'SCHEMA_NOT_FOUND'],
    ['DESCRIBE TABLE main.nowhere.x', '42P01', 'TABLE_OR_VIEW_NOT_FOUND'],
    ['SELECT nothing', '42703', 'UNRESOLVED_COLUMN.WITHOUT_SUGGESTION'],
    ["SELECT CAST('x' AS INT)", '22018', 'CAST_INVALID_INPUT'],
    ['SELECT 1 / 0', '22012', 'DIVIDE_BY_ZERO'],
    ['SELECT 1; SELECT 2', '42601', 'PARSE_SYNTAX_ERROR'],
  ])('tells why %s is refused', async (sql, sqlState, errorClass) => {
    const refusal = await lake.refusal(sql);

    expect(refusal.sqlState).toBe(sqlState);
    expect(refusal.message.startsWith(`[${errorClass}]`)).toBe(true);
    expect(refusal.message).not.toMatch(/\n\s*at /);
  });

  it('cancels what runs', async () => {
    const session = await lake.openSession();
    const operation = await session.executeStatement(NEVER_ENDING);

    const [, outcome] = await Promise.all([
      operation.cancel(),
      operation.finished().then(() => 'finished', refusalFrom),
    ]);

    await session.close();
    expect(outcome).toMatchObject({message: expect.stringMatching(/cancel/i)});
  });

  it('gives up when its time is over', async () => {
    const refusal = await lake.refusal(NEVER_ENDING, {queryTimeout: 1});

    expect(refusal.message).toMatch(/timed? ?out/i);
  });

  it('runs statements at once on one session', async () => {
    const session = await lake.openSession();

    const rows = await Promise.all(
      [1, 2, 3, 4].map((n) => runOn(session, `SELECT ${n} AS n`)),
    );

    await session.close();
    expect(rows).toEqual([[{n: 1}], [{n: 2}], [{n: 3}], [{n: 4}]]);
  });

  it('is told of a warehouse that is not able to answer, and its session stays', async () => {
    const session = await lake.openSession();
    lake.before = (exchange) =>
      exchange.kind === 'thrift' && exchange.name === 'ExecuteStatement'
        ? {status: 503, headers: {'retry-after': '0'}}
        : undefined;

    const refused = await runOn(session, 'SELECT 1').then(() => 'done', refusalFrom);
    lake.before = () => undefined;

    expect(refused).toMatchObject({message: expect.any(String)});
    expect(await runOn(session, 'SELECT 1 AS a')).toEqual([{a: 1}]);
    await session.close();
  });
});
