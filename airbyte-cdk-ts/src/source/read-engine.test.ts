import {ConfigError, SystemError, TransientError} from '../errors';
import {streamKey} from '../protocol/catalog';
import {emitterStand} from '../testing/emitter-stand';
import {configured} from '../testing/lines';
import {options, read} from '../testing/read-run';
import {tiny} from '../testing/tiny-stream';
import {ReadEngine} from './read-engine';

describe('ReadEngine', () => {
  it('says STARTED, RUNNING at the first record, COMPLETE, with a state before it', async () => {
    const {lines, isComplete} = await read([tiny('a', {slices: 1, records: 2})]);

    expect(lines).toEqual([
      'a STARTED',
      'a RUNNING',
      'a record',
      'a record',
      'a state {"done":1} 2',
      'a COMPLETE',
    ]);
    expect(isComplete).toBe(true);
  });

  it('writes a state for a stream without records, and says no RUNNING', async () => {
    const {lines} = await read([tiny('a', {slices: 0})]);

    expect(lines).toEqual(['a STARTED', 'a state {"done":0} 0', 'a COMPLETE']);
  });

  it('writes a state at the end of a slice when the last one is old enough', async () => {
    const {lines} = await read([tiny('a', {slices: 3, records: 1})], {
      checkpointIntervalMs: 0,
    });

    expect(lines.filter((line) => line.includes('state'))).toEqual([
      'a state {"done":1} 1',
      'a state {"done":2} 1',
      'a state {"done":3} 1',
    ]);
  });

  it('counts every record in exactly one state', async () => {
    let nowMs = 0;
    const clockMs = (): number => (nowMs += 1);

    const {lines} = await read([tiny('a', {slices: 50, records: 3})], {
      clockMs,
      checkpointIntervalMs: 7,
    });

    const counts = lines
      .filter((line) => line.includes('state'))
      .map((line) => Number(line.split(' ').pop()));
    expect(counts.length).toBeGreaterThan(2);
    expect(counts.reduce((sum, count) => sum + count)).toBe(150);
  });

  it('reads the other streams when one has failed, and is not complete', async () => {
    const failure = new TransientError('PI is busy.');
    const {lines, isComplete} = await read(
      [
        tiny('a', {slices: 3, records: 1, failAt: [2, failure]}),
        tiny('b', {slices: 1}),
      ],
      {checkpointIntervalMs: Infinity},
    );

    expect(lines).toEqual([
      'a STARTED',
      'a RUNNING',
      'a record',
      'a record',
      'a state {"done":2} 2',
      'a error transient_error PI is busy.',
      'a INCOMPLETE',
      'b STARTED',
      'b state {"done":1} 0',
      'b COMPLETE',
      'error transient_error 1 of 2 streams were not read to their end: "a".',
    ]);
    expect(isComplete).toBe(false);
  });

  it('claims nothing for a stream that failed before anything was read', async () => {
    const {lines} = await read([
      tiny('a', {slices: 1, failAt: [0, new TypeError('Oops')]}),
    ]);

    expect(lines).toEqual([
      'a STARTED',
      'a error system_error An unforeseen failure: Oops',
      'a INCOMPLETE',
      expect.stringContaining('error system_error'),
    ]);
  });

  it('ends a stream INCOMPLETE whose parts are known to be missing', async () => {
    const missing = new ConfigError('Point X is hidden.');

    const {lines, isComplete} = await read([tiny('a', {slices: 1, failure: missing})]);

    expect(lines.slice(1)).toEqual([
      'a state {"done":1} 0',
      'a error config_error Point X is hidden.',
      'a INCOMPLETE',
      expect.stringContaining('error config_error'),
    ]);
    expect(isComplete).toBe(false);
  });

  it('tells of a stream the source does not have, and reads the others', async () => {
    const {lines, isComplete} = await read([tiny('a', {slices: 0})], {}, ['z', 'a']);

    expect(lines).toEqual([
      'a STARTED',
      'a state {"done":0} 0',
      'a COMPLETE',
      'z STARTED',
      expect.stringMatching(/^z error config_error This source has no stream "z"/),
      'z INCOMPLETE',
      expect.stringContaining('1 of 2 streams'),
    ]);
    expect(isComplete).toBe(false);
  });

  it('reads only what is configured', async () => {
    const {lines} = await read([tiny('a', {slices: 0}), tiny('b', {slices: 0})], {}, [
      'b',
    ]);

    expect(lines[0]).toBe('b STARTED');
    expect(lines).toHaveLength(3);
  });

  it('calls standing still an error, never a loop', async () => {
    const {lines} = await read([tiny('a', {slices: 1, standsStill: true})]);

    expect(lines).toContainEqual(
      expect.stringMatching(
        /^a error system_error The stream was read without getting on/,
      ),
    );
  });

  it('goes on from the state handed back', async () => {
    const {lines} = await read([tiny('a', {slices: 3, records: 1})], {
      states: new Map([[streamKey({name: 'a'}), {done: 2}]]),
    });

    expect(lines.filter((line) => line === 'a record')).toHaveLength(1);
  });

  it('tells of a damaged state as a failure of its stream', async () => {
    const {lines} = await read([tiny('a', {slices: 3})], {
      states: new Map([[streamKey({name: 'a'}), {done: 'x'}]]),
    });

    expect(lines[1]).toBe('a error config_error `done` is damaged.');
  });

  it('ends a full refresh with a state that means: start anew', async () => {
    const stream = tiny('a', {slices: 2, records: 1, modes: ['full_refresh']});
    const first = await read([stream], {checkpointIntervalMs: 0});

    expect(first.lines.filter((line) => line.includes('state'))).toEqual([
      'a state {"__full_refresh_in_progress":true,"done":1} 1',
      'a state {"__full_refresh_in_progress":true,"done":2} 1',
      'a state {"__ab_full_refresh_sync_complete":true} 0',
    ]);
    const again = await read([stream], {
      states: new Map([[streamKey({name: 'a'}), first.states.at(-1)!]]),
    });
    expect(again.lines.filter((line) => line === 'a record')).toHaveLength(2);
    const resumed = await read([stream], {
      states: new Map([[streamKey({name: 'a'}), first.states[0]!]]),
    });
    expect(resumed.lines.filter((line) => line === 'a record')).toHaveLength(1);
  });

  it('leaves a failed full refresh where it can go on', async () => {
    const failAt = [1, new SystemError('No.')] as const;
    const stream = tiny('a', {slices: 2, modes: ['full_refresh'], failAt});

    const {states} = await read([stream]);

    expect(states).toEqual([{__full_refresh_in_progress: true, done: 1}]);
  });

  it('says RATE_LIMITED while anyone waits, and RUNNING again after', async () => {
    const stand = emitterStand();
    const engine = new ReadEngine(options(stand, {}, [configured('a')]));
    const stream = tiny('a', {
      slices: 1,
      onRead: () => {
        engine.rateLimit.waiting(5000);
        engine.rateLimit.waiting(6000);
        engine.rateLimit.resumed();
        engine.rateLimit.resumed();
      },
    });
    engine.rateLimit.waiting(1);

    await engine.read([stream]);

    expect((await stand.lines()).slice(0, 3)).toEqual([
      'a STARTED',
      'a RUNNING until 5000',
      'a RUNNING',
    ]);
  });

  it('says what is true when it is told to stop', async () => {
    const controller = new AbortController();
    const stop = (slice: number): void => {
      if (slice === 1) controller.abort(new TransientError('Stopped.'));
    };
    const streams = [tiny('a', {slices: 9, onRead: stop}), tiny('b', {slices: 1})];

    const {lines, isComplete} = await read(streams, {signal: controller.signal});

    expect(lines).toEqual(['a STARTED', 'a state {"done":2} 0', 'a INCOMPLETE']);
    expect(isComplete).toBe(false);
  });

  it('fails the stream in which memory runs out', async () => {
    const checkMemory = (): void => {
      throw new TransientError('Memory is used up.');
    };

    const {lines} = await read([tiny('a', {slices: 2})], {checkMemory});

    expect(lines).toContain('a error transient_error Memory is used up.');
  });

  it('tells from time to time how it gets on', async () => {
    const stand = emitterStand();
    const tells: (() => void)[] = [];
    const every = (_: number, act: () => void): (() => void) => {
      tells.push(act);
      return () => tells.pop();
    };
    const log: string[] = [];
    const stream = tiny('a', {slices: 2, records: 5, onRead: () => tells[0]?.()});
    const engine = new ReadEngine(options(stand, {every}, [configured('a')]));

    await engine.read([stream]);
    log.push(...(await stand.logs()));

    expect(log[1]).toMatch(/^a: 5 records in 1 slices so far, \d+ a second\.$/);
    expect(tells).toEqual([]);
  });
});
