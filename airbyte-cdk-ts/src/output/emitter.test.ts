import {ConfigError} from '../errors';
import {Emitter} from './emitter';
import {logLevel, type LogLevel} from './log';
import {OutputQueue} from './output-queue';
import {Redactor} from './redaction';

describe('Emitter', () => {
  it('hides secrets in logs, failures and the answer of check', async () => {
    const {emitter, messages} = stand('DEBUG');
    const cause = new TypeError('GET /?p=hunter22 failed');

    emitter.log.debug('trying hunter22');
    emitter.connectionStatus({status: 'FAILED', message: 'No entry with hunter22.'});
    emitter.error(
      new ConfigError('hunter22 is wrong.', {details: {p: 'hunter22'}, cause}),
      {name: 'a'},
    );

    const said = await messages();
    expect(said).toHaveLength(3);
    expect(JSON.stringify(said)).not.toContain('hunter22');
  });

  it('tells the user’s message apart from its origin', async () => {
    const {emitter, messages} = stand('INFO');
    const cause = new TypeError('ECONNRESET');

    emitter.error(new ConfigError('Wrong.', {details: {status: 401}, cause}), {
      name: 'a',
    });

    expect(await messages()).toEqual([
      {
        type: 'TRACE',
        trace: {
          type: 'ERROR',
          emitted_at: 7,
          error: {
            message: 'Wrong.',
            internal_message: 'Wrong. (status=401) <- TypeError: ECONNRESET',
            stack_trace: expect.stringContaining('emitter.test'),
            failure_type: 'config_error',
            stream_descriptor: {name: 'a'},
          },
        },
      },
    ]);
  });

  it('takes whatever was thrown for a defect of ours', async () => {
    const {emitter, messages} = stand('INFO');

    emitter.error('a text');

    expect(await messages()).toMatchObject([
      {
        trace: {
          error: {
            failure_type: 'system_error',
            message: expect.stringContaining('a text'),
          },
        },
      },
    ]);
  });

  it('writes no log below the level asked for', async () => {
    const {emitter, messages} = stand('WARN');

    emitter.log.info('no');
    emitter.log.warn('yes');
    emitter.log.error('yes too');

    expect(await messages()).toMatchObject([
      {log: {level: 'WARN'}},
      {log: {level: 'ERROR'}},
    ]);
  });
});

describe('logLevel', () => {
  it.each<[string | undefined, boolean, LogLevel]>([
    [undefined, false, 'INFO'],
    [undefined, true, 'DEBUG'],
    ['debug', false, 'DEBUG'],
    ['Warn', false, 'WARN'],
    ['fatal', false, 'ERROR'],
    ['nonsense', false, 'INFO'],
  ])('understands LOG_LEVEL=%s with --debug %s as %s', (asked, isDebug, level) => {
    expect(logLevel(asked, isDebug)).toBe(level);
  });
});

function stand(level: LogLevel): {
  emitter: Emitter;
  messages: () => Promise<readonly unknown[]>;
} {
  let text = '';
  const queue = new OutputQueue((blocks) => {
    const bytes = Buffer.concat(blocks);
    text += bytes.toString();
    return Promise.resolve(bytes.length);
  });
  const redactor = new Redactor(['hunter22']);
  const emitter = new Emitter(queue, {redactor, logLevel: level, now: () => 7});
  return {
    emitter,
    messages: async () => {
      await queue.flush();
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown);
    },
  };
}
