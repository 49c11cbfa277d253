import type {Refusal} from './warehouse';
import {isDenied, lackOf, toldLack, type Grant} from './grants';

const GRANT_ON_SCHEMA: Grant = {
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

describe('toldLack', () => {
  it.each([
    ["User does not have USE CATALOG on Catalog 'main'.", 'USE CATALOG', 'main'],
    ['User does not have READ VOLUME on Volume `a.b.c`.', 'READ VOLUME', 'a.b.c'],
    ['User does not have privilege SELECT on Table `a`.`b`.', 'SELECT', 'a.b'],
    [
      "User does not have permission CREATE TABLE and USE SCHEMA on Schema 'main.pi'.",
      'CREATE TABLE, USE SCHEMA',
      'main.pi',
    ],
  ])('reads %j', (message, privilege, name) => {
    const grant = toldLack(refusal({message}));

    expect(grant?.privilege).toBe(privilege);
    expect(grant?.name.join('.')).toBe(name);
  });

  it.each([
    'User does not have permission SELECT on any file.',
    "User does not have CREATE TABLE on Schema 'main.*'",
    'Access denied.',
  ])('finds nothing told in %j', (message) => {
    expect(toldLack(refusal({message}))).toBeUndefined();
  });
});

describe('lackOf', () => {
  it('says who lacks what, and how to give it', () => {
    expect(lackOf(GRANT_ON_SCHEMA, 'svc@example.com')).toBe(
      'The principal svc@example.com lacks CREATE TABLE on schema main.pi. Its owner or a ' +
        'metastore admin can give it: GRANT CREATE TABLE ON SCHEMA `main`.`pi` TO ' +
        '`svc@example.com`',
    );
  });

  it('leaves a place for a principal that is not known', () => {
    expect(lackOf(GRANT_ON_SCHEMA)).toMatch(
      /^The principal lacks .* TO `<principal>`$/,
    );
  });
});

function refusal(told: Partial<Refusal>): Refusal {
  return {errorClass: '', sqlState: '', message: '', ...told};
}
