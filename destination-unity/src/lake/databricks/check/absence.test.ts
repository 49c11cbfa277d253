import {absentIn} from './absence';

describe('absentIn', () => {
  it.each([
    ['NO_SUCH_CATALOG_EXCEPTION', "Catalog 'plant' was not found.", 'catalog'],
    [
      'SCHEMA_NOT_FOUND',
      'The schema `main`.`pi` cannot be found. Verify the spelling of the schema and catalog.',
      'schema',
    ],
    ['UC_VOLUME_NOT_FOUND', 'Volume `main`.`pi`.`v` does not exist.', 'volume'],
    ['', "Catalog 'plant' does not exist", 'catalog'],
    ['', "Schema 'pi' was not found in catalog 'main'", 'schema'],
    ['RESOURCE_DOES_NOT_EXIST', "Volume 'v' does not exist.", 'volume'],
  ])('reads %s: %s', (errorClass, message, absent) => {
    expect(absentIn({errorClass, message, sqlState: '42704'})).toBe(absent);
  });

  it.each([
    ['PERMISSION_DENIED', "Schema 'pi' does not exist or you may not see it."],
    ['PARSE_SYNTAX_ERROR', 'Syntax error at or near schema.'],
    ['', 'The table or view cannot be found.'],
  ])('finds nothing missing in %s: %s', (errorClass, message) => {
    expect(absentIn({errorClass, message, sqlState: ''})).toBeUndefined();
  });
});
