import {ConfigError, type ConfiguredStream, type JsonObject} from 'airbyte-cdk-ts';

import {streamTable} from './stream-table';

describe('streamTable', () => {
  it('puts the columns of Airbyte first, then key and cursor, then the rest', () => {
    const {columns} = streamTable(
      stream({
        properties: {
          value: {type: 'number'},
          timestamp: {type: 'string', format: 'date-time'},
          tag: {type: 'string'},
        },
        primaryKey: [['tag']],
        cursorField: ['timestamp'],
      }),
      SETTINGS,
    );

    expect(columns.map(({name, type}) => `${name} ${type}`)).toEqual([
      '_airbyte_raw_id string',
      '_airbyte_extracted_at timestamp',
      '_airbyte_meta json',
      '_airbyte_generation_id bigint',
      'tag string',
      'timestamp timestamp',
      'value double',
    ]);
  });

  it('names the table after the stream, and its schema after the namespace', () => {
    const descriptor = {name: 'Event Frames', namespace: 'Plant-1'};

    const {name} = streamTable(stream({descriptor}), SETTINGS);

    expect(name).toEqual({catalog: 'main', schema: 'plant_1', table: 'event_frames'});
  });

  it('puts a stream without a namespace into the default schema', () => {
    expect(streamTable(stream({}), SETTINGS).name.schema).toBe('pi');
  });

  it('names key and cursor as their columns are named', () => {
    const definition = streamTable(
      stream({
        properties: {'tag name': {type: 'string'}, 'at time': {type: 'string'}},
        primaryKey: [['tag name']],
        cursorField: ['at time'],
      }),
      SETTINGS,
    );

    expect(definition.key).toEqual(['tag_name']);
    expect(definition.cursor).toBe('at_time');
  });

  it('makes decimals of numbers on request', () => {
    const properties = {price: {type: 'number'}};

    const {columns} = streamTable(stream({properties}), {
      ...SETTINGS,
      numberType: 'decimal',
    });

    expect(columns.at(-1)).toEqual({name: 'price', type: 'decimal', member: 'price'});
  });

  it('has the columns of Airbyte alone for an empty schema', () => {
    expect(streamTable(stream({}), SETTINGS).columns).toHaveLength(4);
  });

  it('leaves out members that have the names of Airbyte’s columns', () => {
    const properties = {_airbyte_raw_id: {type: 'string'}, id: {type: 'integer'}};

    expect(streamTable(stream({properties}), SETTINGS).columns).toHaveLength(5);
  });

  it('gives a key that the schema does not declare a column all the same', () => {
    const {columns, key} = streamTable(stream({primaryKey: [['id']]}), SETTINGS);

    expect(columns.at(-1)).toEqual({name: 'id', type: 'json', member: 'id'});
    expect(key).toEqual(['id']);
  });

  it('has no cursor where the field is not declared, nested or JSON', () => {
    const properties = {meta: {type: 'object'}};
    const cursors = [['at'], ['meta', 'at'], ['meta'], []].map(
      (cursorField) => streamTable(stream({properties, cursorField}), SETTINGS).cursor,
    );

    expect(cursors).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('has what the schema says of a member as the comment of its column', () => {
    const properties = {flow: {type: 'number', description: 'Flow', unit: 'm3/h'}};

    expect(streamTable(stream({properties}), SETTINGS).columns.at(-1)?.comment).toBe(
      'Flow. Unit: m3/h.',
    );
  });

  it('requires a key whose declared type leaves null out', () => {
    const properties = {
      id: {type: 'integer'},
      at: {oneOf: [{type: 'string'}, {type: 'integer'}]},
      part: {type: ['null', 'string']},
      sort: {},
      value: {type: 'number'},
    };
    const primaryKey = [['id'], ['at'], ['part'], ['sort']];

    const {columns} = streamTable(stream({properties, primaryKey}), SETTINGS);

    expect(columns.filter(({isRequired}) => isRequired).map(({name}) => name)).toEqual([
      'id',
      'at',
    ]);
  });

  it('lets deleted rows leave a deduplicated table, unless they are to stay', () => {
    const deduplicated = stream({
      properties: {id: {type: 'integer'}, _ab_cdc_deleted_at: {type: 'string'}},
      primaryKey: [['id']],
      mode: 'append_dedup',
    });
    const deletionOf = (
      asked: ConfiguredStream,
      cdcDeletion: 'hard' | 'soft' = 'hard',
    ): string | undefined => streamTable(asked, {...SETTINGS, cdcDeletion}).deletion;

    expect(deletionOf(deduplicated)).toBe('_ab_cdc_deleted_at');
    expect(deletionOf(deduplicated, 'soft')).toBeUndefined();
    expect(
      deletionOf({...deduplicated, destinationSyncMode: 'append'}),
    ).toBeUndefined();
    expect(deletionOf({...deduplicated, primaryKey: []})).toBeUndefined();
    expect(
      deletionOf(stream({primaryKey: [['id']], mode: 'append_dedup'})),
    ).toBeUndefined();
  });

  it('refuses to deduplicate by a nested key', () => {
    const nested = stream({primaryKey: [['id', 'part']], mode: 'append_dedup'});

    expect(() => streamTable(nested, SETTINGS)).toThrow(ConfigError);
  });

  it('refuses modes that only data activation has', () => {
    expect(() => streamTable(stream({mode: 'soft_delete'}), SETTINGS)).toThrow(
      ConfigError,
    );
  });

  it('tells tables of different streams apart by their origin', () => {
    const origins = [{name: 'a_b'}, {name: 'a b'}, {name: 'a_b', namespace: 'pi'}].map(
      (descriptor) => streamTable(stream({descriptor}), SETTINGS).origin,
    );

    expect(new Set(origins).size).toBe(3);
  });
});

const SETTINGS = {
  catalog: 'main',
  schema: 'pi',
  numberType: 'double',
  cdcDeletion: 'hard',
} as const;

interface Boring {
  readonly descriptor?: ConfiguredStream['descriptor'];
  readonly properties?: JsonObject;
  readonly primaryKey?: ConfiguredStream['primaryKey'];
  readonly cursorField?: ConfiguredStream['cursorField'];
  readonly mode?: ConfiguredStream['destinationSyncMode'];
}

function stream({
  descriptor = {name: 'timeseries'},
  properties = {},
  primaryKey = [],
  cursorField = [],
  mode = 'append',
}: Boring): ConfiguredStream {
  return {
    descriptor,
    jsonSchema: {type: 'object', properties},
    syncMode: 'incremental',
    destinationSyncMode: mode,
    primaryKey,
    cursorField,
    generationId: 1,
    minimumGenerationId: 0,
    syncId: 1,
  };
}
