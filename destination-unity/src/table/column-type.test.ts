import {readFileSync} from 'node:fs';
import path from 'node:path';

import type {Json} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {columnType} from './column-type';

const TYPE_MAP = path.join(__dirname, '../../../spec/destination-unity/type-map.json');

interface TypeMap {
  readonly types: readonly {
    readonly says: string;
    readonly json_schema: Json;
    readonly column: string;
    readonly decimal?: string;
  }[];
}

const {types} = JSON.parse(readFileSync(TYPE_MAP, 'utf8')) as TypeMap;

describe('columnType', () => {
  it.each(types)('makes $says a column of type $column', ({json_schema, column}) => {
    expect(columnType(json_schema)).toBe(column);
  });

  it.each(types)('makes $says the same, or a decimal on request', (entry) => {
    const {json_schema, column, decimal = column} = entry;

    expect(columnType(json_schema, 'decimal')).toBe(decimal);
  });

  it('is not changed by allowing null', () => {
    const simple = fc.constantFrom(...types.map(({json_schema}) => json_schema));
    fc.assert(
      fc.property(simple, (schema) => {
        expect(columnType({oneOf: [{type: 'null'}, schema]})).toBe(columnType(schema));
        expect(columnType({anyOf: [schema, {type: 'null'}]})).toBe(columnType(schema));
      }),
      {seed: 1},
    );
  });

  it('has an answer for every text that calls itself a schema', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (schema) => {
        expect(types.map(({column}) => column)).toContain(columnType(schema as Json));
      }),
      {seed: 2},
    );
  });
});
