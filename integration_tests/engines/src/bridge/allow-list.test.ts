import {isAllowed} from './allow-list';

describe('isAllowed', () => {
  it.each([
    ['CREATE TABLE t (a INT)', 'bridge', []],
    ['MERGE INTO t USING s', 'bridge', []],
    ['ALTER TABLE t ADD COLUMNS (b INT)', 'rewritten', ['volume path']],
    ['SELECT 1', 'rewritten', ['USE CATALOG']],
    ['CREATE TABLE t (a INT)', 'rewritten', ['parameters']],
  ] as const)('refuses %s as %s %j', (statement, treatment, rewritings) => {
    expect(isAllowed({statement, treatment, rewritings})).toBe(false);
  });

  it.each([
    ['-- why\ncopy into t', 'bridge', []],
    ['CREATE TABLE t (a INT)', 'unchanged', []],
    ['merge into t using s', 'rewritten', ['volume path', 'parameters']],
  ] as const)('allows %s as %s %j', (statement, treatment, rewritings) => {
    expect(isAllowed({statement, treatment, rewritings})).toBe(true);
  });
});
