import fc from 'fast-check';

import type {Verdict} from './audit';
import {type AuditRow, AuditRows} from './audit-rows';
import {floatPoint} from './float-point.stand-in';
import type {PiPoint} from './pi-point';
import {fromEpochMs} from './pi-timestamp';

const VERDICTS = ['equal', 'differs', 'not_counted'] as const;
const HOUR_MS = 3_600_000;

describe('AuditRows', () => {
  it('keeps every event in few rows with keys of their own', () => {
    const windows = fc.array(
      fc.record({
        point: fc.nat(3),
        verdict: fc.constantFrom(...VERDICTS),
        events: fc.nat(50),
        skips: fc.boolean(),
      }),
      {maxLength: 120},
    );
    fc.assert(
      fc.property(windows, (plan) => {
        const rows = new AuditRows();
        const hours = [0, 0, 0, 0];
        const events = [0, 0, 0, 0];
        for (const {point, verdict, events: count, skips} of plan) {
          const hour = (hours[point] ?? 0) + (skips ? 1 : 0);
          rows.add(row(point, hour, {verdict, events: count}));
          hours[point] = hour + 1;
          events[point] = (events[point] ?? 0) + count;
        }

        const all = [...rows.all()];
        expect(all).toHaveLength(rows.size);
        expect(all.length).toBeLessThanOrEqual(4 * 8);
        const keys = all.map(({point, from}) => `${point?.webId} ${from}`);
        expect(new Set(keys).size).toBe(all.length);
        for (const [index, expected] of events.entries()) {
          const own = all.filter(({point}) => point?.webId === `W${index}`);
          expect(own.reduce((sum, one) => sum + one.events, 0)).toBe(expected);
        }
        const counts = Object.values(rows.counts).reduce((sum, one) => sum + one, 0);
        expect(counts).toBe(plan.length);
        const differs = plan.some(({verdict}) => verdict === 'differs');
        expect(all.some(({verdict}) => verdict === 'differs')).toBe(differs);
      }),
      {numRuns: 200, seed: 1},
    );
  });

  it('makes one row of windows that follow each other and say the same', () => {
    const rows = new AuditRows();
    for (const hour of [0, 1, 2]) rows.add(row(0, hour, {verdict: 'equal', events: 5}));

    expect([...rows.all()]).toMatchObject([
      {from: at(0), to: at(3), events: 15, counted: 15, verdict: 'equal'},
    ]);
  });

  it('makes one row of equal windows, whether or not some had a word to them', () => {
    const rows = new AuditRows();
    const reason = 'PI counts only events that it calls good.';
    for (const hour of [0, 1, 2]) {
      const equal = row(0, hour, {verdict: 'equal', events: 5});
      rows.add(hour === 1 ? {...equal, counted: 4, reason} : equal);
    }

    expect([...rows.all()]).toMatchObject([{events: 15, counted: 14, reason}]);
  });

  it('keeps windows that differ apart', () => {
    const rows = new AuditRows();
    for (const hour of [0, 1]) rows.add(row(0, hour, {verdict: 'differs', events: 5}));

    expect([...rows.all()]).toHaveLength(2);
  });

  it('counts the last look at a window that was looked at twice', () => {
    const rows = new AuditRows();
    rows.add(row(0, 0, {verdict: 'differs', events: 4}));
    rows.add(row(0, 0, {verdict: 'equal', events: 5}));

    expect([...rows.all()]).toMatchObject([{verdict: 'equal', events: 5}]);
  });

  it('never sums up a count of which it has only a part', () => {
    const rows = new AuditRows();
    for (let hour = 0; hour < 20; hour += 1) {
      const verdict = hour % 2 === 0 ? 'equal' : 'not_counted';
      rows.add(row(0, hour, {verdict, events: 5}));
    }

    const last = [...rows.all()].at(-1);
    expect(last).toMatchObject({verdict: 'not_counted', counted: undefined});
    expect(last?.reason).toContain('Several windows together');
  });

  it('tells of points that nobody asked about in one row', () => {
    const rows = new AuditRows();
    for (let hour = 0; hour < 1000; hour += 1) {
      rows.addUnasked(row(hour, hour, {verdict: 'not_counted', events: 2}));
    }

    expect([...rows.all()]).toMatchObject([
      {point: undefined, from: at(0), to: at(1000), events: 2000},
    ]);
    expect(rows.counts.not_counted).toBe(1000);
  });
});

function at(hour: number): AuditRow['from'] {
  return fromEpochMs(Date.UTC(2026, 2, 1) + hour * HOUR_MS);
}

function row(
  point: number,
  hour: number,
  {verdict, events}: {verdict: Verdict['verdict']; events: number},
): AuditRow & {readonly point: PiPoint} {
  const counted = verdict === 'equal' ? events : events + 1;
  return {
    point: floatPoint(point),
    from: at(hour),
    to: at(hour + 1),
    events,
    counted: verdict === 'not_counted' ? undefined : counted,
    verdict,
    reason: verdict === 'equal' ? undefined : 'Because.',
    wasReread: false,
  };
}
