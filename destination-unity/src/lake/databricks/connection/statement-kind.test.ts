import {statementKind} from './statement-kind';

describe('statementKind', () => {
  it.each([
    ["SELECT 'secret'", 'SELECT'],
    ['COPY INTO `main`.`pi`.`t`\nFROM (SELECT 1)', 'COPY INTO'],
    ['  merge  into t using s', 'MERGE INTO'],
    ['ALTER TABLE t ADD COLUMNS (a INT)', 'ALTER TABLE'],
    ['CREATE VOLUME IF NOT EXISTS v', 'CREATE VOLUME'],
    ['CREATE OR REPLACE TABLE t', 'CREATE OR REPLACE TABLE'],
    ["REMOVE '/Volumes/a'", 'REMOVE'],
    ["PUT '/a' INTO '/b'", 'PUT'],
    ['(SELECT 1)', 'statement'],
    ['', 'statement'],
  ])('calls %j %s', (sql, kind) => {
    expect(statementKind(sql)).toBe(kind);
  });
});
