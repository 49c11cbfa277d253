import {Readable} from 'node:stream';

import {recordEnvelope, statusLine} from '../protocol/messages';
import {Lake} from '../testing/lake';
import {complete, configured, record, recordOf, state} from '../testing/lines';
import {run} from '../testing/write-run';

describe('write', () => {
  it('stores, finishes and echoes what is complete', async () => {
    const {lake, states, errors, isDone} = await run([
      record('a', 1),
      record('b', 2),
      state('a', 1, 1),
      complete('a'),
      complete('b'),
    ]);

    expect(lake.told).toEqual(['a: 1', 'b: 2', 'a complete', 'b complete']);
    expect(states).toEqual(['a 1 of 1']);
    expect(errors).toEqual([]);
    expect(isDone).toBe(true);
  });

  it('opens and finishes a stream that has no records, so that a clear clears', async () => {
    const catalog = {streams: [configured('a')]};

    const {lake, isDone} = await run([state('a', 0, 0), complete('a')], {catalog});

    expect(lake.told).toEqual(['a complete']);
    expect(isDone).toBe(true);
  });

  it('makes a stream ready as soon as it has started', async () => {
    const started = statusLine({stream: {name: 'a'}, status: 'STARTED'}, 0);
    const lake = new Lake({failsAt: 'open a'});

    const {errors, warnings} = await run([started, complete('b')], {lake});

    expect(errors).toEqual([expect.stringContaining('open a')]);
    expect(warnings).toEqual(['Nothing more of stream "a" is stored: open a']);
  });

  it('keeps what came when the input ends early, replaces nothing, and fails', async () => {
    const {lake, states, errors, isDone} = await run([
      record('a', 1),
      state('a', 1, 1),
      record('a', 2),
      complete('b'),
    ]);

    expect(lake.told).toEqual(['b complete', 'a: 1 2', 'a incomplete']);
    expect(states).toEqual(['a 1 of 1']);
    expect(errors).toEqual([
      'transient_error The input ended before these streams were complete: "a". ' +
        'What was received is kept; nothing older was replaced.',
    ]);
    expect(isDone).toBe(false);
  });

  it('takes INCOMPLETE for not complete', async () => {
    const {lake, isDone} = await run([
      record('a', 1),
      statusLine({stream: {name: 'a'}, status: 'INCOMPLETE'}, 0),
      complete('b'),
    ]);

    expect(lake.told).toContain('a incomplete');
    expect(isDone).toBe(false);
  });

  it('ignores a second COMPLETE, and one for a stream it does not know', async () => {
    const {lake, warnings, isDone} = await run([
      complete('a'),
      complete('a'),
      complete('z'),
      complete('b'),
    ]);

    expect(lake.told.sort()).toEqual(['a complete', 'b complete']);
    expect(warnings).toHaveLength(2);
    expect(isDone).toBe(true);
  });

  it('counts records of an unknown stream, and finishes the others', async () => {
    const {lake, errors, states, isDone} = await run([
      record('z', 1),
      record('z', 2),
      record('a', 3),
      state('a', 1, 1),
      state('z', 1, 2),
      complete('a'),
      complete('b'),
    ]);

    expect(lake.told).toContain('a complete');
    expect(states).toEqual(['a 1 of 1']);
    expect(errors).toEqual([
      expect.stringMatching(/^z config_error 2 records came for the stream "z"/),
    ]);
    expect(isDone).toBe(false);
  });

  it('stops at a damaged line: keeps what came before, echoes nothing after it', async () => {
    const {lake, states, errors} = await run([
      record('a', 1),
      state('a', 1, 1),
      '{"type":"RECORD","record":{"stream":"a","data":{"secret":"hunter2"\n',
      record('a', 2),
      state('a', 2, 1),
      complete('a'),
      complete('b'),
    ]);

    expect(lake.told).toEqual(['a: 1', 'a incomplete']);
    expect(states).toEqual(['a 1 of 1']);
    expect(errors[0]).toMatch(/^system_error Line 3 of the input is a damaged message/);
    expect(errors.join()).not.toContain('hunter2');
  });

  it.each([
    ['without data', '{"type":"RECORD","record":{"stream":"a","data":null}}\n'],
    ['without a stream', '{"type":"RECORD","record":{"data":{}}}\n'],
    ['without a record', '{"type":"RECORD","record":null}\n'],
  ])('takes a RECORD %s for a damaged line', async (_, line) => {
    const {errors, isDone} = await run([line, complete('a'), complete('b')]);

    expect(errors[0]).toMatch(/^system_error Line 1 of the input/);
    expect(isDone).toBe(false);
  });

  it('takes bytes that are no UTF-8 for a damaged line, but not U+FFFD itself', async () => {
    const {head, tail} = recordEnvelope({name: 'a'}, 0);
    const sound = Buffer.from(`${head}{"n":1,"x":"\ufffd"}${tail}`);
    const damaged = Buffer.from(sound);
    damaged[damaged.indexOf(0xef)] = 0xff;
    const input = Readable.from([sound, damaged]);

    const {lake, errors} = await run([], {input});

    expect(lake.rows('a')).toEqual([1]);
    expect(errors[0]).toMatch(/^system_error Line 2 of the input/);
  });

  it('says that the input was cut when its last line is no whole message', async () => {
    const {lake, errors} = await run([record('a', 1), '{"type":"RECORD","rec']);

    expect(lake.told).toEqual(['a: 1', 'a incomplete']);
    expect(errors[0]).toMatch(
      /^transient_error The input ended in the middle of line 2/,
    );
  });

  it('takes a last line without a line feed', async () => {
    const {isDone} = await run([complete('b'), complete('a').trimEnd()]);

    expect(isDone).toBe(true);
  });

  it('warns of text between messages, without quoting it, and goes on', async () => {
    const {warnings, isDone} = await run([
      'Warning: hunter2\n',
      '\r\n',
      ' \t\n',
      '{"level":"info"}\n',
      complete('a'),
      complete('b'),
    ]);

    expect(warnings).toHaveLength(2);
    expect(warnings.join()).not.toContain('hunter2');
    expect(isDone).toBe(true);
  });

  it('passes over messages that are not its business', async () => {
    const {errors, warnings, isDone} = await run([
      '{"type":"LOG","log":{"level":"INFO","message":"x"}}\n',
      '{"type":"CONTROL","control":{}}\n',
      '{"type":"NEW","new":{}}\n',
      '{"type":"TRACE","trace":{"type":"ESTIMATE","estimate":{"name":"a"}}}\n',
      statusLine({stream: {name: 'a'}, status: 'STARTED'}, 0),
      complete('a'),
      complete('b'),
    ]);

    expect([...errors, ...warnings]).toEqual([]);
    expect(isDone).toBe(true);
  });

  it('fails a stream whose writer fails, echoes no more of it, goes on with the others', async () => {
    const lake = new Lake({failsAt: 'flush a'});
    const {states, errors, isDone} = await run(
      [
        record('a', 1),
        state('a', 1, 1),
        record('b', 2),
        state('b', 1, 1),
        complete('a'),
        complete('b'),
      ],
      {lake},
    );

    expect(lake.told).toEqual(['b: 2', 'b complete']);
    expect(states).toEqual(['b 1 of 1']);
    expect(errors).toEqual(['a system_error flush a']);
    expect(isDone).toBe(false);
  });

  it.each(['open a', 'record a', 'finish a'])(
    'survives a failure in %s',
    async (failsAt) => {
      const lake = new Lake({failsAt});
      const {errors, states, isDone} = await run(
        [
          record('a', 1),
          state('a', 1, 1),
          complete('a'),
          state('a', 2, 0),
          record('b', 2),
          complete('b'),
        ],
        {lake},
      );

      expect(lake.told).toContain('b complete');
      expect(errors).toEqual([`a system_error ${failsAt}`]);
      expect(states).toEqual(failsAt === 'finish a' ? ['a 1 of 1'] : []);
      expect(isDone).toBe(false);
    },
  );

  it('stops reading when every stream has failed', async () => {
    const lake = new Lake({failsAt: 'open a'});
    let chunks = 0;
    const input = (async function* () {
      for (; chunks < 1000; chunks += 1) {
        yield await Promise.resolve(Buffer.from(record('a', chunks)));
      }
    })();

    await run([], {lake, input, catalog: {streams: [configured('a')]}});

    expect(chunks).toBeLessThan(10);
  });

  it('takes records behind the end of their stream for lost, and says so', async () => {
    const {errors, states, isDone} = await run([
      complete('a'),
      record('a', 1),
      state('a', 1, 1),
      complete('b'),
    ]);

    expect(errors).toEqual([
      expect.stringMatching(/^a system_error Records of a stream came after/),
    ]);
    expect(states).toEqual([]);
    expect(isDone).toBe(false);
  });

  it('knows seconds and turns them into milliseconds', async () => {
    const lake = new Lake({});
    const seconds =
      '{"type":"RECORD","record":{"stream":"a","data":{"n":1},"emitted_at":1767225600.5}}\n';

    await run([seconds, complete('a'), complete('b')], {lake});

    expect(lake.emittedAt).toEqual([1_767_225_600_500]);
  });

  it('keeps streams of one name in two namespaces apart', async () => {
    const lake = new Lake({});
    const inN = {name: 'a', namespace: 'n'};
    const catalog = {streams: [configured('a'), configured('a', 'n')]};

    await run(
      [
        record('a', 1),
        recordOf(inN, 2),
        record('a', 3),
        complete('a'),
        statusLine({stream: inN, status: 'COMPLETE'}, 0),
      ],
      {lake, catalog},
    );

    expect(lake.rows('a')).toEqual([1, 3]);
    expect(lake.rows('n.a')).toEqual([2]);
  });

  it('finds a stream by its name alone when the namespace was lost', async () => {
    const lake = new Lake({});
    const catalog = {streams: [configured('a', 'n')]};

    const {isDone, states} = await run(
      [record('a', 1), state('a', 1, 1), complete('a')],
      {
        lake,
        catalog,
      },
    );

    expect(lake.rows('n.a')).toEqual([1]);
    expect(states).toEqual(['a 1 of 1']);
    expect(isDone).toBe(true);
  });

  it('warns when fewer records arrive than the source counts', async () => {
    const {warnings, isDone} = await run([
      record('a', 1),
      state('a', 1, 2),
      complete('a'),
      complete('b'),
    ]);

    expect(warnings).toEqual([
      'a: the source counts 2 records before a state, 1 arrived.',
    ]);
    expect(isDone).toBe(true);
  });

  it('keeps what came when it is told to stop', async () => {
    const controller = new AbortController();
    const input = (async function* () {
      yield await Promise.resolve(Buffer.from(record('a', 1) + state('a', 1, 1)));
      controller.abort();
      yield Buffer.from(record('a', 2));
    })();

    const {lake, states, errors, isDone} = await run([], {
      input,
      signal: controller.signal,
    });

    expect(lake.told).toEqual([expect.stringMatching(/^a: 1/), 'a incomplete']);
    expect(states).toEqual(['a 1 of 1']);
    expect(errors).toEqual([]);
    expect(isDone).toBe(false);
  });
});
