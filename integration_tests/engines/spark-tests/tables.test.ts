import {Lake, type Row} from './lake';

describe('tables on Spark', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open('making_tables');
  });

  afterAll(() => lake.close());

  const detail = async (name: string): Promise<Row> => {
    const [row] = await lake.run(`DESCRIBE DETAIL ${lake.table(name)}`);
    return row ?? {};
  };

  const types = async (name: string): Promise<Record<string, unknown>> => {
    const rows = await lake.run(`DESCRIBE TABLE ${lake.table(name)}`);
    // Clustering is told behind the columns, under headings that begin with #.
    const end = rows.findIndex(({col_name: column}) => String(column).startsWith('#'));
    const columns = end < 0 ? rows : rows.slice(0, end);
    return Object.fromEntries(
      columns
        .filter(({col_name: column}) => column !== '')
        .map((row) => [String(row['col_name']), row['data_type']]),
    );
  };

  it('are made with all that a table is given', async () => {
    await lake.run(
      `CREATE TABLE IF NOT EXISTS ${lake.table('made')} (\n` +
        "  `_airbyte_raw_id` STRING NOT NULL COMMENT 'it\\'s the \"id\"\\nof the row',\n" +
        '  `select` TIMESTAMP,\n  `ümlaut` DOUBLE\n)\nUSING DELTA\n' +
        'CLUSTER BY (`_airbyte_raw_id`, `select`)\n' +
        `COMMENT 'A table\\'s comment: \\u0024{x}'\n` +
        `TBLPROPERTIES ('airbyte.member.a b.\`c"' = 'odd''s {\\n}', 'delta.enableTypeWidening' = 'true')`,
    );

    const made = await detail('made');
    const rows = await lake.run(`DESCRIBE TABLE ${lake.table('made')}`);
    const properties = await lake.run(`SHOW TBLPROPERTIES ${lake.table('made')}`);

    expect(made).toMatchObject({
      description: "A table's comment: ${x}",
      clusteringColumns: ['_airbyte_raw_id', 'select'],
    });
    expect(rows.slice(0, 3)).toEqual([
      {
        col_name: '_airbyte_raw_id',
        data_type: 'string',
        comment: 'it\'s the "id"\nof the row',
      },
      {col_name: 'select', data_type: 'timestamp', comment: null},
      {col_name: 'ümlaut', data_type: 'double', comment: null},
    ]);
    expect(properties).toContainEqual({
      key: 'airbyte.member.a b.`c"',
      value: "odd's {\n}",
    });
  });

  it('tell odd properties row by row only', async () => {
    // The driver gives an empty map where the server's JSON is broken by a quote.
    const name = lake.table('quoted');
    await lake.run(`CREATE TABLE ${name} (a INT) TBLPROPERTIES ('a"b' = 'c"d')`);

    const rows = await lake.run(`SHOW TBLPROPERTIES ${name}`);

    expect((await detail('quoted'))['properties']).toEqual({});
    expect(rows).toContainEqual({key: 'a"b', value: 'c"d'});
  });

  it('are clustered afterwards where a letter beyond the first 65536 comes before', async () => {
    const name = lake.table('emoji');
    const create = `CREATE TABLE ${name} (a INT, \`b😀\` INT) USING DELTA`;

    const refusal = await lake.refusal(`${create} CLUSTER BY (a)`);
    await lake.run(create);
    await lake.run(`ALTER TABLE ${name} CLUSTER BY (a)`);

    expect(refusal.message).toContain('[PARSE_SYNTAX_ERROR]');
    expect(await types('emoji')).toMatchObject({a: 'int', 'b😀': 'int'});
    expect((await detail('emoji'))['clusteringColumns']).toEqual(['a']);
  });

  it('gain several columns with comments at once', async () => {
    await lake.run(`CREATE TABLE ${lake.table('grown')} (a INT)`);

    await lake.run(
      `ALTER TABLE ${lake.table('grown')} ADD COLUMNS (\`b\` STRING COMMENT 'it\\'s b', \`c\` BIGINT)`,
    );

    const [, b, c] = await lake.run(`DESCRIBE TABLE ${lake.table('grown')}`);
    expect([b, c]).toEqual([
      {col_name: 'b', data_type: 'string', comment: "it's b"},
      {col_name: 'c', data_type: 'bigint', comment: null},
    ]);
  });

  it('gain columns of new kinds once they have the feature', async () => {
    const name = lake.table('featured');
    await lake.run(`CREATE TABLE ${name} (a INT)`);

    const without = await lake.refusal(
      `ALTER TABLE ${name} ADD COLUMNS (t TIMESTAMP_NTZ)`,
    );
    await lake.run(
      `ALTER TABLE ${name} SET TBLPROPERTIES ('delta.feature.timestampNtz' = 'supported', 'delta.feature.variantType' = 'supported')`,
    );
    await lake.run(`ALTER TABLE ${name} ADD COLUMNS (t TIMESTAMP_NTZ, v VARIANT)`);

    expect(without.message).toContain('DELTA_FEATURES_REQUIRE_MANUAL_ENABLEMENT');
    expect(await types('featured')).toEqual({
      a: 'int',
      t: 'timestamp_ntz',
      v: 'variant',
    });
  });

  it('widen columns and keep their values', async () => {
    const name = lake.table('widened');
    await lake.run(`CREATE TABLE ${name} (i INT, b BIGINT, d DATE)`);
    await lake.run(
      `INSERT INTO ${name} VALUES (-2147483648, 9223372036854775807, DATE '0001-01-01')`,
    );
    await lake.run(
      `ALTER TABLE ${name} SET TBLPROPERTIES ('delta.enableTypeWidening' = 'true', ` +
        `'delta.feature.timestampNtz' = 'supported')`,
    );

    await lake.run(`ALTER TABLE ${name} ALTER COLUMN i TYPE BIGINT`);
    await lake.run(`ALTER TABLE ${name} ALTER COLUMN b TYPE DECIMAL(38,9)`);
    await lake.run(`ALTER TABLE ${name} ALTER COLUMN d TYPE TIMESTAMP_NTZ`);

    expect(await types('widened')).toEqual({
      i: 'bigint',
      b: 'decimal(38,9)',
      d: 'timestamp_ntz',
    });
    expect(
      await lake.run(
        `SELECT CAST(i AS STRING) AS i, CAST(b AS STRING) AS b, CAST(d AS STRING) AS d FROM ${name}`,
      ),
    ).toEqual([
      {
        i: '-2147483648',
        b: '9223372036854775807.000000000',
        d: '0001-01-01 00:00:00',
      },
    ]);
  });

  it.each([
    ['BIGINT', 'DOUBLE'],
    ['DOUBLE', 'STRING'],
    ['BIGINT', 'INT'],
    ['DATE', 'TIMESTAMP'],
    ['TIMESTAMP_NTZ', 'TIMESTAMP'],
    ['DOUBLE', 'DECIMAL(38,9)'],
  ])('do not widen %s to %s', async (from, to) => {
    const table = `narrow_${from}_${to}`.replaceAll(/\W/g, '_');
    await lake.run(
      `CREATE TABLE ${lake.table(table)} (a ${from}) TBLPROPERTIES ('delta.enableTypeWidening' = 'true')`,
    );

    const refusal = await lake.refusal(
      `ALTER TABLE ${lake.table(table)} ALTER COLUMN a TYPE ${to}`,
    );

    expect(refusal.message).toMatch(
      /DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP|NOT_SUPPORTED_CHANGE_COLUMN/,
    );
  });

  it('no longer require a value once they are told so', async () => {
    const name = lake.table('nullable');
    await lake.run(`CREATE TABLE ${name} (a INT NOT NULL, b INT)`);

    const before = await lake.refusal(`INSERT INTO ${name} VALUES (NULL, 1)`);
    await lake.run(`ALTER TABLE ${name} ALTER COLUMN a DROP NOT NULL`);
    await lake.run(`INSERT INTO ${name} VALUES (NULL, 1)`);

    expect(before).toMatchObject({
      sqlState: '23502',
      message: expect.stringContaining('DELTA_NOT_NULL_CONSTRAINT_VIOLATED'),
    });
    expect(await lake.run(`SELECT * FROM ${name}`)).toEqual([{a: null, b: 1}]);
  });

  it('lose their clustering by INSERT OVERWRITE, and take it again', async () => {
    const [name, source] = [lake.table('clustered'), lake.table('source')];
    await lake.run(
      `CREATE TABLE ${name} (a INT, b STRING) CLUSTER BY (a) COMMENT 'kept' TBLPROPERTIES ('airbyte.x' = 'kept')`,
    );
    await lake.run(`INSERT INTO ${name} VALUES (1, 'old')`);
    await lake.run(`CREATE TABLE ${source} (b STRING, a INT)`);
    await lake.run(`INSERT INTO ${source} VALUES ('new', 2)`);

    await lake.run(`INSERT OVERWRITE ${name} BY NAME SELECT a, b FROM ${source}`);
    const after = await detail('clustered');
    await lake.run(`ALTER TABLE ${name} CLUSTER BY (a)`);
    const repaired = await detail('clustered');

    expect(await lake.run(`SELECT * FROM ${name}`)).toEqual([{a: 2, b: 'new'}]);
    expect(after).toMatchObject({
      clusteringColumns: [],
      description: 'kept',
      properties: {'airbyte.x': 'kept'},
    });
    expect(repaired['clusteringColumns']).toEqual(['a']);
  });

  it('are all replaced at once by INSERT OVERWRITE of nothing', async () => {
    const name = lake.table('emptied');
    await lake.run(`CREATE TABLE ${name} (a INT)`);
    await lake.run(`INSERT INTO ${name} VALUES (1)`);

    await lake.run(
      `INSERT OVERWRITE ${name} BY NAME SELECT a FROM ${name} WHERE false`,
    );

    expect(await lake.run(`SELECT * FROM ${name}`)).toEqual([]);
  });

  it('are found by the beginning of their names', async () => {
    for (const name of [
      '_airbyte_x_gen1',
      '_airbyte_x_gen12',
      '_airbyte_xy',
      'airbytex_gen1',
    ])
      await lake.run(`CREATE TABLE ${lake.table(name)} (a INT)`);

    const found = await lake.run(
      `SHOW TABLES IN main.${lake.schema} LIKE '_airbyte_x_gen*'`,
    );

    expect(found.map((row) => row['tableName'])).toEqual([
      '_airbyte_x_gen1',
      '_airbyte_x_gen12',
    ]);
  });

  it.each([
    ['CLUSTER BY (a, b, c, d, e)', 'DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS'],
    ['CLUSTER BY (f)', 'DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED'],
  ])('are not made with %s', async (clustering, errorClass) => {
    const refusal = await lake.refusal(
      `CREATE TABLE ${lake.table('badly')} (a INT, b INT, c INT, d INT, e INT, f BOOLEAN) ${clustering}`,
    );

    expect(refusal.message).toContain(errorClass);
  });

  it('take a list of tags or a primary key on Unity Catalog alone', async () => {
    const name = lake.table('governed');
    await lake.run(`CREATE TABLE ${name} (a INT NOT NULL)`);

    const refusals = [
      await lake.refusal(`ALTER TABLE ${name} SET TAGS ('a' = 'b')`),
      await lake.refusal(`ALTER TABLE ${name} ADD CONSTRAINT k PRIMARY KEY (a)`),
    ];

    expect(refusals.map(({sqlState}) => sqlState)).toEqual(['42601', '0A000']);
  });
});
