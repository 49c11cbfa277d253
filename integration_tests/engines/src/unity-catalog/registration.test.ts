import {randomBytes} from 'node:crypto';

import type {RunEnd} from '../behaviours/destination-run';
import type {StreamStory} from '../behaviours/stream-story';
import {entryColumns} from './catalog-reader';
import type {TableInfo} from './catalog-store';
import {deltaColumns} from './delta-columns';
import {RegisteringConnection} from './registering-connection';
import {serverUnderTest, type ServerUnderTest} from './server-under-test';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await serverUnderTest(process.env);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('registration in a Unity Catalog server', () => {
  it('shows a table with the columns and comments of its Delta log', async () => {
    await using connection = begin();

    const end = await connection.sync([story({properties: EVERY_TYPE})]);

    const entry = await entryOf(connection);
    const delta = deltaColumns(connection.tableFolder('values'));
    expect(end).toMatchObject({exit: 0, errors: []});
    expect(entry).toMatchObject({table_type: 'EXTERNAL', data_source_format: 'DELTA'});
    expect(entry.storage_location).toBe(`file://${connection.tableFolder('values')}`);
    expect(entryColumns(entry)).toEqual(delta.columns);
    expect(entry.comment ?? '').toBe(delta.comment);
    expect(typesOf(entry)).toMatchObject({
      id: 'LONG bigint',
      number: 'DOUBLE double',
      text: 'STRING string',
      nested: 'STRING string',
      flag: 'BOOLEAN boolean',
      day: 'DATE date',
      instant: 'TIMESTAMP timestamp',
      local: 'TIMESTAMP_NTZ timestamp_ntz',
    });
  });

  it('gives decimals with their digits', async () => {
    await using connection = begin({number_type: 'decimal'});

    await connection.sync([story({properties: EVERY_TYPE})]);

    const {columns} = await entryOf(connection);
    expect(columns.find(({name}) => name === 'number')).toMatchObject({
      type_name: 'DECIMAL',
      type_text: 'decimal(38,9)',
      type_precision: 38,
      type_scale: 9,
    });
  });

  it('leaves an entry alone that says what the table is', async () => {
    await using connection = begin();
    await connection.sync([story({properties: EVERY_TYPE})]);
    const before = await entryOf(connection);

    await connection.sync([story({properties: EVERY_TYPE})]);

    expect(await entryOf(connection)).toEqual(before);
  });

  it('registers a table anew when columns come to it, and nothing else', async () => {
    await using connection = begin();
    const {reader, schema} = connection;
    await connection.sync([story({}), story({name: 'others'})]);
    await reader.makeTable(schema, 'foreign', {storage_location: 'file:///foreign'});
    const before = await reader.table(schema, 'foreign');
    const others = await reader.table(schema, 'others');

    await connection.sync([story({properties: {...ID, more: {type: 'number'}}})]);

    const entry = await entryOf(connection);
    expect(entryColumns(entry)).toEqual(
      deltaColumns(connection.tableFolder('values')).columns,
    );
    expect(typesOf(entry)).toHaveProperty('more', 'DOUBLE double');
    expect(await reader.table(schema, 'foreign')).toEqual(before);
    expect(await reader.table(schema, 'others')).toEqual(others);
    expect(await reader.tables(schema)).toEqual(['foreign', 'others', 'values']);
  });

  it('registers a table anew when a comment changes', async () => {
    await using connection = begin();
    const described = (description: string): StreamStory =>
      story({properties: {...ID, flow: {type: 'number', description}}});
    await connection.sync([described('Flow of the line.')]);

    await connection.sync([described('Flow of the second line.')]);

    const delta = deltaColumns(connection.tableFolder('values'));
    expect(entryColumns(await entryOf(connection))).toEqual(delta.columns);
    expect(delta.columns.find(({name}) => name === 'flow')?.comment).toContain(
      'second',
    );
  });

  it('keeps the entry over a refresh, and never shows what is to replace it', async () => {
    await using connection = begin();
    const {reader, schema} = connection;
    await connection.sync([refresh({generation: [1, 1]})]);
    const before = await entryOf(connection);
    await connection.sync([refresh({generation: [2, 2], ending: 'INCOMPLETE'})]);
    const between = await reader.tables(schema);

    await connection.sync([refresh({generation: [2, 2]})]);

    expect(await entryOf(connection)).toEqual(before);
    expect(between).toEqual(['values']);
    expect(await reader.tables(schema)).toEqual(['values']);
  });

  it('shows the columns of what replaced a table', async () => {
    await using connection = begin();
    await connection.sync([refresh({generation: [1, 1]})]);

    const properties = {...ID, more: {type: 'string'}};
    await connection.sync([refresh({generation: [2, 2], properties})]);

    const entry = await entryOf(connection);
    expect(typesOf(entry)).toHaveProperty('more', 'STRING string');
    expect(entry.storage_location).toBe(`file://${connection.tableFolder('values')}`);
  });

  it('never touches another table of the name, and loses nothing over it', async () => {
    await using connection = begin();
    const {reader, schema} = connection;
    await reader.makeSchema(schema);
    await reader.makeTable(schema, 'values', {
      storage_location: 'file:///foreign/table',
    });
    const foreign = await reader.table(schema, 'values');

    const end = await connection.sync([story({}), story({name: 'others'})]);

    expect(await reader.table(schema, 'values')).toEqual(foreign);
    expect(await reader.table(schema, 'others')).toBeDefined();
    expect(statesOf(end)).toEqual(['others', 'values']);
    expect(end.exit).toBe(1);
    expect(end.errors).toEqual([
      {
        stream: 'values',
        failureType: 'config_error',
        message: expect.stringMatching(
          /^The rows are stored in .*\/values; only the registration of .*\.values failed: The Unity Catalog at \S+ has another table by the name \S+: it stands at file:\/\/\/foreign\/table\. It is left alone\./,
        ),
      },
    ]);
  });

  it('registers a table again whose entry is gone', async () => {
    await using connection = begin();
    const {reader, schema} = connection;
    await connection.sync([story({})]);
    await reader.removeTable(schema, 'values');

    await connection.sync([story({batches: []})]);

    expect(entryColumns(await entryOf(connection))).toEqual(
      deltaColumns(connection.tableFolder('values')).columns,
    );
  });

  it('registers many tables at once in a schema that nobody has made', async () => {
    await using connection = begin();
    const names = Array.from({length: 12}, (_, at) => `stream_${10 + at}`);

    const end = await connection.sync(names.map((name) => story({name})));

    expect(end).toMatchObject({exit: 0, errors: [], warnings: []});
    expect(await connection.reader.tables(connection.schema)).toEqual(names);
  });

  it('names the folder as readers reach it', async () => {
    await using connection = begin();

    await connection.sync([story({})], {folder: '/srv/lake of the plant'});

    const {storage_location: location} = await entryOf(connection);
    expect(decodeURI(location)).toBe(
      `file:///srv/lake of the plant/lake/${connection.schema}/values`,
    );
  });

  it('is tried by check, which leaves nothing behind', async () => {
    await using connection = begin();

    const answer = await connection.check();

    expect(answer.status).toBe('SUCCEEDED');
    expect(await connection.reader.hasSchema(connection.schema)).toBe(false);
  });

  it('says by check that the catalog is missing', async () => {
    await using connection = begin();

    const answer = await connection.check({catalog: 'nowhere'});

    expect(answer.status).toBe('FAILED');
    expect(answer.message).toMatch(
      /There is no catalog nowhere in the Unity Catalog at \S+\. Create it/,
    );
  });
});

const ID = {id: {type: 'integer'}};
const EVERY_TYPE = {
  ...ID,
  number: {type: ['null', 'number'], description: 'Flow.', unit: 'm3/h'},
  text: {type: 'string'},
  nested: {type: 'object'},
  flag: {type: 'boolean', description: 'Ünïcode "quoted" \\ \u{1f4a7}'},
  day: {type: 'string', format: 'date'},
  instant: {
    type: 'string',
    format: 'date-time',
    airbyte_type: 'timestamp_with_timezone',
  },
  local: {
    type: 'string',
    format: 'date-time',
    airbyte_type: 'timestamp_without_timezone',
  },
  'odd name (x) "y" \u00e4': {type: 'integer'},
};

function story(members: Partial<StreamStory>): StreamStory {
  return {name: 'values', properties: ID, batches: [[{id: 1}]], ...members};
}

function refresh(members: Partial<StreamStory>): StreamStory {
  return story({mode: 'overwrite', ...members});
}

function begin(
  settings: Readonly<Record<string, unknown>> = {},
): RegisteringConnection {
  const schema = `registration_${randomBytes(4).toString('hex')}`;
  return new RegisteringConnection(server.reader, {schema, settings});
}

async function entryOf({reader, schema}: RegisteringConnection): Promise<TableInfo> {
  const entry = await reader.table(schema, 'values');
  if (entry === undefined) throw new Error('The table is not registered.');
  return entry;
}

function typesOf({columns}: TableInfo): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.map(({name, type_name, type_text}) => [name, `${type_name} ${type_text}`]),
  );
}

function statesOf({states}: RunEnd): readonly (string | undefined)[] {
  return states.map(({stream}) => stream).sort();
}
