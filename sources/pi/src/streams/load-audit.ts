import type {
  JsonObject,
  LineSink,
  Log,
  SourceStream,
  StreamDeclaration,
} from 'airbyte-cdk-ts';
import {z} from 'zod';

import type {AuditMode} from '../sync/audit';
import type {AuditRow, AuditRows} from '../sync/audit-rows';
import type {PiTimestamp} from '../sync/pi-timestamp';
import type {SyncAccount} from '../sync/sync-account';
import {BOOLEAN, field, INSTANT, INTEGER, recordSchema, STRING} from './field-types';
import {writeRecords} from './record-lines';
import {parseState} from './stored-state';

export interface LoadAuditOptions {
  readonly mode: AuditMode;
  readonly account: SyncAccount;
  /** What the audit of this sync's `timeseries` found. */
  readonly rows: AuditRows;
  /** Names of data servers by their GUID, asked for once per sync. */
  readonly serverNames: () => Promise<ReadonlyMap<string, string>>;
  readonly log: Log;
}

/** How far the findings of this sync are delivered. */
export interface LoadAuditState {
  /** The sync whose findings were delivered last. */
  readonly syncedAt: string | undefined;
  readonly delivered: number;
}

/** WebID of the row that stands for all points of which PI was not asked. */
const MANY_POINTS = '*';
const ROWS_PER_WRITE = 1000;

const SCHEMA = recordSchema({
  synced_at: {
    type: 'string',
    format: 'date-time',
    airbyte_type: 'timestamp_with_timezone',
    description: 'When the sync began, by the clock of PI.',
  },
  tag_webid: {
    type: 'string',
    description:
      'WebID 2.0 (IDOnly) of the point; * for one row that stands for all points of ' +
      'which PI was not asked any more.',
  },
  tag_name: field(STRING, 'Name of the point.'),
  data_server: field(STRING, 'Name of the data server.'),
  window_start: {
    type: 'string',
    format: 'date-time',
    airbyte_type: 'timestamp_with_timezone',
    description: 'Begin of the window. Windows that follow each other are one row.',
  },
  window_end: field(INSTANT, 'End of the window, exclusive.'),
  events_read: field(INTEGER, 'Events that PI returned and that were read.'),
  events_counted: field(
    INTEGER,
    'Events that PI itself counts in the window; null where it did not count.',
  ),
  verdict: field(
    STRING,
    'equal; differs: also after the window was read a second time; not_counted: PI was ' +
      'not able to count, or was not asked.',
  ),
  reason: field(STRING, 'What led to the verdict where the numbers alone do not tell.'),
  was_reread: field(BOOLEAN, 'Whether the window was read a second time.'),
});

/** What the audit of `timeseries` found in this sync; nothing is asked of PI for it. */
export class LoadAudit implements SourceStream<
  PiTimestamp,
  LoadAuditState,
  LoadAuditState
> {
  readonly declaration: StreamDeclaration = {
    name: 'load_audit',
    jsonSchema: SCHEMA,
    supportedSyncModes: ['full_refresh', 'incremental'],
    primaryKey: [['synced_at'], ['tag_webid'], ['window_start']],
    cursorField: ['synced_at'],
    isResumable: true,
  };
  private isDelivered = false;

  constructor(private readonly options: LoadAuditOptions) {}

  decodeState(stored: JsonObject | undefined): LoadAuditState {
    if (stored === undefined) return {syncedAt: undefined, delivered: 0};
    const {synced_at} = parseState(stored, StoredState, this.declaration.name);
    return {syncedAt: synced_at, delivered: 0};
  }

  encodeState({syncedAt, delivered}: LoadAuditState): JsonObject {
    const at = syncedAt === undefined ? {} : {synced_at: syncedAt};
    return {version: 1, ...at, delivered};
  }

  async *plan(): AsyncGenerator<PiTimestamp, void, void> {
    const {mode, account, rows, log} = this.options;
    if (this.isDelivered) return;
    if (account.beginning === undefined) {
      log.info('load_audit is empty: it tells of timeseries, which was not read.');
    } else if (mode === 'off') {
      log.info('load_audit is empty: the audit is switched off in the settings.');
    } else if (rows.size > 0) {
      yield await Promise.resolve(account.beginning.now);
    }
  }

  async read(syncedAt: PiTimestamp, lines: LineSink): Promise<LoadAuditState> {
    const names = await this.options.serverNames();
    let delivered = 0;
    let records: JsonObject[] = [];
    for (const row of this.options.rows.all()) {
      records.push(auditRecord(row, syncedAt, names));
      delivered += 1;
      if (records.length < ROWS_PER_WRITE) continue;
      await writeRecords(lines, records);
      records = [];
    }
    await writeRecords(lines, records);
    this.isDelivered = true;
    return {syncedAt, delivered};
  }

  advance(_: LoadAuditState, outcome: LoadAuditState): LoadAuditState {
    return outcome;
  }

  summary(): string {
    const {equal, differs, not_counted: notCounted} = this.options.rows.counts;
    return `Windows audited: ${equal} equal, ${differs} differ, ${notCounted} not counted.`;
  }
}

function auditRecord(
  row: AuditRow,
  syncedAt: PiTimestamp,
  serverNames: ReadonlyMap<string, string>,
): JsonObject {
  const {point, from, to, events, counted, verdict, reason, wasReread} = row;
  return {
    synced_at: syncedAt,
    tag_webid: point?.webId ?? MANY_POINTS,
    tag_name: point?.name,
    data_server: serverNames.get(point?.serverId ?? '') ?? point?.serverId,
    window_start: from,
    window_end: to,
    events_read: events,
    events_counted: counted,
    verdict,
    reason,
    was_reread: wasReread,
  };
}

const StoredState = z.looseObject({
  version: z.literal(1),
  synced_at: z.string().optional(),
});
