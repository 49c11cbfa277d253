import {ConfigError} from 'airbyte-cdk-ts';

import {configSchema} from './config';
import {CONFIG, logInto, record, start, stream, write} from './trial.stand-in';
import {MemoryLake} from './writer/memory-lake.stand-in';

describe('a write', () => {
  it('stores the records of a stream in its table', async () => {
    const {open, lake} = start();

    await write(open, stream({name: 'Tags'}), [{id: 1}, {id: 2}]);

    expect(lake.tableNames).toEqual(['pi.tags']);
    expect(lake.table('pi.tags').column('id')).toEqual([1n, 2n]);
  });

  it('is durable when a flush resolves, and only then', async () => {
    const {open, lake} = start();
    const writer = await open(stream({}));
    const release = gate(lake);
    writer.record(record({id: 1}), 10);

    let isDurable = false;
    const flushed = writer.flush().then(() => (isDurable = true));
    writer.record(record({id: 2}), 10);
    await release.reached;

    expect(isDurable).toBe(false);
    release.open();
    await flushed;
    expect(lake.table('pi.tags').column('id')).toEqual([1n]);
  });

  it('commits flushes in order', async () => {
    const {open, lake} = start();
    const writer = await open(stream({}));

    const flushes = [1, 2, 3].map((id) => {
      writer.record(record({id}), 10);
      return writer.flush();
    });
    await Promise.all(flushes);

    expect(lake.table('pi.tags').column('id')).toEqual([1n, 2n, 3n]);
  });

  it('commits nothing behind a commit that failed', async () => {
    const {open, lake} = start();
    const writer = await open(stream({}));
    lake.beforeCommit = () => Promise.reject(new ConfigError('The disk is full.'));
    writer.record(record({id: 1}), 10);
    await expect(writer.flush()).rejects.toThrow('The disk is full.');

    lake.beforeCommit = () => Promise.resolve();
    writer.record(record({id: 2}), 10);

    await expect(writer.flush()).rejects.toThrow('The disk is full.');
    await expect(writer.finish('complete')).rejects.toThrow('The disk is full.');
    expect(lake.table('pi.tags').rows).toEqual([]);
  });

  it('counts what it holds until it is flushed', async () => {
    const {open} = start();
    const writer = await open(stream({}));
    writer.record(record({id: 1}), 1_000_000);

    expect(writer.heldBytes).toBe(1_000_000);
    const flushed = writer.flush();
    expect(writer.heldBytes).toBe(0);
    await flushed;
  });

  it('deduplicates by key', async () => {
    const {open, lake} = start();
    const dedup = stream({mode: 'append_dedup', primaryKey: [['id']]});

    await write(open, dedup, [{id: 1, name: 'a'}]);
    await write(start(lake).open, dedup, [
      {id: 1, name: 'b'},
      {id: 2, name: 'c'},
    ]);

    expect(lake.table('pi.tags').column('name')).toEqual(['b', 'c']);
  });

  it('tells keys apart that differ only behind the microsecond', async () => {
    const {open, lake} = start();
    const at = (ticks: number): string => `2026-03-01T00:00:00.000000${ticks}Z`;

    await write(open, stream(BY_TIME), [{at: at(0)}, {at: at(1)}]);
    await write(start(lake).open, stream(BY_TIME), [
      {at: at(1)},
      {at: at(2)},
      {at: at(0)},
    ]);

    const nanos = lake.table('pi.tags').column('_nanos_of_at');
    expect([...nanos].sort()).toEqual([100n, 200n, null]);
  });

  it('has no column for nanoseconds while there are none', async () => {
    const {open, lake} = start();

    await write(open, stream(BY_TIME), [{at: '2026-03-01T00:00:00.0000010Z'}]);

    expect(lake.table('pi.tags').definition.key).toEqual(['at']);
  });

  it('appends, and says so, where there is no key to deduplicate by', async () => {
    const {open, lake, said} = start();

    await write(open, stream({mode: 'append_dedup'}), [{id: 1}, {id: 1}]);

    expect(lake.table('pi.tags').column('id')).toEqual([1n, 1n]);
    expect(said.join()).toContain('no primary key');
  });

  it('reads lines with their exact numbers', async () => {
    const {open, lake} = start();
    const writer = await open(stream({}));
    const line = (name: string): Buffer =>
      Buffer.from(
        `..{"type":"RECORD","record":{"stream":"${name}","emitted_at":1,"data":{"id":9007199254740993}}}`,
      );

    expect(writer.line?.(line('Tags'), 2, line('Tags').length)).toBe(true);
    expect(writer.line?.(line('Gats'), 2, line('Gats').length)).toBe(false);
    await writer.flush();

    expect(lake.table('pi.tags').column('id')).toEqual([9007199254740993n]);
  });

  it('opens streams together, but those whose tables would have one name in turn', async () => {
    const lake = new MemoryLake();
    const ensure = lake.ensure.bind(lake);
    const asked: string[] = [];
    let enter = (): void => undefined;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    lake.ensure = async (definition) => {
      asked.push(definition.name.table);
      await entered;
      return ensure(definition);
    };
    const {open} = start(lake);

    const names = ['tags', 'points', 'Tags'];
    const opened = names.map((name) => open(stream({name})));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['tags', 'points']);
    enter();
    await Promise.all(opened);

    expect(lake.tableNames).toEqual([
      'pi.tags',
      'pi.points',
      expect.stringMatching(/^pi\.tags_/),
    ]);
  });

  it('leaves a line whose bytes are no UTF-8 to the shell', async () => {
    const {open, lake} = start();
    const writer = await open(stream({}));
    const sound =
      '{"type":"RECORD","record":{"stream":"Tags","emitted_at":1767225600000,"data":{"name":"?"}}}';
    const damaged = Buffer.from(sound);
    damaged[sound.indexOf('?')] = 0xff;

    expect(writer.line?.(Buffer.from(sound), 0, sound.length)).toBe(true);
    expect(writer.line?.(damaged, 0, damaged.length)).toBe(false);
    await writer.flush();
    expect(lake.table('pi.tags').column('name')).toEqual(['?']);
  });

  it('closes the lake with the session', async () => {
    const {close, lake} = start();

    await close();

    expect(lake.isClosed).toBe(true);
  });
});

describe('check', () => {
  it('lets the lake try, and says where tables go', async () => {
    const {destination, lake} = start();
    const config = configSchema.parse({...CONFIG, schema: 'My Plant'});
    const said: string[] = [];

    const sentence = await destination.check(config, {log: logInto(said)});

    expect(sentence).toBe(
      'Wrote a scratch table. Tables of streams without a namespace go to main.my_plant.',
    );
    expect(said).toEqual(['The schema "My Plant" is written as "my_plant".']);
    expect(lake.isClosed).toBe(true);
  });
});

const BY_TIME = {
  properties: {at: {type: 'string', format: 'date-time'}},
  primaryKey: [['at']],
  mode: 'append_dedup',
} as const;

/** Lets the first commit of the lake wait until it is opened. */
function gate(lake: MemoryLake): {
  readonly reached: Promise<void>;
  readonly open: () => void;
} {
  let open = (): void => undefined;
  let reach = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  lake.beforeCommit = () => {
    reach();
    return opened;
  };
  return {reached, open: () => open()};
}
