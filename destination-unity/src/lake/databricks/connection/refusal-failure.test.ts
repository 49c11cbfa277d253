import {ConfigError, SystemError} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {refusalOf} from './fault';
import {refusalFailure} from './refusal-failure';

describe('refusalFailure', () => {
  it.each([
    [
      "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have USE SCHEMA on Schema 'main.pi'. SQLSTATE: 42501",
      'The principal lacks USE SCHEMA on schema main.pi. Its owner or a metastore admin can give it: GRANT USE SCHEMA ON SCHEMA `main`.`pi` TO `<principal>`.',
    ],
    [
      "PERMISSION_DENIED: User does not have USE CATALOG on Catalog 'main'.",
      'The principal lacks USE CATALOG on catalog main. Its owner or a metastore admin can give it: GRANT USE CATALOG ON CATALOG `main` TO `<principal>`.',
    ],
    [
      "[INSUFFICIENT_PERMISSIONS] User does not have permission WRITE VOLUME on Volume 'main.pi._airbyte_staging'.",
      'The principal lacks WRITE VOLUME on volume main.pi._airbyte_staging. Its owner or a metastore admin can give it: GRANT WRITE VOLUME ON VOLUME `main`.`pi`.`_airbyte_staging` TO `<principal>`.',
    ],
    [
      "[INSUFFICIENT_PERMISSIONS] User does not have CREATE TABLE and USE SCHEMA on Schema 'main.pi'.",
      'The principal lacks CREATE TABLE, USE SCHEMA on schema main.pi. Its owner or a metastore admin can give it: GRANT CREATE TABLE, USE SCHEMA ON SCHEMA `main`.`pi` TO `<principal>`.',
    ],
  ])('names the missing grant in %j', (message, expected) => {
    const failure = refusalFailure(refusalOf(message), 'CREATE TABLE');

    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure.message).toBe(expected);
  });

  it('repeats the words of a missing grant that it cannot read', () => {
    const failure = refusalFailure(
      refusalOf("[INSUFFICIENT_PERMISSIONS] No way for 'main.pi'. SQLSTATE: 42501"),
      'LIST',
    );

    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure.message).toContain("No way for 'main.pi'");
  });

  it.each([
    [
      "[NO_SUCH_CATALOG_EXCEPTION] Catalog 'mein' was not found.",
      /catalog mein .*"Catalog"/,
    ],
    [
      '[SCHEMA_NOT_FOUND] The schema `main`.`py` cannot be found.',
      /schema main\.py .*schema"/,
    ],
    ['[UC_QUOTA_EXCEEDED] Too many tables.', /reached a limit: .*Too many tables/],
  ])('says who must act on %j', (message, words) => {
    const failure = refusalFailure(refusalOf(message), 'CREATE TABLE');

    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure.message).toMatch(words);
  });

  it('takes anything else for our own fault, and keeps class and kind', () => {
    const refusal = refusalOf(
      '[CAST_INVALID_INPUT] The value \'hush\' of "STRING". SQLSTATE: 22018',
    );

    const failure = refusalFailure(refusal, 'MERGE INTO');

    expect(failure).toBeInstanceOf(SystemError);
    expect(failure.details).toEqual({
      statement: 'MERGE INTO',
      error_class: 'CAST_INVALID_INPUT',
      sql_state: '22018',
    });
    expect(failure.toString()).not.toContain('hush');
  });

  it('shows no value that a message quotes', () => {
    const values = fc.stringMatching(/^[a-z0-9 "`]{6,20}$/).map((text) => `Z${text}`);

    fc.assert(
      fc.property(values, (value) => {
        const said = refusalFailure(
          refusalOf(`[A_B] The value '${value}' is bad.`),
          'COPY',
        );

        expect(said.toString()).not.toContain(value);
      }),
    );
  });

  it('is quick with endless messages', () => {
    fc.assert(
      fc.property(fc.string({minLength: 1000, maxLength: 20_000}), (message) => {
        const said = refusalFailure(refusalOf(message), 'COPY INTO');

        expect(said.message.length).toBeLessThan(500);
      }),
      {numRuns: 20},
    );
  });
});
