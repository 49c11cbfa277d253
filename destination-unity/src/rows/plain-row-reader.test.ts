import type {IncomingRecord, JsonObject} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import {AIRBYTE_COLUMNS, RESCUED} from '../table/airbyte-columns';
import type {Column} from '../table/table-definition';
import type {RowConstants} from './airbyte-values';
import {arranged} from './arranged';
import {PlainRowReader} from './plain-row-reader';
import {RowColumns} from './row-columns';
import {storedRows, type StoredRow} from './stored-rows.stand-in';

const COLUMNS: readonly Column[] = [
  ...AIRBYTE_COLUMNS,
  {name: 'id', type: 'bigint', member: 'id'},
  {name: 'Tag_Name', type: 'string', member: 'Tag Name'},
  {name: 'value', type: 'double', member: 'value'},
];

describe('PlainRowReader', () => {
  it('puts members into the columns they fill, in any order', () => {
    const [first, second] = rowsOf([
      {data: {id: 1, 'Tag Name': 'a', value: 0.5}},
      {data: {value: 1.5, id: 2}},
    ]);

    expect(first).toMatchObject({
      id: 1n,
      Tag_Name: 'a',
      value: 0.5,
      _rescued_data: null,
    });
    expect(second).toMatchObject({id: 2n, Tag_Name: null, value: 1.5});
  });

  it('gives every row its own id, also across batches', () => {
    const reader = readerOf();
    for (const id of [1, 2]) reader.read(record({id}), undefined);
    const first = taken(reader);
    reader.read(record({id: 3}), undefined);

    const ids = [...first, ...taken(reader)].map((row) => row['_airbyte_raw_id']);

    expect(ids).toEqual([
      '01234567-89ab-8def-8000-000000000000',
      '01234567-89ab-8def-8000-000000000001',
      '01234567-89ab-8def-8000-000000000002',
    ]);
  });

  it('stamps rows with extraction time, sync and generation', () => {
    expect(rowsOf([{data: {}, emitted_at: 1767225600123}])[0]).toMatchObject({
      _airbyte_extracted_at: 1767225600123000n,
      _airbyte_meta: '{"sync_id":7,"changes":[]}',
      _airbyte_generation_id: 3n,
    });
  });

  it.each([
    ['seconds', 1767225600.5, 1767225600500000n],
    ['no time', NaN, 1767000000000000n],
    ['a time before 1970', -1, 1767000000000000n],
    ['a time after 9999', 1e300, 1767000000000000n],
  ])('understands an emitted_at that is %s', (_, emittedAt, micros) => {
    const [row] = rowsOf([{data: {}, emitted_at: emittedAt}]);

    expect(row?.['_airbyte_extracted_at']).toBe(micros);
  });

  it('leaves out a sync id that is not known', () => {
    const reader = readerOf([], {syncId: undefined});
    reader.read(record({}), undefined);

    expect(taken(reader)[0]?.['_airbyte_meta']).toBe('{"changes":[]}');
  });

  it('nulls what does not fit, tells it and keeps it', () => {
    const [row] = rowsOf([{data: {id: 'seven', value: 0.5}}]);

    expect(row).toMatchObject({id: null, value: 0.5, _rescued_data: '{"id":"seven"}'});
    expect(changesOf(row)).toEqual([
      {field: 'id', change: 'NULLED', reason: 'DESTINATION_TYPECAST_ERROR'},
    ]);
  });

  it('keeps the changes the source made before its own', () => {
    const earlier = {field: 'x', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR'};

    const [plain, both] = rowsOf([
      {data: {}, meta: {changes: [earlier]}},
      {data: {id: 'seven'}, meta: {changes: [earlier]}},
    ]);

    expect(changesOf(plain)).toEqual([earlier]);
    expect(changesOf(both)).toMatchObject([{field: 'x'}, {field: 'id'}]);
  });

  it('keeps members that no column is made for, as they were written', () => {
    const line = '{"record":{"data":{"id":1,"odd":[1.0, 2],"none":null,"n":1e400}}}';
    const reader = readerOf();
    reader.read(record((JSON.parse(line) as Line).record.data), line);

    expect(taken(reader)[0]).toMatchObject({
      id: 1n,
      _rescued_data: '{"odd":[1.0, 2],"n":1e400}',
      _airbyte_meta: '{"sync_id":7,"changes":[]}',
    });
  });

  it('drops what a caller stored under the names of Airbyte’s columns', () => {
    const [row] = rowsOf([{data: {_airbyte_raw_id: 'x', _airbyte_meta: {}, id: 1}}]);

    expect(row).toMatchObject({id: 1n, _rescued_data: null});
    expect(row?.['_airbyte_raw_id']).not.toBe('x');
  });

  it('reads integers beyond 2^53 from the line', () => {
    const line = '{"record":{"data":{"id":9007199254740993}}}';
    const reader = readerOf();
    reader.read(record((JSON.parse(line) as Line).record.data), line);

    expect(taken(reader)[0]).toMatchObject({id: 9007199254740993n});
  });

  it('notes what the user should hear of', () => {
    const reader = readerOf(['id']);
    for (const data of [{id: 'x', odd: 1}, {value: 'y'}, {id: 1.5}]) {
      reader.read(record(data), undefined);
    }

    expect(reader.notes).toEqual({
      misfits: new Map([
        ['id', 2],
        ['value', 1],
      ]),
      undeclared: new Set(['odd']),
      rowsWithUndeclared: 1,
      keyMisfit: 'id',
    });
  });

  it('begins anew with every batch', () => {
    const reader = readerOf();
    reader.read(record({id: 'x', odd: 1}), undefined);
    taken(reader);
    reader.read(record({id: 2}), undefined);

    expect(taken(reader)).toEqual([
      expect.objectContaining({id: 2n, _rescued_data: null}),
    ]);
    expect(reader.bytes).toBe(0);
  });

  it('loses no member of any record', () => {
    const name = fc.oneof(
      fc.constantFrom('id', 'Tag Name', 'value', '__proto__', 'toString', ''),
      fc.string({maxLength: 3}),
    );
    const data = fc.dictionary(name, fc.jsonValue(), {noNullPrototype: true});
    fc.assert(
      fc.property(fc.array(data, {minLength: 1, maxLength: 8}), (all) => {
        const records = all.map(
          (data) => JSON.parse(JSON.stringify(data)) as JsonObject,
        );

        const rows = rowsOf(records.map((data) => ({data})));

        expect(rows.map(keptMembers)).toEqual(records.map(presentMembers));
      }),
      {seed: 1, numRuns: 300},
    );
  });
});

interface Line {
  readonly record: {readonly data: JsonObject};
}

/** Members found again in a column of the row or in what was rescued. */
function keptMembers(row: StoredRow): readonly string[] {
  const rescued = JSON.parse((row['_rescued_data'] ?? '{}') as string) as object;
  const columns = COLUMNS.filter(({name}) => row[name] !== null);
  const members = columns.flatMap(({member}) => member ?? []);
  return [...new Set([...members, ...Object.keys(rescued)])].sort();
}

function presentMembers(data: JsonObject): readonly string[] {
  return Object.keys(data)
    .filter((member) => data[member] !== null)
    .sort();
}

function changesOf(row: StoredRow | undefined): unknown {
  const meta = JSON.parse(String(row?.['_airbyte_meta'])) as {changes: unknown};
  return meta.changes;
}

function rowsOf(records: readonly Partial<IncomingRecord>[]): readonly StoredRow[] {
  const reader = readerOf();
  for (const each of records) reader.read({...record({}), ...each}, undefined);
  return taken(reader);
}

function taken(reader: PlainRowReader): readonly StoredRow[] {
  return storedRows(arranged(reader.take(), [...COLUMNS, RESCUED]));
}

function record(data: JsonObject): IncomingRecord {
  return {data, emitted_at: 1767225600000};
}

function readerOf(
  key: readonly string[] = [],
  constants: Partial<RowConstants> = {},
): PlainRowReader {
  const columns = new RowColumns({
    columns: COLUMNS,
    key,
    constants: {
      syncId: 7,
      generation: 3,
      rawIdPrefix: 0x0123456789ab8defn,
      nowMs: 1767000000000,
      ...constants,
    },
  });
  return new PlainRowReader(columns, key);
}
