import type {Json} from './protocol/json';
import {
  countOf,
  end,
  failuresIn,
  memoryOf,
  ofType,
  propertiesOf,
  start,
  statesOf,
  statusesOf,
  untilWaiting,
} from './testing/processes';
import {PASSWORD, Workplace} from './testing/workplace';

describe('runSource', () => {
  let at: Workplace;
  beforeEach(() => (at = new Workplace()));
  afterEach(() => at[Symbol.dispose]());

  it('answers spec without the frame as the frame does', async () => {
    const alone = await at.source(['spec']);
    const framed = await at.source(['spec', '--debug']);

    expect(JSON.stringify(alone.messages)).toBe(JSON.stringify(framed.messages));
    expect(alone.exitCode).toBe(0);
  });

  it('answers spec with one message, and without common properties of the frame', async () => {
    const {messages, exitCode} = await at.source(['spec']);

    expect(exitCode).toBe(0);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      type: 'SPEC',
      spec: {protocol_version: '0.18.0', supportsIncremental: true},
    });
    expect(Object.keys(propertiesOf(messages[0]!))).toEqual([
      'password',
      'streams',
      'concurrency',
      'check',
    ]);
  });

  it.each([
    ['ok', 'SUCCEEDED'],
    ['config', 'FAILED'],
    ['transient', 'FAILED'],
  ])('answers check (%s) with %s and exit code 0', async (check, status) => {
    const {messages, output, exitCode} = await at.source([
      'check',
      ...at.config({check}),
    ]);

    expect(exitCode).toBe(0);
    expect(ofType(messages, 'CONNECTION_STATUS')).toEqual([
      {
        type: 'CONNECTION_STATUS',
        connectionStatus: {status, message: expect.any(String)},
      },
    ]);
    expect(output).not.toContain(JSON.stringify(PASSWORD).slice(1, -1));
  });

  it.each(['system', 'bug'])(
    'answers check (%s) with a TRACE and exit code 1',
    async (check) => {
      const {messages, exitCode} = await at.source(['check', ...at.config({check})]);

      expect(exitCode).toBe(1);
      expect(ofType(messages, 'CONNECTION_STATUS')).toEqual([]);
      expect(failuresIn(messages)).toEqual(['system_error']);
    },
  );

  it('answers check with FAILED for a configuration that cannot be used', async () => {
    const {messages, exitCode} = await at.source([
      'check',
      '--config',
      at.file('c', '{}'),
    ]);

    expect(exitCode).toBe(0);
    expect(messages).toMatchObject([
      {
        connectionStatus: {
          status: 'FAILED',
          message: expect.stringContaining('Password (password)'),
        },
      },
    ]);
  });

  it('answers discover with one catalog', async () => {
    const streams = [{name: 'a'}, {name: 'b', namespace: 'n', modes: ['full_refresh']}];
    const {messages, exitCode} = await at.source([
      'discover',
      ...at.config({streams}),
      '--debug',
      '--new',
    ]);

    expect(exitCode).toBe(0);
    expect(messages).toMatchObject([
      {
        type: 'CATALOG',
        catalog: {
          streams: [
            {
              name: 'a',
              supported_sync_modes: ['incremental'],
              source_defined_cursor: true,
              default_cursor_field: ['n'],
              source_defined_primary_key: [['n']],
              is_resumable: true,
            },
            {name: 'b', namespace: 'n', supported_sync_modes: ['full_refresh']},
          ],
        },
      },
    ]);
  });

  it('reads the other streams when one fails, and exits with 1', async () => {
    const streams = [{name: 'a', fail_at: 1}, {name: 'b'}];

    const {messages, exitCode} = await at.source([
      'read',
      ...at.order({streams}),
      '--debug',
    ]);

    expect(exitCode).toBe(1);
    expect(statusesOf(messages, 'a')).toEqual(['STARTED', 'RUNNING', 'INCOMPLETE']);
    expect(statusesOf(messages, 'b')).toEqual(['STARTED', 'RUNNING', 'COMPLETE']);
    expect(statesOf(messages, 'a')).toEqual([{done: 1}]);
    expect(failuresIn(messages)).toEqual(['transient_error a', 'transient_error']);
  });

  it('reads on from every form of its own state', async () => {
    const stream = {stream_descriptor: {name: 'a'}, stream_state: {done: 2}};
    const forms: readonly Json[] = [
      [{type: 'STREAM', stream}],
      {type: 'STREAM', stream},
      {type: 'GLOBAL', global: {shared_state: null, stream_states: [stream]}},
      {type: 'LEGACY', data: {a: {done: 2}}},
    ];
    for (const form of forms) {
      const args = [
        ...at.order({streams: [{name: 'a'}]}),
        '--state',
        at.file('s.txt', JSON.stringify(form)),
      ];
      const {messages, exitCode} = await at.source(['read', ...args]);

      expect([exitCode, ofType(messages, 'RECORD').length]).toEqual([0, 10]);
    }
  });

  it('starts a finished full refresh anew, though asked for incremental', async () => {
    const streams = [{name: 'a', modes: ['full_refresh']}];
    const first = await at.source(['read', ...at.order({streams})]);
    const last = statesOf(first.messages, 'a').at(-1)!;
    const state = [
      {type: 'STREAM', stream: {stream_descriptor: {name: 'a'}, stream_state: last}},
    ];

    const again = await at.source([
      'read',
      ...at.order({streams}),
      '--state',
      at.file('s', JSON.stringify(state)),
    ]);

    expect(last).toEqual({__ab_full_refresh_sync_complete: true});
    expect(ofType(again.messages, 'RECORD')).toHaveLength(30);
  });

  it('writes a state after every slice when told so', async () => {
    const environment = {CHECKPOINT_INTERVAL_SECONDS: '0'};

    const {messages} = await at.source(
      ['read', ...at.order({streams: [{name: 'a'}]})],
      environment,
    );

    expect(statesOf(messages, 'a')).toEqual([{done: 1}, {done: 2}, {done: 3}]);
    expect(
      messages.filter(({type}) => type === 'STATE').map((message) => countOf(message)),
    ).toEqual([10, 10, 10]);
  });

  it.each(['secret', 'stray'])(
    'lets no secret out, whatever fails (%s)',
    async (fail_with) => {
      const streams = [{name: 'a', fail_at: 1, fail_with}];

      const {messages, output, exitCode} = await at.source([
        'read',
        ...at.order({streams}),
        '--debug',
      ]);

      expect(exitCode).toBe(1);
      expect(failuresIn(messages)[0]).toContain('system_error');
      const inBase64 = Buffer.from(`user:${PASSWORD}`).toString('base64');
      const forms = [
        PASSWORD,
        JSON.stringify(PASSWORD).slice(1, -1),
        encodeURIComponent(PASSWORD),
        inBase64,
      ];
      for (const form of forms) expect(output).not.toContain(form);
    },
  );

  it.each([
    ['no command', [], 'no command was given'],
    ['an unknown command', ['fly'], "unknown command 'fly'"],
    ['no configuration', ['read'], "required option '--config"],
    [
      'a file that is not there',
      ['check', '--config', '/none'],
      'there is no such file',
    ],
  ])('says in a TRACE that there is %s', async (_, args, said) => {
    const {messages, exitCode} = await at.source(args);

    expect(exitCode).toBe(1);
    expect(failuresIn(messages)).toEqual(['config_error']);
    expect(JSON.stringify(messages)).toContain(said);
  });

  it('does not end well because nothing is left to wait for', async () => {
    const streams = [{name: 'a', fail_at: 1, fail_with: 'nothing'}];

    const {messages, exitCode} = await at.source(['read', ...at.order({streams})]);

    expect([exitCode, ...failuresIn(messages)]).toEqual([1, 'system_error']);
  });

  it('refuses sockets', async () => {
    const {messages, exitCode} = await at.source(['read', ...at.order({})], {
      DATA_CHANNEL_MEDIUM: 'SOCKET',
    });

    expect([exitCode, ...failuresIn(messages)]).toEqual([1, 'config_error']);
  });

  it('shows its help', async () => {
    const {output, exitCode} = await at.source(['--help']);

    expect(exitCode).toBe(0);
    expect(output).toContain('Usage: source-tiny');
  });

  it('says what is true and dies of the signal', async () => {
    const streams = [{name: 'a', slices: 5, hang_at: 2}, {name: 'b'}];
    const child = start('source-tiny', ['read', ...at.order({streams})]);
    const ended = end(child);
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('"n":19,')) child.kill('SIGTERM');
    });

    const {messages, signal} = await ended;

    expect(signal).toBe('SIGTERM');
    expect(statesOf(messages, 'a')).toEqual([{done: 2}]);
    expect(statusesOf(messages, 'a')).toEqual(['STARTED', 'RUNNING', 'INCOMPLETE']);
    expect(statusesOf(messages, 'b')).toEqual([]);
  });

  it('ends soon with exit code 1 when its reader has gone', async () => {
    const streams = [{name: 'a', slices: 1, records_per_slice: 1e9}];
    const child = start('source-tiny', ['read', ...at.order({streams})]);
    child.stdout.once('data', () => child.stdout.destroy());

    const {exitCode} = await end(child);

    expect(exitCode).toBe(1);
  });

  it('holds little when its reader is slow', async () => {
    const streams = [{name: 'a', slices: 2, records_per_slice: 20_000, padding: 2000}];
    const child = start('source-tiny', ['read', ...at.order({streams})]);
    child.stdout.pause();
    await untilWaiting(child.pid!);
    const residentBytes = memoryOf(child.pid!);
    child.stdout.resume();

    const {messages, exitCode} = await end(child);

    expect(exitCode).toBe(0);
    expect(ofType(messages, 'RECORD')).toHaveLength(40_000);
    expect(residentBytes).toBeLessThan(150_000_000);
  });
});
