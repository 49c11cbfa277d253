import {
  TSparkParameter,
  TSparkParameterValue,
} from '@databricks/sql/thrift/TCLIService_types';

import {planStatement} from './plan';

const locate = (volumePath: string): string => `/disk${volumePath}`;

const text = (stringValue: string): TSparkParameterValue =>
  new TSparkParameterValue({stringValue});

describe('planStatement', () => {
  it.each([
    'SELECT \'/Volumes/a/b/c\' AS `x /Volumes/a/b/c`, "`/Volumes/a/b/c`"',
    "SELECT 1 -- read_files('/Volumes/a/b/c')",
    "INSERT INTO t VALUES ('COPY INTO t')",
    'CREATE TABLE t (put STRING, list STRING) /* `/Volumes/a/b/c` */',
  ])('leaves every letter of %s', (sql) => {
    expect(planStatement(sql, [], locate)).toEqual({by: 'spark', sql, rewritings: []});
  });

  it('reads files of volumes from disk', () => {
    const sql =
      "SELECT * FROM parquet.`/Volumes/a/b/c/f` JOIN read_files('/Volumes/a/b/c', format => 'parquet') USING (x)";

    expect(planStatement(sql, [], locate)).toEqual({
      by: 'spark',
      sql: 'SELECT * FROM parquet.`file:/disk/Volumes/a/b/c/f` JOIN parquet.`file:/disk/Volumes/a/b/c` USING (x)',
      rewritings: ['volume path', 'read_files'],
    });
  });

  it('refuses to read files of other formats', () => {
    expect(() =>
      planStatement(
        "SELECT * FROM read_files('/Volumes/a/b/c', format => 'csv')",
        [],
        locate,
      ),
    ).toThrow('UNSUPPORTED_BY_BRIDGE');
  });

  it('lets Spark bind the parameters', () => {
    const parameters = [
      new TSparkParameter({name: 'a', type: 'STRING', value: text("it's")}),
      new TSparkParameter({name: 'b', type: 'INTEGER', value: text('5')}),
      new TSparkParameter({name: 'c', type: 'VOID'}),
    ];

    expect(planStatement("SELECT :a, :b, :c, ':d'", parameters, locate)).toEqual({
      by: 'spark',
      sql: "EXECUTE IMMEDIATE 'SELECT :a, :b, :c, \\':d\\'' USING 'it\\'s' AS a, CAST('5' AS INT) AS b, NULL AS c",
      rewritings: ['parameters'],
    });
  });

  it('changes the catalog in the words of Spark', () => {
    expect(planStatement('USE CATALOG `other`', [], locate)).toEqual({
      by: 'spark',
      sql: "SET CATALOG 'other'",
      rewritings: ['USE CATALOG'],
    });
  });
});
