import {unknownTypes} from './data-types';

describe('unknownTypes', () => {
  it.each([
    {type: ['null', 'string'], format: 'date'},
    {type: 'string', format: 'date-time', airbyte_type: 'timestamp_with_timezone'},
    {type: 'string', format: 'date-time', airbyte_type: 'timestamp_without_timezone'},
    {type: 'string', format: 'time', airbyte_type: 'time_with_timezone'},
    {type: ['null', 'number'], airbyte_type: 'integer'},
    {type: ['null', 'object'], properties: {format: {type: 'boolean'}}},
  ])('knows %j', (schema) => {
    expect(unknownTypes(schema)).toEqual([]);
  });

  it.each([
    [{type: 'text'}, 'the root is of type "text"'],
    [{type: 'string', format: 'uuid'}, 'the root has the format "uuid" on "string"'],
    [{format: 'date'}, 'the root has the format "date" on undefined'],
    [
      {type: 'string', airbyte_type: 'timestamp_with_timezone'},
      'the root has the airbyte_type "timestamp_with_timezone" on "string"',
    ],
    [
      {type: 'string', airbyte_type: 'integer'},
      'the root has the airbyte_type "integer" on "string"',
    ],
  ])('does not know %j', (schema, said) => {
    expect(unknownTypes(schema)).toEqual([said]);
  });
});
