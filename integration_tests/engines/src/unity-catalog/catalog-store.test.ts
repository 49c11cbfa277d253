import {CatalogStore} from './catalog-store';
import {RefusedRequest} from './refused-request';
import type {Members} from './table-request';

const COLUMN = {
  name: 'value',
  type_text: 'DOUBLE',
  type_name: 'DOUBLE',
  type_json: '{"name":"value","type":"double","nullable":true,"metadata":{}}',
  position: 0,
  nullable: true,
};

describe('CatalogStore', () => {
  it('keeps types in lower case and locations without a slash at their end', () => {
    const table = store().createTable(request({storage_location: 'file:///a/b/'}));

    expect(table.storage_location).toBe('file:///a/b');
    expect(table.columns[0]?.type_text).toBe('double');
  });

  it.each<[string, Members]>([
    ['a managed table', {table_type: 'MANAGED'}],
    ['a format it does not know', {data_source_format: 'DUCK'}],
    ['a table without a location', {storage_location: undefined}],
    ['a location that is a path', {storage_location: '/a/b'}],
    ['a name with a dot', {name: 'a.b'}],
    ['a name that is too long', {name: 'a'.repeat(256)}],
    ['a type it does not know', {columns: [{...COLUMN, type_name: 'NUMBER'}]}],
    ['a type alone as type_json', {columns: [{...COLUMN, type_json: '"double"'}]}],
    ['type_json of another column', {columns: [{...COLUMN, name: 'other'}]}],
    ['type_json of another nullability', {columns: [{...COLUMN, nullable: false}]}],
    [
      'type_json without metadata',
      {
        columns: [
          {...COLUMN, type_json: COLUMN.type_json.replace(',"metadata":{}', '')},
        ],
      },
    ],
  ])('refuses %s', (_, members) => {
    expect(statusOf(() => store().createTable(request(members)))).toBe(400);
  });

  it('says what is missing and what is there already', () => {
    const catalogs = store();
    catalogs.createTable(request({}));

    expect(statusOf(() => catalogs.createTable(request({})))).toBe(409);
    expect(
      statusOf(() => catalogs.createTable(request({schema_name: 'nowhere'}))),
    ).toBe(404);
    expect(
      statusOf(() => catalogs.createSchema({name: 'pi', catalog_name: 'nowhere'})),
    ).toBe(404);
    expect(statusOf(() => catalogs.deleteSchema('unity.pi', false))).toBe(400);
  });

  it('lists tables by name, page by page', () => {
    const catalogs = store();
    for (const name of ['c', 'a', 'b']) catalogs.createTable(request({name}));

    const first = catalogs.listTables('unity.pi', {after: '', maxResults: 2});
    const second = catalogs.listTables('unity.pi', {after: 'b', maxResults: 2});

    expect(first).toMatchObject({
      tables: [{name: 'a'}, {name: 'b'}],
      next_page_token: 'b',
    });
    expect(second).toMatchObject({tables: [{name: 'c'}], next_page_token: null});
  });
});

function store(): CatalogStore {
  const catalogs = new CatalogStore(() => 0);
  catalogs.createCatalog({name: 'unity'});
  catalogs.createSchema({name: 'pi', catalog_name: 'unity'});
  return catalogs;
}

function request(members: Members): Members {
  return {
    ...{catalog_name: 'unity', schema_name: 'pi', name: 'values'},
    ...{table_type: 'EXTERNAL', data_source_format: 'DELTA'},
    ...{storage_location: 'file:///lake/values', columns: [COLUMN]},
    ...members,
  };
}

function statusOf(act: () => unknown): number {
  try {
    act();
    return 200;
  } catch (refusal) {
    return refusal instanceof RefusedRequest ? refusal.status : 500;
  }
}
