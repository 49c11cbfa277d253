import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {readCommand} from './command-line';
import {faultSchedule} from './faults/fault-schedule';
import {UsageError} from './plant/usage-error';

describe('command line', () => {
  it('reads the options of serve', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pi-simulator-'));
    const [csv, faults] = [join(folder, 'a.csv'), join(folder, 'faults.json')];
    writeFileSync(csv, 'tag,timestamp,value\n');
    writeFileSync(faults, '[{"match":"a","status":500}]');

    const command = readCommand([
      ...['serve', '--port', '8080', '--seed', '5', '--plants', '2', '--points', '10'],
      ...['--history-days', '1.5', '--now', '2026-01-01', '--latency-ms', '3'],
      ...['--username', 'u', '--password', 'p', '--replay', csv, '--replay', csv],
      ...[
        '--faults',
        faults,
        '--rate-limit',
        '10',
        '--max-returned-items',
        '99',
        '--no-csrf',
      ],
    ]);

    const file = {name: 'a.csv', csv: 'tag,timestamp,value\n'};
    expect(command).toEqual({
      name: 'serve',
      options: {
        port: 8080,
        seed: 5,
        plants: 2,
        points: 10,
        historyDays: 1.5,
        now: '2026-01-01',
        latencyMs: 3,
        username: 'u',
        password: 'p',
        replay: [file, file],
        faults: [{match: 'a', status: 500}],
        rateLimitPerSecond: 10,
        maxReturnedItems: 99,
        csrfDefence: false,
      },
    });
  });

  it('reads what the server bears and how it behaves', () => {
    const command = readCommand([
      ...[
        'serve',
        '--version',
        '2023',
        '--rpc-latency-ms',
        '2',
        '--max-url-bytes',
        '9',
      ],
      ...['--event-latency-micros', '1.5', '--max-concurrent-rpcs', '4'],
      ...['--no-http-sys-limits', '--rate-limit-counts-sub-requests'],
      ...['--summary-counts-bad', '--empty-summary', 'no_data', '--stale-metadata'],
      ...['--unsupported-attributes', 'T*', '--fault-seed', '7'],
    ]);

    expect(command).toMatchObject({
      options: {
        version: '2023',
        rpcLatencyMs: 2,
        maxUrlBytes: 9,
        eventLatencyMicros: 1.5,
        maxConcurrentRpcs: 4,
        httpSysLimits: false,
        rateLimitCountsSubRequests: true,
        summaryCountsBad: true,
        emptySummary: 'no_data',
        staleMetadata: true,
        unsupportedAttributes: 'T*',
        faults: faultSchedule(7),
      },
    });
  });

  it('reads the options of truth', () => {
    const command = readCommand([
      ...['truth', '--from', '2026-01-01', '--to', '2026-01-02'],
      ...['--stream', 'event_frames', '--history-start', '2025-12-01'],
    ]);

    expect(command).toEqual({
      name: 'truth',
      options: {historyStart: '2025-12-01', replay: []},
      stream: 'event_frames',
      window: {from: '2026-01-01', to: '2026-01-02'},
    });
  });

  it('reads what a living plant is made from', () => {
    const stored = join(mkdtempSync(join(tmpdir(), 'pi-simulator-')), 'stored.json');
    const point = {name: 'p', type: 'Int32', events: []};
    writeFileSync(stored, JSON.stringify([point]));
    const life = ['--snapshots', '--life', '--frame-life', '--clock-skew-ms', '500'];

    const serve = readCommand(['serve', ...life, '--stored', stored]);
    const truth = readCommand([
      ...['truth', '--from', '2026-01-01', '--to', '2026-01-02'],
      ...['--stream', 'changes', '--snapshot', 'leave_out', ...life],
    ]);

    const options = {snapshots: true, life: true, frameLife: true, clockSkewMs: 500};
    expect(serve.options).toMatchObject({...options, stored: [point]});
    expect(truth).toMatchObject({
      options,
      stream: 'changes',
      window: {from: '2026-01-01', to: '2026-01-02', snapshot: 'leave_out'},
    });
  });

  it.each([
    [[], 'Usage:'],
    [['start'], 'Usage:'],
    [['serve', '--prot', '1'], 'Usage:'],
    [['serve', 'now'], 'Usage:'],
    [['serve', '--port', 'any'], '--port takes a number'],
    [['serve', '--faults', '/nonexistent.json'], 'cannot be read'],
    [['truth', '--from', '2026-01-01'], '--to is required'],
    [['truth', '--from', 'a', '--to', 'b', '--stream', 'x'], '--stream is one of'],
    [['serve', '--admin-username', 'root'], '--admin-password is required'],
  ])('refuses %j', (args, message) => {
    expect(() => readCommand(args)).toThrow(UsageError);
    expect(() => readCommand(args)).toThrow(message);
  });
});
