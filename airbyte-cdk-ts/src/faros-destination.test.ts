import type {JsonObject} from './protocol/json';
import {
  completeLine,
  end,
  failuresIn,
  memoryOf,
  ofType,
  recordLine,
  sent,
  start,
  statesOf,
} from './testing/processes';
import {Workplace} from './testing/workplace';

describe('runDestination', () => {
  let at: Workplace;
  beforeEach(() => (at = new Workplace()));
  afterEach(() => at[Symbol.dispose]());

  it('answers spec without the frame as the frame does', async () => {
    const alone = await at.destination(['spec']);
    const framed = await at.destination(['spec', '--debug']);

    expect(JSON.stringify(alone.messages)).toBe(JSON.stringify(framed.messages));
    expect(alone.exitCode).toBe(0);
  });

  it('answers spec with its modes', async () => {
    const {messages} = await at.destination(['spec']);

    expect(messages).toMatchObject([
      {
        spec: {
          supported_destination_sync_modes: ['append', 'overwrite', 'append_dedup'],
        },
      },
    ]);
  });

  it.each([
    ['ok', 0, 'SUCCEEDED'],
    ['config', 0, 'FAILED'],
    ['bug', 1, undefined],
  ])('answers check (%s)', async (check, code, status) => {
    const settings = JSON.stringify({
      folder: at.folder,
      check,
      token: 'hunter2hunter2',
    });
    const {messages, output, exitCode} = await at.destination([
      'check',
      '--config',
      at.file('c', settings),
    ]);

    expect(exitCode).toBe(code);
    const [answer] = ofType(messages, 'CONNECTION_STATUS');
    expect((answer?.['connectionStatus'] as JsonObject | undefined)?.['status']).toBe(
      status,
    );
    expect(output).not.toContain('hunter2hunter2');
  });

  it('stores what a source reads, and echoes its states', async () => {
    const read = await at.source([
      'read',
      ...at.order({streams: [{name: 'a'}, {name: 'b'}]}),
    ]);

    const {messages, exitCode} = await at.destination(
      ['write', ...at.lakeOf(['a', 'b'])],
      read.output,
    );

    expect(exitCode).toBe(0);
    expect(at.stored('a')).toHaveLength(31);
    expect(at.stored('a').at(-1)).toEqual({finish: 'complete'});
    expect(statesOf(messages, 'a')).toEqual([{done: 3}]);
    expect(JSON.stringify(messages)).toContain('"destinationStats":{"recordCount":30}');
  });

  it('keeps what a failed source sent, and fails too', async () => {
    const streams = [{name: 'a', fail_at: 2}, {name: 'b'}];
    const read = await at.source(['read', ...at.order({streams})]);

    const {messages, exitCode} = await at.destination(
      ['write', ...at.lakeOf(['a', 'b'])],
      read.output,
    );

    expect(exitCode).toBe(1);
    expect(at.stored('a').at(-1)).toEqual({finish: 'incomplete'});
    expect(at.stored('a')).toHaveLength(21);
    expect(statesOf(messages, 'a')).toEqual([{done: 2}]);
    expect(at.stored('b').at(-1)).toEqual({finish: 'complete'});
    expect(failuresIn(messages)).toEqual(['transient_error']);
  });

  it('tells of a writer that fails without telling secrets', async () => {
    const read = await at.source([
      'read',
      ...at.order({streams: [{name: 'a'}, {name: 'b'}]}),
    ]);
    const more = {fail_stream: 'a', token: 'hunter2hunter2'};

    const {messages, output, exitCode} = await at.destination(
      ['write', ...at.lakeOf(['a', 'b'], more)],
      read.output,
    );

    expect(exitCode).toBe(1);
    expect(failuresIn(messages)).toEqual(['system_error a']);
    expect(statesOf(messages, 'a')).toEqual([]);
    expect(statesOf(messages, 'b')).toEqual([{done: 3}]);
    expect(output).not.toContain('hunter2hunter2');
  });

  it('keeps what came and dies of the signal', async () => {
    const read = await at.source(['read', ...at.order({streams: [{name: 'a'}]})]);
    const lines = read.output.split('\n').filter((line) => !line.includes('COMPLETE'));
    const child = start('destination-tiny', [
      'write',
      ...at.lakeOf(['a'], {flush_ms: 10}),
    ]);
    const ended = end(child);
    child.stdin.write(`${lines.join('\n')}\n`);
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('STATE')) child.kill('SIGTERM');
    });

    const {messages, signal} = await ended;

    expect(signal).toBe('SIGTERM');
    expect(at.stored('a').at(-1)).toEqual({finish: 'incomplete'});
    expect(statesOf(messages, 'a')).toEqual([{done: 3}]);
  });

  it('holds little when its lake is slow', async () => {
    const more = {slow_ms: 20, flush_bytes: 200_000, budget_bytes: 500_000};
    const child = start('destination-tiny', ['write', ...at.lakeOf(['a'], more)]);
    const ended = end(child);
    const line = recordLine('x'.repeat(1000));
    let mostBytes = 0;
    for (let block = 0; block < 200; block += 1) {
      await sent(child.stdin, line.repeat(100));
      mostBytes = Math.max(mostBytes, memoryOf(child.pid!));
    }
    child.stdin.end(completeLine());

    const {exitCode} = await ended;

    expect(exitCode).toBe(0);
    expect(at.stored('a')).toHaveLength(20_001);
    expect(mostBytes).toBeLessThan(150_000_000);
  });
});
