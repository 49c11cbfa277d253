import {TransientError, type Log} from 'airbyte-cdk-ts';
import fc from 'fast-check';

import type {Tally} from '../sync/audit';
import type {AuditRow} from '../sync/audit-rows';
import {fromEpochMs} from '../sync/pi-timestamp';
import {floatPoint} from '../sync/float-point.stand-in';
import {type ReadSpan, SyncAccount} from '../sync/sync-account';
import {NEW_STATE} from '../sync/timeseries-state';
import {type CountEvents, SpanAuditor} from './span-auditor';

const HOUR_MS = 3_600_000;

/** What the first and each further reading of a point bring, and what PI counts. */
interface Scene {
  readonly first: number;
  readonly then: number;
  readonly counted: number;
}

const scenes = fc.array(
  fc.record({
    first: fc.nat(4),
    then: fc.nat(4),
    counted: fc.nat(4),
  }),
  {maxLength: 12},
);

describe('SpanAuditor', () => {
  it('ends in equal only where a delivered reading holds what PI counts', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (plan) => {
        const stand = new Stand(plan);

        await stand.check(plan.map((_, index) => span(index, plan[index]?.first ?? 0)));

        for (const [index, {first, then, counted}] of plan.entries()) {
          const row = stand.rowOf(index);
          const delivered = stand.emitted.get(index) ?? first;
          expect(row?.verdict).toBe(delivered === counted ? 'equal' : 'differs');
          expect(row?.events).toBe(delivered);
          expect(row?.wasReread).toBe(first !== counted);
          // Nothing is delivered a second time unless it is something else.
          expect(stand.emitted.has(index)).toBe(first !== counted && then !== first);
        }
        const differs = plan.some((_, at) => stand.rowOf(at)?.verdict === 'differs');
        expect(stand.warnings.length > 0).toBe(differs);
      }),
      {numRuns: 200, seed: 1},
    );
  });

  it('asks PI once for the spans of a slice that are equal', async () => {
    const plan = Array.from({length: 300}, () => plain(3));
    const stand = new Stand(plan);

    await stand.check(plan.map((_, index) => span(index, 3)));

    expect(stand.asked).toBe(1);
  });

  it('stops asking where PI refuses again and again, says so once, and loses no event', async () => {
    const stand = new Stand([plain(3)], () => ({kind: 'none', reason: 'No.'}));

    for (let hour = 0; hour < 50; hour += 1) await stand.check([span(0, 3, hour)]);

    expect(stand.asked).toBe(3);
    expect(stand.warnings).toEqual([expect.stringContaining('is not audited')]);
    const rows = [...stand.auditor.rows.all()];
    expect(rows).toHaveLength(2);
    expect(rows.reduce((sum, {events}) => sum + events, 0)).toBe(150);
  });

  it('goes on asking where a refusal passes', async () => {
    let asked = 0;
    const stand = new Stand([plain(3)], () =>
      ++asked % 3 === 0 ? {kind: 'count', events: 3} : {kind: 'none', reason: 'No.'},
    );

    for (let hour = 0; hour < 30; hour += 1) await stand.check([span(0, 3, hour)]);

    expect(stand.asked).toBe(30);
    expect(stand.warnings).toEqual([]);
  });

  it('keeps the difference where the span cannot be read again', async () => {
    const stand = new Stand([{...plain(3), counted: 4}]);
    stand.failure = new TransientError('PI is away.');

    await stand.check([span(0, 3)]);

    expect(stand.rowOf(0)).toMatchObject({
      verdict: 'differs',
      wasReread: false,
      reason: expect.stringContaining('could not be read again: PI is away.'),
    });
    expect(stand.warnings).toHaveLength(1);
  });

  it('does not swallow a defect of its own side', async () => {
    const stand = new Stand([{...plain(3), counted: 4}]);
    stand.failure = new RangeError('A defect.');

    await expect(stand.check([span(0, 3)])).rejects.toThrow('A defect.');
  });

  it('reads a bounded number of windows again and warns a bounded number of times', async () => {
    const plan = [{...plain(3), counted: 4}];
    const stand = new Stand(plan);

    for (let hour = 0; hour < 400; hour += 1) await stand.check([span(0, 3, hour)]);

    expect(stand.rereads).toBe(200);
    expect(stand.warnings.length).toBeLessThanOrEqual(51);
    expect(stand.warnings.at(-1)).toContain('load_audit names them all');
    expect(stand.auditor.rows.counts.differs).toBe(400);
  });

  it('asks for nothing where the audit is off', async () => {
    const stand = new Stand([plain(3)], undefined, 'off');

    await stand.check([{...span(0, 3), healed: true}]);

    expect(stand.asked).toBe(0);
    expect(stand.auditor.rows.size).toBe(0);
  });
});

function plain(events: number): Scene {
  return {first: events, then: events, counted: events};
}

/** An auditor before a scripted PI. */
class Stand {
  readonly auditor: SpanAuditor;
  readonly warnings: string[] = [];
  readonly emitted = new Map<number, number>();
  asked = 0;
  rereads = 0;
  failure: Error | undefined;

  constructor(
    private readonly plan: readonly Scene[],
    tally?: () => Tally,
    mode: 'full' | 'off' = 'full',
  ) {
    const account = new SyncAccount();
    const now = fromEpochMs(Date.UTC(2026, 2, 2));
    const points = plan.map((_, index) => floatPoint(index));
    account.beginning = {now, end: now, points, state: NEW_STATE};
    const count = (spans: readonly ReadSpan[]): ReturnType<CountEvents> => {
      this.asked += 1;
      const tallies = spans.map(
        ({point: {pointId}}): Tally =>
          tally?.() ?? {kind: 'count', events: plan[pointId]?.counted ?? 0},
      );
      return Promise.resolve({tallies, requests: 1});
    };
    this.auditor = new SpanAuditor({mode, account, log: this.log(), count});
  }

  async check(spans: readonly ReadSpan[]): Promise<void> {
    const now = ({point: {pointId}}: ReadSpan): {events: number; notGood: number} => ({
      events: this.plan[pointId]?.then ?? 0,
      notGood: 0,
    });
    await this.auditor.check(spans, {
      count: (one) => {
        this.rereads += 1;
        return this.failure ? Promise.reject(this.failure) : Promise.resolve(now(one));
      },
      emit: (one) => {
        this.emitted.set(one.point.pointId, now(one).events);
        return Promise.resolve(now(one));
      },
    });
  }

  rowOf(index: number): AuditRow | undefined {
    return [...this.auditor.rows.all()].find((row) => row.point?.pointId === index);
  }

  private log(): Log {
    const nothing = (): void => undefined;
    const warn = (message: string): void => void this.warnings.push(message);
    return {error: nothing, warn, info: nothing, debug: nothing};
  }
}

function span(index: number, events: number, hour = 0): ReadSpan {
  const fromMs = Date.UTC(2026, 2, 1) + hour * HOUR_MS;
  return {
    point: floatPoint(index),
    from: fromEpochMs(fromMs),
    to: fromEpochMs(fromMs + HOUR_MS),
    events,
    notGood: 0,
    last: undefined,
    healed: false,
  };
}
