import {Waits} from './waits';

describe('Waits', () => {
  it('tells when waiting begins, then every half minute, however many wait', () => {
    const said: string[] = [];
    let nowMs = 1_000_000;
    const say = (message: string): void => void said.push(message);
    const log = {error: say, warn: say, info: say, debug: say};
    const waits = new Waits({log, nowMs: () => nowMs});
    const sinceMs = nowMs;

    for (let second = 0; second <= 70; second += 1) {
      waits.waiting('starting', sinceMs);
      waits.waiting('starting', nowMs);
      nowMs += 1000;
    }

    expect(said).toEqual([
      'The warehouse is starting, waiting.',
      'The warehouse is starting, waiting since 30 s.',
      'The warehouse is starting, waiting since 60 s.',
    ]);
  });
});
