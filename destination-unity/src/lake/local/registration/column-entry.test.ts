import fc from 'fast-check';

import type {SchemaField} from '../table-schema';
import {columnEntry, commentText} from './column-entry';

describe('columnEntry', () => {
  it.each([
    ['string', 'STRING', 'string'],
    ['boolean', 'BOOLEAN', 'boolean'],
    ['long', 'LONG', 'bigint'],
    ['double', 'DOUBLE', 'double'],
    ['decimal(38,9)', 'DECIMAL', 'decimal(38,9)'],
    ['date', 'DATE', 'date'],
    ['timestamp', 'TIMESTAMP', 'timestamp'],
    ['timestamp_ntz', 'TIMESTAMP_NTZ', 'timestamp_ntz'],
    ['integer', 'INT', 'int'],
    ['byte', 'BYTE', 'tinyint'],
    ['interval year', 'USER_DEFINED_TYPE', 'interval year'],
  ])('knows the words for %s', (type, name, text) => {
    expect(columnEntry(field({type}), 3)).toMatchObject({
      type_name: name,
      type_text: text,
      position: 3,
    });
  });

  it('words the types of columns that others nested', () => {
    const struct = {
      type: 'struct',
      fields: [field({name: 'a', type: 'long'}), field({name: 'b', type: 'string'})],
    };
    const type = {
      type: 'map',
      keyType: 'string',
      valueType: {type: 'array', elementType: struct, containsNull: true},
      valueContainsNull: true,
    };

    expect(columnEntry(field({type}), 0)).toMatchObject({
      type_name: 'MAP',
      type_text: 'map<string,array<struct<a:bigint,b:string>>>',
    });
    expect(columnEntry(field({type: {type: 'what'}}), 0).type_name).toBe(
      'USER_DEFINED_TYPE',
    );
  });

  it('gives the digits of decimals alone', () => {
    expect(columnEntry(field({type: 'decimal(10,2)'}), 0)).toMatchObject({
      type_precision: 10,
      type_scale: 2,
    });
    expect(columnEntry(field({type: 'double'}), 0)).not.toHaveProperty(
      'type_precision',
    );
  });

  it('hands over the column as the Delta log has it', () => {
    const column = field({
      name: 'Fluß',
      nullable: false,
      metadata: {comment: 'Flow. Unit: m3/h.', 'airbyte.member': 'fluß'},
    });

    const {type_json, comment, nullable} = columnEntry(column, 0);

    expect(JSON.parse(type_json)).toEqual(column);
    expect({comment, nullable}).toEqual({
      comment: 'Flow. Unit: m3/h.',
      nullable: false,
    });
  });
});

describe('commentText', () => {
  it('keeps every text in a form that comes back the same', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const kept = commentText(text) ?? '';

        expect(Buffer.from(kept, 'utf8').toString('utf8')).toBe(kept);
        expect(kept).not.toContain('\0');
        expect(commentText(kept) ?? '').toBe(kept);
      }),
      {seed: 1},
    );
    expect(commentText('half \ud800 \0one')).toBe('half \ufffd one');
  });

  it('knows no comment where there is none', () => {
    expect([commentText(undefined), commentText(7), commentText('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

function field(members: Partial<SchemaField>): SchemaField {
  return {name: 'value', type: 'double', nullable: true, metadata: {}, ...members};
}
