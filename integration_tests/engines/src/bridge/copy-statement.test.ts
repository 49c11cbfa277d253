import {parseCopyInto} from './copy-statement';

describe('parseCopyInto', () => {
  it('takes a load of named files apart', () => {
    const sql = [
      'COPY INTO `main`.lake.t',
      "FROM (SELECT CAST(a AS INT) AS a, 'FROM (' AS b FROM '/Volumes/main/lake/v/')",
      'FILEFORMAT = PARQUET',
      "FILES = ('1.parquet', 'it\\'s.parquet')",
      "COPY_OPTIONS ('force' = 'true', 'mergeSchema' = 'false')",
    ].join('\n');

    expect(parseCopyInto(sql)).toEqual({
      target: '`main`.lake.t',
      select: "SELECT CAST(a AS INT) AS a, 'FROM (' AS b ",
      folder: '/Volumes/main/lake/v/',
      files: ['1.parquet', "it's.parquet"],
      force: true,
      mergeSchema: false,
    });
  });

  it('takes a load of a whole folder apart', () => {
    expect(
      parseCopyInto("copy into t from '/Volumes/main/lake/v' fileformat = parquet"),
    ).toEqual({
      target: 't',
      select: undefined,
      folder: '/Volumes/main/lake/v',
      files: undefined,
      force: false,
      mergeSchema: false,
    });
  });

  it.each([
    ["COPY INTO t FROM '/v' FILEFORMAT = CSV", 'COPY INTO of CSV'],
    [
      "COPY INTO t FROM '/v' FILEFORMAT = PARQUET PATTERN = '*'",
      'PATTERN in COPY INTO',
    ],
    [
      "COPY INTO t FROM (SELECT * FROM '/v' WHERE a > 1) FILEFORMAT = PARQUET",
      'an alias or a condition',
    ],
    ["COPY INTO t FROM (SELECT * FROM '/v' AS s) FILEFORMAT = PARQUET", 'an alias'],
  ])('refuses %s by name', (sql, what) => {
    expect(() => parseCopyInto(sql)).toThrow(what);
  });
});
