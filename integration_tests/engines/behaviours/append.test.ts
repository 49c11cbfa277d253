import {Stage} from '../src/behaviours/stage';
import {emitted} from '../src/behaviours/stream-story';

let stage: Stage;

beforeAll(() => (stage = new Stage('append')));
afterAll(() => stage.close());

describe('An appended stream', () => {
  it('keeps every row of every batch and every sync, equal ones too', async () => {
    const same = {id: 1, name: 'same'};

    await stage.sync({
      name: 'orders',
      batches: [[same, same, {id: 2, name: null}], [same], [{id: 3}]],
    });
    await stage.sync({name: 'orders', batches: [[same]]});

    expect(await stage.rows('orders', ['id', 'name'])).toEqual([
      ['1', 'same'],
      ['1', 'same'],
      ['1', 'same'],
      ['1', 'same'],
      ['2', null],
      ['3', null],
    ]);
  });

  it('has the four columns of Airbyte first, filled in every row', async () => {
    const change = {field: 'name', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR'};

    await stage.sync({
      name: 'meta',
      generation: [3, 0],
      batches: [
        [
          {id: 1},
          emitted({id: 2}, {secondsLater: 1.5}),
          emitted({id: 3}, {changes: [change]}),
        ],
      ],
    });

    const columns = await stage.columns('meta');
    expect(columns.slice(0, 4).map(({name, type}) => `${name} ${type}`)).toEqual([
      '_airbyte_raw_id string',
      '_airbyte_extracted_at timestamp',
      '_airbyte_meta string',
      '_airbyte_generation_id bigint',
    ]);
    const rows = await stage.rows('meta', [
      'id',
      '_airbyte_extracted_at',
      '_airbyte_generation_id',
      '_airbyte_meta',
    ]);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['1', '2026-01-01T00:00:00.000000Z', '3'],
      ['2', '2026-01-01T00:00:01.500000Z', '3'],
      ['3', '2026-01-01T00:00:00.000000Z', '3'],
    ]);
    expect(rows.map(([, , , meta]) => JSON.parse(meta ?? '') as unknown)).toEqual([
      {sync_id: 7, changes: []},
      {sync_id: 7, changes: []},
      {sync_id: 7, changes: [change]},
    ]);
  });

  it('gives every row a raw id of its own, syncs and batches included', async () => {
    const batches = [[{id: 1}, {id: 2}], [{id: 3}]];

    await stage.sync({name: 'ids', batches});
    await stage.sync({name: 'ids', batches});

    const ids = (await stage.rows('ids', ['_airbyte_raw_id'])).map(([id]) => id);
    expect(new Set(ids).size).toBe(6);
    for (const id of ids) {
      expect(id).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
      );
    }
  });
});
