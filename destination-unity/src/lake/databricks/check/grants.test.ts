import type {Refusal} from '../warehouse';
import {isDenied, lackOf, missingGrant, type Grant} from './grants';

const EXPECTED: Grant = {
  privilege: 'CREATE TABLE',
  kind: 'SCHEMA',
  name: ['main', 'pi'],
};

describe('isDenied', () => {
  it.each([
    {sqlState: '42501'},
    {errorClass: 'PERMISSION_DENIED'},
    {message: 'PERMISSION_DENIED: User is not an owner of Table.'},
    {message: "User does not have USE SCHEMA on Schema 'main.pi'."},
  ])('knows %j', (told) => {
    expect(isDenied(refusal(told))).toBe(true);
  });

  it('leaves other refusals alone', () => {
    const told = {errorClass: 'SCHEMA_NOT_FOUND', sqlState: '42704'};

    expect(isDenied(refusal(told))).toBe(false);
  });
});

describe('missingGrant', () => {
  it.each([
    ["User does not have USE CATALOG on Catalog 'main'.", 'USE CATALOG', 'main'],
    ['User does not have READ VOLUME on Volume `a.b.c`.', 'READ VOLUME', 'a.b.c'],
    [
      "User does not have permission CREATE TABLE and USE SCHEMA on Schema 'main.pi'.",
      'CREATE TABLE, USE SCHEMA',
      'main.pi',
    ],
  ])('reads %j', (message, privilege, name) => {
    const grant = missingGrant(refusal({message}), EXPECTED);

    expect([grant.privilege, grant.name.join('.')]).toEqual([privilege, name]);
  });

  it.each([
    'User does not have permission SELECT on any file.',
    "User does not have CREATE TABLE on Schema 'main.*'",
    'Access denied.',
  ])('takes what was expected for %j', (message) => {
    expect(missingGrant(refusal({message}), EXPECTED)).toBe(EXPECTED);
  });
});

describe('lackOf', () => {
  it('says who lacks what, and how to give it', () => {
    expect(lackOf(EXPECTED, 'svc@example.com')).toBe(
      'The principal svc@example.com lacks CREATE TABLE on schema main.pi. Its owner or a ' +
        'metastore admin can give it: GRANT CREATE TABLE ON SCHEMA `main`.`pi` TO ' +
        '`svc@example.com`',
    );
  });

  it('leaves a place for a principal that is not known', () => {
    expect(lackOf(EXPECTED)).toMatch(/^The principal lacks .* TO `<principal>`$/);
  });
});

function refusal(told: Partial<Refusal>): Refusal {
  return {errorClass: '', sqlState: '', message: '', ...told};
}
