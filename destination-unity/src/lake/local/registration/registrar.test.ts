import {ConfigError, TransientError} from 'airbyte-cdk-ts';

import {CatalogClient} from './catalog-client';
import {CatalogServer, refusal} from './catalog-server.stand-in';
import {Registrar} from './registrar';
import {tableEntry, type EntryOptions, type TableEntry} from './table-entry';

const NAME = 'unity.pi.values';
const MANY = [1, 2, 3, 4];

describe('Registrar', () => {
  it('registers a table and the schema it needs', async () => {
    const server = new CatalogServer();

    await registrarOf(server).register(entry());

    expect(server.schemas).toEqual(new Set(['unity.pi']));
    expect(server.tables.get(NAME)).toEqual(entry());
  });

  it('leaves an entry alone that says the same in other words', async () => {
    const server = new CatalogServer();
    await registrarOf(server).register(entry());
    const columns = entry().columns.map((column) => ({
      ...column,
      type_text: column.type_text.toUpperCase(),
      type_json: '{"written":"anew"}',
    }));
    server.tables.set(NAME, {
      ...entry(),
      columns: columns.toReversed(),
      storage_location: 'file:/lake/main/pi/values/',
      comment: null,
      properties: null,
    });
    server.asked.length = 0;

    await registrarOf(server).register(entry());

    expect(server.asked).toEqual([`GET tables/${NAME}`]);
  });

  it.each<[string, Change, string]>([
    ['a column more', {fields: [FIELD('value'), FIELD('more')]}, 'column more'],
    ['a column less', {fields: []}, 'column value'],
    ['another type', {fields: [FIELD('value', 'long')]}, 'column value'],
    ['another comment', {fields: [FIELD('value', 'double', 'New.')]}, 'column value'],
    ['another comment of the table', {description: 'New.'}, 'comment'],
  ])('makes an entry anew for %s', async (_, change, told) => {
    const server = new CatalogServer();
    const messages: string[] = [];
    await registrarOf(server).register(entry());
    server.asked.length = 0;

    await registrarOf(server, messages).register(entry(change));

    expect(server.tables.get(NAME)).toEqual(entry(change));
    expect(server.asked).toEqual([
      `GET tables/${NAME}`,
      `DELETE tables/${NAME}`,
      'POST tables',
    ]);
    expect(messages).toEqual([expect.stringContaining(`: ${told} changed.`)]);
  });

  it.each([
    ['a managed table', {table_type: 'MANAGED'}, 'it is MANAGED DELTA'],
    ['a table of files', {data_source_format: 'CSV'}, 'it is EXTERNAL CSV'],
    ['a view', {table_type: null, data_source_format: null}, 'it is of no type'],
    [
      'a table that stands elsewhere',
      {storage_location: 'file:///other/values'},
      'it stands at file:///other/values',
    ],
  ])('never touches %s', async (_, members, why) => {
    const server = new CatalogServer();
    const foreign = {...entry(), columns: [], ...members};
    server.tables.set(NAME, foreign);

    const told = registrarOf(server).register(entry());

    await expect(told).rejects.toThrow(ConfigError);
    await expect(told).rejects.toThrow(`another table by the name ${NAME}: ${why}`);
    expect(server.tables.get(NAME)).toBe(foreign);
    expect(server.asked).toEqual([`GET tables/${NAME}`]);
  });

  it('says that the catalog is missing', async () => {
    const server = new CatalogServer();
    server.catalogs = [];

    const told = registrarOf(server).register(entry());

    await expect(told).rejects.toThrow(ConfigError);
    await expect(told).rejects.toThrow('There is no catalog unity');
  });

  it('is content when a lost answer had done its work', async () => {
    const server = new CatalogServer();
    server.schemas.add('unity.pi');
    server.faults.set('GET tables', [refusal(404, 'NOT_FOUND')]);
    server.tables.set(NAME, entry());

    await registrarOf(server).register(entry());

    expect(server.asked.at(-1)).toBe(`GET tables/${NAME}`);
    expect(server.tables.get(NAME)).toEqual(entry());
  });

  it('lets another stream make the schema at the same moment', async () => {
    const server = new CatalogServer();
    server.schemas.add('unity.pi');
    server.faults.set('GET schemas', [refusal(404, 'NOT_FOUND')]);

    await registrarOf(server).register(entry());

    expect(server.tables.get(NAME)).toEqual(entry());
  });

  it('registers a table whose entry an interrupted sync had removed', async () => {
    const server = new CatalogServer();
    await registrarOf(server).register(entry());
    server.faults.set('POST', [new Killed('')]);
    const changed = entry({description: 'New.'});

    await expect(registrarOf(server).register(changed)).rejects.toThrow(Killed);
    const between = server.tables.get(NAME);
    await registrarOf(server).register(changed);

    expect(between).toBeUndefined();
    expect(server.tables.get(NAME)).toEqual(changed);
  });

  it('puts an entry back when the server will not have the new one', async () => {
    const server = new CatalogServer();
    await registrarOf(server).register(entry());
    server.faults.set('POST tables', [refusal(400, 'INVALID_ARGUMENT', 'Too long.')]);

    const told = registrarOf(server).register(entry({description: 'New.'}));

    await expect(told).rejects.toThrow(
      `refuses to register the table ${NAME}: Too long.`,
    );
    expect(server.tables.get(NAME)).toEqual({...entry(), comment: ''});
  });

  it('gives up where others go on changing the entry', async () => {
    const server = new CatalogServer();
    server.schemas.add('unity.pi');
    server.faults.set(
      'POST tables',
      MANY.map(() => refusal(409, 'ALREADY_EXISTS')),
    );

    const told = registrarOf(server).register(entry());

    await expect(told).rejects.toThrow(TransientError);
  });

  it('removes nothing but its own entry, whatever else the catalog holds', async () => {
    const server = new CatalogServer();
    const others = ['unity.pi.value', 'unity.pi.values2', 'unity.other.values'];
    for (const name of others) server.tables.set(name, {name});
    await registrarOf(server).register(entry());

    await registrarOf(server).register(entry({description: 'New.'}));

    expect([...server.tables.keys()].sort()).toEqual([...others, NAME].sort());
  });
});

class Killed extends TransientError {}

interface Change {
  readonly fields?: readonly object[];
  readonly description?: string;
}

function FIELD(name: string, type = 'double', comment?: string): object {
  return {name, type, nullable: true, metadata: comment === undefined ? {} : {comment}};
}

function entry({fields = [FIELD('value')], description}: Change = {}): TableEntry {
  const metaData: EntryOptions['metaData'] = {
    schemaString: JSON.stringify({type: 'struct', fields}),
    configuration: {'airbyte.origin': 'values', 'delta.checkpointInterval': '10'},
    ...(description === undefined ? {} : {description}),
  };
  return tableEntry({
    catalog: 'unity',
    schema: 'pi',
    table: 'values',
    folder: '/lake/main/pi/values',
    metaData,
  });
}

function registrarOf(server: CatalogServer, messages: string[] = []): Registrar {
  const collect = (message: string): void => void messages.push(message);
  const log = {error: collect, warn: collect, info: collect, debug: collect};
  return new Registrar(new CatalogClient(server, 'uc.example', 'unity'), log);
}
