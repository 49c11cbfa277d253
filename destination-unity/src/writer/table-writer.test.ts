import {record, start, stream} from '../trial.stand-in';
import {MemoryLake} from './memory-lake.stand-in';

describe('TableWriter', () => {
  it('hands a batch over while an earlier one is still being stored', async () => {
    const lake = new MemoryLake();
    const begun: string[] = [];
    let release: () => void = () => undefined;
    lake.beforeCommit = async (event) => {
      begun.push(event);
      if (begun.length === 1) await new Promise<void>((done) => (release = done));
    };
    const writer = await start(lake).open(stream({}));

    writer.record(record({id: 1}), 10);
    const first = writer.flush();
    writer.record(record({id: 2}), 10);
    const second = writer.flush();
    await settled(() => begun.length === 2);
    release();
    await Promise.all([first, second]);

    expect(begun).toEqual(['append pi.tags 1', 'append pi.tags 1']);
  });

  it('stores nothing behind a column that could not be made', async () => {
    const lake = new MemoryLake();
    const writer = await start(lake).open(stream({}));
    lake.table('pi.tags').evolve = () =>
      Promise.reject(new RangeError('no such right'));

    writer.record(record({id: 1, more: 'undeclared'}), 10);
    const first = writer.flush();
    writer.record(record({id: 2}), 10);
    const ends = await Promise.allSettled([first, writer.flush()]);

    expect(ends.map(({status}) => status)).toEqual(['rejected', 'rejected']);
    expect(lake.events).toEqual([]);
  });

  it('lets the table finish behind its last row', async () => {
    const lake = new MemoryLake();
    const writer = await start(lake).open(stream({generation: [2, 2]}));
    writer.record(record({id: 1}), 10);

    await writer.finish('complete');

    expect(lake.events).toEqual(['append pi.tags 1', 'finish pi.tags']);
  });
});

async function settled(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((turn) => setImmediate(turn));
}
