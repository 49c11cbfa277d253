import type {ConfiguredCatalog, ConfiguredStream} from './catalog';
import {parseConfiguredCatalog} from './configured-catalog';
import type {Json, JsonObject} from './json';

describe('parseConfiguredCatalog', () => {
  it('takes nulls for absent, as some clients write every member', () => {
    const stream = {name: 'a', namespace: null, json_schema: {type: 'object'}};
    const parsed = one({
      stream,
      sync_mode: 'incremental',
      destination_sync_mode: null,
      cursor_field: null,
      primary_key: null,
      generation_id: null,
      minimum_generation_id: 0,
      include_files: null,
    });

    expect(parsed).toEqual({
      descriptor: {name: 'a'},
      jsonSchema: {type: 'object'},
      syncMode: 'incremental',
      destinationSyncMode: 'append',
      cursorField: [],
      primaryKey: [],
      generationId: undefined,
      minimumGenerationId: 0,
      syncId: undefined,
    });
  });

  it.each([
    {
      takes: 'the source’s own cursor first',
      isOwn: true,
      chosen: ['user'],
      cursor: ['own'],
    },
    {takes: 'then the user’s', isOwn: false, chosen: ['user'], cursor: ['user']},
    {takes: 'then the default', isOwn: false, chosen: [], cursor: ['own']},
  ])('takes $takes', ({isOwn, chosen, cursor}) => {
    const stream = {
      name: 'a',
      source_defined_cursor: isOwn,
      default_cursor_field: ['own'],
    };

    expect(one({stream, cursor_field: chosen}).cursorField).toEqual(cursor);
  });

  it('takes the source’s own key before the user’s', () => {
    const stream = {name: 'a', source_defined_primary_key: [['own', 'id']]};

    expect(one({stream, primary_key: [['user']]}).primaryKey).toEqual([['own', 'id']]);
    expect(one({stream: {name: 'a'}, primary_key: [['user']]}).primaryKey).toEqual([
      ['user'],
    ]);
  });

  it('takes a bare name for a path', () => {
    const entry = {stream: {name: 'a'}, primary_key: ['x', 'y'], cursor_field: 'z'};

    expect(one(entry)).toMatchObject({primaryKey: [['x'], ['y']], cursorField: ['z']});
  });

  it.each([
    ['no list of streams', {stream: []}, 'it has no list `streams`'],
    ['a stream that is no object', {streams: [7]}, 'streams[0] is not an object'],
    [
      'a stream without a name',
      {streams: [{stream: {}}]},
      'streams[0] has no stream name',
    ],
    [
      'a mode nobody knows',
      {streams: [{stream: {name: 'a'}, sync_mode: 'INVALID'}]},
      'the sync_mode of "a" is unknown',
    ],
    [
      'a stream that stands twice',
      {streams: [{stream: {name: 'a'}}, {stream: {name: 'a', namespace: null}}]},
      'the stream "a" stands in it twice',
    ],
  ])('refuses %s', (_, catalog, problem) => {
    expect(parseConfiguredCatalog(catalog)).toEqual({problem});
  });

  it('keeps streams apart that differ by their namespace alone', () => {
    const streams = [{stream: {name: 'a'}}, {stream: {name: 'a', namespace: 'n'}}];

    expect(catalogOf({streams}).streams).toHaveLength(2);
  });
});

function one(entry: JsonObject): ConfiguredStream {
  return catalogOf({streams: [entry]}).streams[0]!;
}

function catalogOf(document: Json): ConfiguredCatalog {
  const parsed = parseConfiguredCatalog(document);
  if ('problem' in parsed) throw new TypeError(parsed.problem);
  return parsed.value;
}
