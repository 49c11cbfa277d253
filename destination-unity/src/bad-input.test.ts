import {ConfigError} from 'airbyte-cdk-ts';

import {record, start, stream, TEXT, write} from './trial.stand-in';
import {MemoryLake} from './writer/memory-lake.stand-in';

describe('bad input', () => {
  it('that does not fit is nulled, told, kept and said', async () => {
    const {open, lake, said} = start();

    await write(open, stream({}), [{id: 'seven', name: 'a'}, {id: 8}]);

    const [row] = lake.table('pi.tags').rows;
    expect(row).toMatchObject({id: null, name: 'a', _rescued_data: '{"id":"seven"}'});
    expect(row?.['_airbyte_meta']).toContain('DESTINATION_TYPECAST_ERROR');
    expect(lake.table('pi.tags').column('id')).toEqual([null, 8n]);
    expect(said.join()).toContain('id (1)');
  });

  it('of 38 digits is the nearest double, and whole where it did not fit', async () => {
    const {open, lake} = start();
    const digits = '12345678901234567890123456789012345678';
    const properties = {id: {type: 'integer'}, value: {type: 'number'}, any: {}};
    const writer = await open(stream({properties}));
    const line = `{"type":"RECORD","record":{"stream":"Tags","emitted_at":1,"data":{"id":${digits},"value":${digits},"any":${digits}}}}`;

    writer.line?.(Buffer.from(line), 0, line.length);
    await writer.flush();

    expect(lake.table('pi.tags').rows).toMatchObject([
      {
        id: null,
        value: 1.2345678901234568e37,
        any: digits,
        _rescued_data: `{"id":${digits}}`,
      },
    ]);
  });

  it.each(['0000-01-01T00:00:00Z', '10000-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'])(
    'such as the timestamp %s is nulled and told',
    async (at) => {
      const {open, lake} = start();
      const properties = {at: {type: 'string', format: 'date-time'}};

      await write(open, stream({properties}), [{at}]);

      const [row] = lake.table('pi.tags').rows;
      expect(row).toMatchObject({at: null, _rescued_data: JSON.stringify({at})});
      expect(row?.['_airbyte_meta']).toContain('"field":"at","change":"NULLED"');
    },
  );

  it('with members that the schema lacks is kept whole, also in a replacement', async () => {
    const lake = new MemoryLake();
    await write(start(lake).open, stream({generation: [1, 0]}), [{id: 1}]);

    const {open, said} = start(lake);
    await write(open, stream({generation: [2, 2]}), [{id: 2, Extra: [1]}, {id: 3}]);

    expect(lake.table('pi.tags').column('_rescued_data')).toEqual([
      '{"Extra":[1]}',
      null,
    ]);
    expect(said.join()).toContain('does not declare');
    expect(said.join()).toContain('Extra');
  });

  it('in a key fails the stream instead of making rows one', async () => {
    const {open, lake} = start();
    const dedup = stream({mode: 'append_dedup', primaryKey: [['id']]});
    const writer = await open(dedup);
    writer.record(record({id: 'seven'}), 10);
    writer.record(record({id: 'eight'}), 10);

    await expect(writer.flush()).rejects.toThrow(ConfigError);
    expect(lake.table('pi.tags').rows).toEqual([]);
  });

  it('of names that differ only in case or in odd characters has a column each', async () => {
    const {open, lake} = start();
    const names = [
      'Value',
      'value',
      'va lue',
      'va-lue',
      '',
      '_airbyte_meta ',
      'select',
      '1',
    ];
    const properties = Object.fromEntries(names.map((name) => [name, TEXT]));

    await write(open, stream({properties}), [
      Object.fromEntries(names.map((name) => [name, `<${name}>`])),
    ]);

    const [row = {}] = lake.table('pi.tags').rows;
    const stored = Object.values(row).filter((value) => String(value).startsWith('<'));
    expect(stored.sort()).toEqual(names.map((name) => `<${name}>`).sort());
  });

  it('of 500 columns is stored', async () => {
    const {open, lake} = start();
    const names = Array.from({length: 500}, (_, at) => `column_${at}`);
    const properties = Object.fromEntries(
      names.map((name) => [name, {type: 'integer'}]),
    );
    const data = Object.fromEntries(names.map((name, at) => [name, at]));

    await write(open, stream({properties}), [data, {}]);

    const [row = {}] = lake.table('pi.tags').rows;
    expect(names.map((name) => row[name])).toEqual(names.map((_, at) => BigInt(at)));
  });

  it('without a schema is stored as it came', async () => {
    const {open, lake} = start();

    await write(open, stream({properties: {}}), [{id: 1, name: 'a'}, {}]);

    expect(lake.table('pi.tags').column('_rescued_data')).toEqual([
      '{"id":1,"name":"a"}',
      null,
    ]);
  });
});
