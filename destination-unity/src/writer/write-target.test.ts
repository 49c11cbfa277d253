import {ConfigError} from 'airbyte-cdk-ts';

import {record, start, stream, TEXT, write, written} from '../trial.stand-in';
import {MemoryLake} from './memory-lake.stand-in';

describe('generations', () => {
  it('lose nothing when a client sends the same numbers with every write', async () => {
    const same = stream({generation: [1, 1], mode: 'append'});
    const lake = new MemoryLake();
    for (const id of [1, 2, 3]) await write(start(lake).open, same, [{id}]);

    expect(lake.table('pi.tags').column('id')).toEqual([1n, 2n, 3n]);
  });

  it('are replaced once the new one is complete', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({generation: [1, 0]}), [{id: 1}]);
    const writer = await start(lake).open(stream({generation: [2, 2]}));
    writer.record(record({id: 2}), 10);
    await writer.flush();
    expect(lake.table('pi.tags').column('id')).toEqual([1n]);

    await writer.finish('complete');

    expect(lake.table('pi.tags').column('id')).toEqual([2n]);
    expect(lake.table('pi.tags').column('_airbyte_generation_id')).toEqual([2n]);
  });

  it('stay when the new one does not end, and go on where it stopped', async () => {
    const lake = new MemoryLake();
    const refresh = stream({generation: [2, 2], mode: 'overwrite'});
    await write(start(lake).open, stream({generation: [1, 0]}), [{id: 1}]);

    const {open, said} = start(lake);
    const writer = await written(await open(refresh), [{id: 2}]);
    await writer.finish('incomplete');
    expect(lake.table('pi.tags').column('id')).toEqual([1n]);
    expect(said.join()).toContain('did not end');

    await write(start(lake).open, refresh, [{id: 3}]);
    expect(lake.table('pi.tags').column('id')).toEqual([2n, 3n]);
  });

  it('are not emptied by a sync that is tried again after its stream was complete', async () => {
    const lake = new MemoryLake();
    const refresh = stream({generation: [2, 2], mode: 'overwrite'});
    await write(start(lake).open, stream({generation: [1, 0]}), [{id: 1}]);
    await write(start(lake).open, refresh, [{id: 2}]);

    await write(start(lake).open, refresh, []);

    expect(lake.table('pi.tags').column('id')).toEqual([2n]);
  });

  it('end in an empty table when a stream is cleared', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({generation: [1, 0]}), [{id: 1}]);

    await write(start(lake).open, stream({generation: [2, 2]}), []);

    expect(lake.table('pi.tags').rows).toEqual([]);
  });

  it('are not needed to overwrite, and leftovers of a broken attempt are no part of it', async () => {
    const lake = new MemoryLake();
    const overwrite = stream({generation: undefined, mode: 'overwrite'});
    await write(start(lake).open, overwrite, [{id: 1}]);
    const broken = await written(await start(lake).open(overwrite), [{id: 2}]);
    await broken.finish('incomplete');

    await write(start(lake).open, overwrite, [{id: 3}]);

    expect(lake.table('pi.tags').column('id')).toEqual([3n]);
  });

  it('deduplicate inside a replacement too', async () => {
    const lake = new MemoryLake();
    const dedup = {mode: 'append_dedup', primaryKey: [['id']]} as const;
    await write(start(lake).open, stream({...dedup, generation: [1, 0]}), [{id: 1}]);

    await write(start(lake).open, stream({...dedup, generation: [2, 2]}), [
      {id: 2, name: 'a'},
      {id: 2, name: 'b'},
    ]);

    expect(lake.table('pi.tags').column('name')).toEqual(['b']);
  });
});

describe('tables', () => {
  it('of two streams with one plain name are two', async () => {
    const {open, lake} = start();

    await write(open, stream({name: 'My Tags'}), [{id: 1}]);
    await write(open, stream({name: 'my-tags'}), [{id: 2}]);

    const [first = '', second = ''] = lake.tableNames;
    expect(first).toBe('pi.my_tags');
    expect(second).toMatch(/^pi\.my_tags_[0-9a-f]{8}$/);
    expect(lake.table(second).column('id')).toEqual([2n]);
  });

  it('stay with their streams whatever the order of opening', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({name: 'My Tags'}), [{id: 1}]);

    const {open} = start(lake);
    await write(open, stream({name: 'my-tags'}), [{id: 2}]);
    await write(open, stream({name: 'My Tags'}), [{id: 3}]);

    expect(lake.table('pi.my_tags').column('id')).toEqual([1n, 3n]);
  });

  it('are not shared when streams are opened at once', async () => {
    const {open, lake} = start();

    await Promise.all([
      open(stream({name: 'My Tags'})),
      open(stream({name: 'my-tags'})),
    ]);

    expect(lake.tableNames).toHaveLength(2);
  });

  it('gain the columns a stream gains, and keep those it lost', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({properties: {a: TEXT, b: TEXT}}), [{a: 'x'}]);

    await write(start(lake).open, stream({properties: {c: TEXT, a: TEXT}}), [{c: 'y'}]);

    expect(lake.table('pi.tags').rows).toMatchObject([
      {a: 'x', b: null},
      {b: null, c: 'y'},
    ]);
  });

  it('keep the type of a column, and values are converted to it', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({properties: {a: TEXT}}), [{a: 'x'}]);

    await write(start(lake).open, stream({properties: {a: {type: 'integer'}}}), [
      {a: 5},
    ]);

    expect(lake.table('pi.tags').column('a')).toEqual(['x', '5']);
  });

  it('get another column for a type that the old one cannot hold, until it comes back', async () => {
    const lake = new MemoryLake();
    const number = stream({properties: {a: {type: 'integer'}}});
    const text = stream({properties: {a: TEXT}});
    await write(start(lake).open, number, [{a: 1}]);

    const {open, said} = start(lake);
    await write(open, text, [{a: 'x'}]);
    await write(start(lake).open, number, [{a: 2}]);

    expect(lake.table('pi.tags').rows).toMatchObject([
      {a: 1n},
      {a: null, a_string: 'x'},
      {a: 2n, a_string: null},
    ]);
    expect(said.join()).toContain('changes table pi.tags: column a_string (string)');
  });

  it('are widened where the lake can', async () => {
    const lake = new MemoryLake();
    lake.widens = (from, to) => from === 'bigint' && to === 'double';
    await write(start(lake).open, stream({properties: {a: {type: 'integer'}}}), []);

    await write(start(lake).open, stream({properties: {a: {type: 'number'}}}), [
      {a: 1.5},
    ]);

    expect(lake.table('pi.tags').column('a')).toEqual([1.5]);
  });

  it('keep their types where only columns are added, and lose nothing', async () => {
    const lake = new MemoryLake();
    const addOnly = {schema_changes: 'add_only'};
    await write(start(lake).open, stream({properties: {a: {type: 'integer'}}}), []);

    await write(start(lake, addOnly).open, stream({properties: {a: TEXT}}), [{a: 'x'}]);

    expect(lake.table('pi.tags').rows).toMatchObject([
      {a: null, _rescued_data: '{"a":"x"}'},
    ]);
  });

  it('do not change where changes are refused', async () => {
    const lake = new MemoryLake();
    const {open} = start(lake, {schema_changes: 'refuse'});
    await write(open, stream({properties: {a: TEXT}}), [{a: 'x'}]);
    const before = lake.table('pi.tags').definition;

    const later = start(lake, {schema_changes: 'refuse'}).open(
      stream({properties: {b: TEXT}}),
    );

    await expect(later).rejects.toThrow('column b (string) is added');
    expect(lake.table('pi.tags').definition).toBe(before);
  });

  it('do not let a key change in a way that would split it', async () => {
    const lake = new MemoryLake();
    const keyed = (type: string): Parameters<typeof stream>[0] => ({
      properties: {id: {type}},
      primaryKey: [['id']],
      mode: 'append_dedup',
    });
    await write(start(lake).open, stream(keyed('integer')), [{id: 1}]);

    await expect(start(lake).open(stream(keyed('string')))).rejects.toThrow(
      'The key field "id"',
    );
  });

  it('tell of integers that an old column of doubles cannot hold exactly', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({properties: {a: {type: 'number'}}}), []);

    await write(start(lake).open, stream({properties: {a: {type: 'integer'}}}), [
      {a: 2 ** 53},
    ]);

    expect(lake.table('pi.tags').rows).toMatchObject([
      {a: 2 ** 53, _rescued_data: '{"a":9007199254740992}'},
    ]);
  });

  it('lose the rows that the source deleted, or keep them with the time', async () => {
    const cdc = stream({
      properties: {id: {type: 'integer'}, _ab_cdc_deleted_at: TEXT},
      primaryKey: [['id']],
      mode: 'append_dedup',
    });
    const records = [{id: 1}, {id: 2}, {id: 1, _ab_cdc_deleted_at: '2026-03-01'}];
    const [hard, soft] = [new MemoryLake(), new MemoryLake()];

    await write(start(hard).open, cdc, records);
    await write(start(soft, {cdc_deletion: 'soft'}).open, cdc, records);

    expect(hard.table('pi.tags').column('id')).toEqual([2n]);
    expect(soft.table('pi.tags').column('_ab_cdc_deleted_at')).toEqual([
      '2026-03-01',
      null,
    ]);
  });

  it('bear what the schema says of the stream and its members', async () => {
    const lake = new MemoryLake();
    const flow = {type: 'number', description: 'Flow of the line', unit: 'm3/h'};

    await write(start(lake).open, stream({properties: {flow}}), []);

    const {definition} = lake.table('pi.tags');
    expect(definition.comment).toBe('Stream Tags, loaded by Airbyte.');
    expect(definition.columns.at(-1)?.comment).toBe('Flow of the line. Unit: m3/h.');
  });

  it('keep each column with its member when a colliding one comes', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({properties: {'unit-price': TEXT}}), [
      {'unit-price': 'a'},
    ]);

    await write(
      start(lake).open,
      stream({properties: {Unit_Price: TEXT, 'unit-price': TEXT}}),
      [{Unit_Price: 'b', 'unit-price': 'c'}],
    );

    expect(lake.table('pi.tags').column('unit_price')).toEqual(['a', 'c']);
  });

  it('made by another tool are not touched', async () => {
    const lake = new MemoryLake();
    await lake.ensure({
      name: {catalog: 'main', schema: 'pi', table: 'tags'},
      columns: [{name: '_airbyte_extracted_at', type: 'string', member: undefined}],
      key: [],
      cursor: undefined,
    });

    await expect(start(lake).open(stream({}))).rejects.toThrow(ConfigError);
    expect(lake.table('pi.tags').definition.columns).toHaveLength(1);
  });

  it.each([
    {columns: [], unwritable: ['_airbyte_meta']},
    {columns: [{name: '_AIRBYTE_RAW_ID', type: 'string', member: undefined}]},
    {columns: [{name: '_rescued_data', type: 'bigint', member: undefined}]},
  ] as const)(
    'with columns of our names that are not ours are refused: %j',
    async (made) => {
      const lake = new MemoryLake();
      const name = {catalog: 'main', schema: 'pi', table: 'tags'};
      await lake.ensure({name, key: [], cursor: undefined, ...made});

      await expect(start(lake).open(stream({}))).rejects.toThrow('another tool made');
    },
  );
});
