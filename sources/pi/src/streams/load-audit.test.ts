import type {Log} from 'airbyte-cdk-ts';

import {AuditRows} from '../sync/audit-rows';
import {floatPoint} from '../sync/float-point.stand-in';
import {fromEpochMs, type PiTimestamp} from '../sync/pi-timestamp';
import {SyncAccount} from '../sync/sync-account';
import {NEW_STATE} from '../sync/timeseries-state';
import {LoadAudit} from './load-audit';
import {runStream} from './stream-run.stand-in';

const at = (hour: number): PiTimestamp => fromEpochMs(Date.UTC(2026, 2, 1, hour));

describe('load_audit', () => {
  it('delivers what was found, point by point', async () => {
    const {stream} = standOf(2);

    const {records, state} = await runStream(stream);

    expect(records).toEqual([
      {
        synced_at: at(8),
        tag_webid: 'W0',
        tag_name: 'point 0',
        data_server: 'PISRV01',
        window_start: at(6),
        window_end: at(7),
        events_read: 3,
        events_counted: 3,
        verdict: 'equal',
        was_reread: false,
      },
      expect.objectContaining({tag_webid: 'W1'}),
    ]);
    expect(state).toEqual({version: 1, synced_at: at(8), delivered: 2});
  });

  it('delivers many rows, also right after a sync at the same time of PI', async () => {
    const {state: stored} = await runStream(standOf(2500).stream);

    const {records} = await runStream(standOf(2500).stream, {stored});

    expect(records).toHaveLength(2500);
  });

  it('says why it is empty', async () => {
    const unread = standOf(1);
    unread.account.beginning = undefined;
    const off = standOf(1, 'off');

    for (const {stream} of [unread, off]) {
      expect((await runStream(stream)).records).toEqual([]);
    }
    expect(unread.log).toEqual([expect.stringContaining('timeseries, which was not')]);
    expect(off.log).toEqual([expect.stringContaining('switched off')]);
  });

  it('marks the row that stands for all points nobody asked about', async () => {
    const {stream, rows} = standOf(0);
    const verdict = {
      verdict: 'not_counted',
      counted: undefined,
      reason: 'No.',
    } as const;
    rows.addUnasked({...verdict, from: at(1), to: at(2), events: 9, wasReread: false});

    const {records} = await runStream(stream);

    expect(records).toMatchObject([{tag_webid: '*', events_read: 9, reason: 'No.'}]);
    expect(records[0]).not.toHaveProperty('tag_name');
  });

  it('refuses a damaged state', () => {
    const {stream} = standOf(0);

    expect(() => stream.decodeState({version: 7})).toThrow('load_audit cannot be read');
  });
});

function standOf(
  count: number,
  mode: 'full' | 'off' = 'full',
): {
  readonly stream: LoadAudit;
  readonly account: SyncAccount;
  readonly rows: AuditRows;
  readonly log: string[];
} {
  const rows = new AuditRows();
  for (let index = 0; index < count; index += 1) {
    const verdict = {verdict: 'equal', counted: 3, reason: undefined} as const;
    const window = {from: at(6), to: at(7), events: 3, wasReread: false};
    rows.add({...verdict, ...window, point: floatPoint(index)});
  }
  const account = new SyncAccount();
  account.beginning = {now: at(8), end: at(8), points: [], state: NEW_STATE};
  const log: string[] = [];
  const serverNames = (): Promise<ReadonlyMap<string, string>> =>
    Promise.resolve(new Map([['s', 'PISRV01']]));
  const stream = new LoadAudit({mode, account, rows, serverNames, log: logInto(log)});
  return {stream, account, rows, log};
}

function logInto(lines: string[]): Log {
  const tell = (message: string): void => void lines.push(message);
  return {error: tell, warn: tell, info: tell, debug: tell};
}
