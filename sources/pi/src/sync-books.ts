import type {AnySourceStream, Log} from 'airbyte-cdk-ts';

import {listDataServers} from './client/data-servers';
import {latestEvents} from './client/latest-events';
import type {PiHttp} from './client/pi-http';
import {countEvents} from './client/summaries';
import {PointTimes, type Traffic} from './client/traffic';
import {pointRulesOf, type PiConfig} from './config';
import {LoadAudit} from './streams/load-audit';
import {SpanAuditor} from './streams/span-auditor';
import {TagStatus, type TagStatusOptions} from './streams/tag-status';
import {SyncAccount} from './sync/sync-account';
import {syncSummary} from './sync/sync-summary';

export interface SyncBooksOptions extends Pick<
  TagStatusOptions,
  'points' | 'serverNow'
> {
  readonly config: PiConfig;
  readonly pi: PiHttp;
  readonly traffic: Traffic;
  readonly log: Log;
}

/** What is written down while a sync runs, for those who tell of it afterwards. */
export class SyncBooks {
  readonly account = new SyncAccount();
  readonly times = new PointTimes();
  readonly auditor: SpanAuditor;

  constructor(private readonly options: SyncBooksOptions) {
    const {config, pi, log} = options;
    this.auditor = new SpanAuditor({
      mode: config.load_audit,
      count: (spans) => countEvents(pi, spans),
      account: this.account,
      log,
    });
  }

  /** The streams that tell what the books say. */
  streams(): {readonly audit: AnySourceStream; readonly status: AnySourceStream} {
    const {config, pi} = this.options;
    const names = async (): Promise<ReadonlyMap<string, string>> =>
      new Map((await listDataServers(pi)).map(({id, name}) => [id, name]));
    const {account, auditor} = this;
    return {
      audit: new LoadAudit({
        ...this.options,
        account,
        mode: config.load_audit,
        rows: auditor.rows,
        serverNames: names,
      }),
      status: new TagStatus({
        ...this.options,
        account,
        serverNames: names,
        latestEvents: (points) => latestEvents(pi, points),
        wanted: pointRulesOf(config).points,
      }),
    };
  }

  /** Tells the log what the sync has done. */
  close(): void {
    const {traffic, log} = this.options;
    const {requests, receivedBytes, serverWait, ownWait} = traffic;
    const {account, auditor, times} = this;
    const summary = syncSummary({
      account,
      audit: auditor.rows.counts,
      auditRequests: auditor.requests,
      requests,
      receivedBytes,
      serverWaitMs: serverWait.waitedMs,
      ownWaitMs: ownWait.waitedMs,
      slowest: times.slowest(SLOWEST),
    });
    log.info(summary);
  }
}

const SLOWEST = 5;
