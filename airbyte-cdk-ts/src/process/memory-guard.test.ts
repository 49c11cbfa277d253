import {TransientError} from '../errors';
import {containerLimitBytes, memoryGuard} from './memory-guard';

describe('memoryGuard', () => {
  it('says what to do before the container is killed', () => {
    const check = memoryGuard({
      limitBytes: 2_000_000_000,
      usedBytes: () => 1_900_000_000,
      clockMs: () => 0,
    });

    expect(check).toThrow(TransientError);
    expect(check).not.toThrow();
  });

  it('looks once a second', () => {
    let nowMs = 0;
    let looks = 0;
    const usedBytes = (): number => ((looks += 1), 0);
    const check = memoryGuard({limitBytes: 1000, usedBytes, clockMs: () => nowMs});

    for (; nowMs <= 3000; nowMs += 100) check();

    expect(looks).toBe(4);
  });

  it('never fails where there is no limit', () => {
    const usedBytes = (): number => Infinity;

    expect(
      memoryGuard({limitBytes: undefined, usedBytes, clockMs: () => 0}),
    ).not.toThrow();
  });
});

describe('containerLimitBytes', () => {
  it.each([
    ['the newer file', {'/sys/fs/cgroup/memory.max': '1073741824'}, 1073741824],
    ['the older file', {'/sys/fs/cgroup/memory/memory.limit_in_bytes': '512'}, 512],
    ['no limit', {'/sys/fs/cgroup/memory.max': 'max'}, undefined],
    [
      'no limit of the older kind',
      {'/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712'},
      undefined,
    ],
    ['no files', {}, undefined],
  ])('reads %s', (_, files, limit) => {
    const read = (file: string): string | undefined =>
      new Map(Object.entries(files)).get(file);

    expect(containerLimitBytes(read)).toBe(limit);
  });
});
