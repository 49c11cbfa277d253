import type {DiscoveredStream} from '../../stage/catalog';
import {catalogBreaks} from './catalog-changes';

const nullable = (type: string, more = {}) => ({type: ['null', type], ...more});

function stream(properties: DiscoveredStream['json_schema']['properties'] = {}) {
  return {
    ...{name: 'a', json_schema: {type: 'object', properties}},
    supported_sync_modes: ['full_refresh'],
  } as const;
}

const between = (
  before: DiscoveredStream['json_schema']['properties'],
  after: DiscoveredStream['json_schema']['properties'],
) => catalogBreaks([stream(before)], [stream(after)]);

describe('catalogBreaks', () => {
  it('takes what is new for no break', () => {
    const now = {
      ...stream({id: {type: 'integer'}, more: {type: 'string'}}),
      supported_sync_modes: ['full_refresh', 'incremental'] as const,
      is_resumable: true,
    };

    expect(
      catalogBreaks([stream({id: {type: 'integer'}})], [now, {...now, name: 'b'}]),
    ).toEqual([]);
  });

  it('lets a type become one that may be null, and no other', () => {
    expect(between({id: {type: 'integer'}}, {id: nullable('integer')})).toEqual([]);
    expect(between({id: {type: 'integer'}}, {id: nullable('number')})).toEqual([
      'a: id: the type "integer" became ["null","number"]',
    ]);
    expect(between({id: nullable('integer')}, {id: {type: 'integer'}})).toEqual([
      'a: id: the type ["null","integer"] became "integer"',
    ]);
  });

  it('does not see the order of types', () => {
    expect(
      between({id: {type: ['null', 'integer']}}, {id: {type: ['integer', 'null']}}),
    ).toEqual([]);
  });

  it('sees another format', () => {
    expect(
      between({at: nullable('string', {format: 'date'})}, {at: nullable('string')}),
    ).toEqual(['a: at: its format "date" became null']);
  });

  it('looks into objects and elements of lists', () => {
    const within = (properties: object) => ({
      list: nullable('array', {items: {type: 'object', properties}}),
    });

    expect(between(within({id: {type: 'integer'}}), within({}))).toEqual([
      'a: the field list[].id is gone',
    ]);
  });
});
