import {ConnectorError, type Log} from 'airbyte-cdk-ts';

import {
  auditedPoints,
  type AuditMode,
  type CountHabit,
  habitShown,
  isAudited,
  type Tally,
  type Verdict,
  verdictOf,
} from '../sync/audit';
import {AuditRows} from '../sync/audit-rows';
import {PointSet} from '../sync/point-set';
import type {ReadSpan, SyncAccount} from '../sync/sync-account';
import type {Reread, SpanAudit} from './span-audit';

/** Asks PI to count the events of spans; `tallies` stands in the order of the spans. */
export type CountEvents = (
  spans: readonly ReadSpan[],
) => Promise<{readonly tallies: readonly Tally[]; readonly requests: number}>;

export interface SpanAuditorOptions {
  readonly mode: AuditMode;
  readonly count: CountEvents;
  readonly account: SyncAccount;
  readonly log: Log;
}

/** So many slices in a row of which PI counts nothing: it is not asked again. */
const MOST_REFUSALS = 3;
/** Second readings of a sync; beyond them the fault is no matter of single windows. */
const MOST_REREADS = 200;
/** Warnings of a sync that name windows; all of them are rows. */
const MOST_WARNINGS = 50;
const NAMED_PER_WARNING = 5;

/** A span, and what was found last. */
interface Finding {
  readonly span: ReadSpan;
  readonly verdict: Verdict;
  readonly wasReread: boolean;
}

/**
 * Asks PI how many events it has in what was read. Where the numbers differ, the span is
 * read once more and delivered again if that brings something else; what differs then
 * stays a difference, told as a row and in the log.
 */
export class SpanAuditor implements SpanAudit {
  readonly rows = new AuditRows();
  /** Requests to PI for counts. */
  requests = 0;
  private audited: PointSet | undefined;
  /** By GUID of the data server. */
  private readonly habits = new Map<string, CountHabit>();
  private refusals = 0;
  private rereads = 0;
  private warnings = 0;

  constructor(private readonly options: SpanAuditorOptions) {}

  async check(spans: readonly ReadSpan[], reread: Reread): Promise<void> {
    const wanted = this.wanted(spans);
    if (wanted.length === 0) return;
    if (this.refusals >= MOST_REFUSALS) {
      for (const span of wanted) this.rows.addUnasked(unasked(span));
      return;
    }
    const verdicts = await this.verdicts(wanted);
    this.noteRefusals(verdicts);
    const findings = wanted.map((span, index) => found(span, verdicts[index]));
    const differing = findings.filter(({verdict}) => verdict.verdict === 'differs');
    for (const finding of findings) {
      if (!differing.includes(finding)) this.keep(finding);
    }
    if (differing.length > 0) await this.lookAgain(differing, reread);
  }

  private wanted(spans: readonly ReadSpan[]): readonly ReadSpan[] {
    const {mode, account} = this.options;
    const {beginning} = account;
    if (mode === 'off' || beginning === undefined) return [];
    const {points, now} = beginning;
    this.audited ??= auditedPoints(mode, PointSet.of(points), now);
    const {audited} = this;
    return spans.filter((span) => isAudited(span, mode, audited));
  }

  private async verdicts(spans: readonly ReadSpan[]): Promise<readonly Verdict[]> {
    const {tallies, requests} = await this.options.count(spans);
    this.requests += requests;
    spans.forEach((span, index) => this.learn(span, tallies[index]));
    return spans.map((span, index) => {
      const habit = this.habits.get(span.point.serverId);
      return verdictOf(span, tallies[index] ?? NOT_ANSWERED, habit);
    });
  }

  /** The first count that tells which events a data server counts holds for all others. */
  private learn(span: ReadSpan, tally: Tally = NOT_ANSWERED): void {
    const {serverId} = span.point;
    if (this.habits.has(serverId)) return;
    const habit = habitShown(span, tally);
    if (habit !== undefined) this.habits.set(serverId, habit);
  }

  private noteRefusals(verdicts: readonly Verdict[]): void {
    const isRefused = verdicts.every(({verdict}) => verdict === 'not_counted');
    this.refusals = isRefused ? this.refusals + 1 : 0;
    if (this.refusals !== MOST_REFUSALS) return;
    this.options.log.warn(
      'PI refused several times to count events: what is read from here on in this ' +
        `sync is not audited. The last refusal: ${verdicts[0]?.reason ?? 'none'}`,
    );
  }

  /** Reads the spans once more, then has PI count once more: the archive may have moved. */
  private async lookAgain(findings: readonly Finding[], reread: Reread): Promise<void> {
    const again: ReadSpan[] = [];
    for (const finding of findings) {
      const span = await this.readAgain(finding, reread);
      if (span !== undefined) again.push(span);
    }
    const verdicts = again.length === 0 ? [] : await this.verdicts(again);
    const last = again.map((span, index) => found(span, verdicts[index], true));
    for (const finding of last) this.keep(finding);
    this.warn(last.filter(({verdict}) => verdict.verdict === 'differs'));
  }

  /** The span as it was found the second time; undefined where it could not be read. */
  private async readAgain(
    {span, verdict}: Finding,
    reread: Reread,
  ): Promise<ReadSpan | undefined> {
    if (this.rereads >= MOST_REREADS) {
      this.keepUnread(
        {span, verdict},
        'It was not read again: too many windows differ.',
      );
      return undefined;
    }
    this.rereads += 1;
    try {
      const counted = await reread.count(span);
      // Of events that were delivered before it is not known how good they are.
      const hasMoved = counted.events !== span.events;
      return {...span, ...(hasMoved ? await reread.emit(span) : counted)};
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      this.keepUnread({span, verdict}, `It could not be read again: ${error.message}`);
      return undefined;
    }
  }

  private keepUnread({span, verdict}: Omit<Finding, 'wasReread'>, why: string): void {
    const reason = `${verdict.reason ?? ''} ${why}`.trim();
    const finding = {span, verdict: {...verdict, reason}, wasReread: false};
    this.keep(finding);
    this.warn([finding]);
  }

  private keep({span, verdict, wasReread}: Finding): void {
    const {point, from, to, events} = span;
    this.rows.add({...verdict, point, from, to, events, wasReread});
  }

  private warn(findings: readonly Finding[]): void {
    if (findings.length === 0 || this.warnings > MOST_WARNINGS) return;
    this.warnings += 1;
    const {log} = this.options;
    if (this.warnings > MOST_WARNINGS) {
      log.warn('Further differences are not told here: load_audit names them all.');
      return;
    }
    const named = findings.slice(0, NAMED_PER_WARNING).map(differenceText);
    const rest = findings.length - named.length;
    const more = rest > 0 ? `; and ${rest} more, see load_audit` : '';
    log.warn(
      `What was read differs from what PI counts: ${named.join('; ')}${more}. Events ` +
        'that PI returned were delivered; ask the PI administrator to look at the ' +
        'archive of these points.',
    );
  }
}

const NOT_ANSWERED: Tally = {kind: 'none', reason: 'PI did not answer for the point.'};
const NOT_ASKED =
  'PI refused several times to count, so it was not asked for these points and windows.';

function found(
  span: ReadSpan,
  verdict: Verdict | undefined,
  wasReread = false,
): Finding {
  return {span, verdict: verdict ?? verdictOf(span, NOT_ANSWERED), wasReread};
}

function unasked({from, to, events}: ReadSpan): Parameters<AuditRows['addUnasked']>[0] {
  const verdict = {
    verdict: 'not_counted',
    counted: undefined,
    reason: NOT_ASKED,
  } as const;
  return {...verdict, from, to, events, wasReread: false};
}

function differenceText({span, verdict}: Finding): string {
  const {point, from, to, events} = span;
  const counted = verdict.counted ?? 0;
  return `${point.name} from ${from} to ${to}: ${events} read, ${counted} counted`;
}
