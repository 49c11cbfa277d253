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
  });
});
