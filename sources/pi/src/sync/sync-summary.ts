import type {VerdictCounts} from './audit-rows';
import type {PiPoint} from './pi-point';
import {PointStandings} from './point-standing';
import type {SyncAccount} from './sync-account';

/** What a sync has done, for the one line that tells of it. */
export interface SyncFacts {
  readonly account: SyncAccount;
  readonly audit: VerdictCounts;
  readonly auditRequests: number;
  readonly requests: number;
  readonly receivedBytes: number;
  /** On the clock of the wall, because PI asked for it. */
  readonly serverWaitMs: number;
  /** On the clock of the wall, because of the rate the user allows. */
  readonly ownWaitMs: number;
  /** The slowest first. */
  readonly slowest: readonly (readonly [webId: string, ms: number])[];
}

/** One line on a sync that came to its end, well or not. */
export function syncSummary(facts: SyncFacts): string {
  const {account, requests, receivedBytes, serverWaitMs, ownWaitMs} = facts;
  const read =
    account.beginning === undefined ? [] : readText(facts, account.beginning);
  const parts = [
    ...read,
    `${requests} requests, ${megabytes(receivedBytes)} received`,
    `waited ${seconds(serverWaitMs)} because PI asked for it and ` +
      `${seconds(ownWaitMs)} for the rate limit of the settings`,
  ];
  return `Sync ended: ${parts.join('; ')}.`;
}

function readText(
  facts: SyncFacts,
  {points}: NonNullable<SyncAccount['beginning']>,
): readonly string[] {
  const {account, audit, auditRequests, slowest} = facts;
  const {equal, differs, not_counted: notCounted} = audit;
  const {healthy, late, failed} = pointCounts(account, points);
  return [
    `points: ${healthy} healthy, ${late} late, ${failed} failed`,
    `${account.events} events`,
    `audited windows: ${equal} equal, ${differs} differ, ${notCounted} not counted, ` +
      `by ${auditRequests} requests`,
    ...(slowest.length === 0 ? [] : [`slowest points: ${slowText(slowest, points)}`]),
  ];
}

function pointCounts(
  account: SyncAccount,
  points: readonly PiPoint[],
): Record<'healthy' | 'late' | 'failed', number> {
  const standings = new PointStandings(account);
  const end = account.beginning?.end ?? '';
  const counts = {healthy: 0, late: 0, failed: 0};
  for (const point of points) {
    const {state, completeUntil = ''} = standings.of(point);
    if (state === 'quarantined') counts.failed += 1;
    else counts[completeUntil >= end ? 'healthy' : 'late'] += 1;
  }
  return counts;
}

function slowText(slowest: SyncFacts['slowest'], points: readonly PiPoint[]): string {
  const ms = new Map(slowest);
  const names = new Map<string, string>();
  for (const {webId, name} of points) if (ms.has(webId)) names.set(webId, name);
  return slowest
    .map(([webId, took]) => `${names.get(webId) ?? webId} ${seconds(took)}`)
    .join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
