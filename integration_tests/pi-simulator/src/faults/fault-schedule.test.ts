import fc from 'fast-check';

import {type Reply, type TestClient, withSimulator} from '../test-client';
import {readFaultRules} from './fault-rule';
import {type FaultKind, faultSchedule} from './fault-schedule';

const POINTS = ['Alder.U1.TI-001', 'Alder.U1.PI-002'];
const EVERY_KIND: readonly FaultKind[] = [
  ...(['rate_limited', 'server_error', 'bad_gateway', 'unavailable'] as const),
  ...(['gateway_timeout', 'timeout', 'slow_body', 'truncated', 'reset'] as const),
  ...(['web_exception', 'sub_request', 'missing_point', 'failing_point'] as const),
  ...(['lower_limit', 'html_page', 'wrong_links', 'value_error'] as const),
];
const anySeed = fc.integer({min: 0, max: 1_000_000});

/** Asks until a good and whole answer comes; how often is bounded. */
async function patiently(client: TestClient, path: string): Promise<Reply> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const reply = await client.get(path).catch(() => undefined);
    if (reply !== undefined && isWhole(reply)) return reply;
  }
  throw new RangeError(`${path} never came whole.`);
}

function isWhole({status, body}: Reply): boolean {
  if (status !== 200 || typeof body === 'string') return false;
  const parts = [body, ...body.Items];
  return parts.every((part) => !('WebException' in part));
}

describe('fault schedule', () => {
  it('is the same for the same seed and another for another', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect(faultSchedule(seed, {points: POINTS})).toEqual(
          faultSchedule(seed, {points: POINTS}),
        );
        expect(faultSchedule(seed)).not.toEqual(faultSchedule(seed + 1));
      }),
      {numRuns: 50, seed: 1},
    );
  });

  it('is made of rules that a faults file may hold, each with an end', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const rules = faultSchedule(seed, {
          points: POINTS,
          kinds: EVERY_KIND,
          count: 30,
        });

        expect(readFaultRules(JSON.stringify(rules), 'schedule')).toEqual(rules);
        expect(rules.every(({times}) => Number(times) < 30)).toBe(true);
      }),
      {numRuns: 50, seed: 2},
    );
  });

  it.each(EVERY_KIND)('can be made of %s alone', (kind) => {
    const rules = faultSchedule(7, {kinds: [kind], points: POINTS, count: 3});

    expect(rules).toHaveLength(3);
    expect(new Set(rules.map((rule) => Object.keys(rule).length)).size).toBeLessThan(3);
  });

  it('leaves points alone when it knows none', () => {
    const rules = faultSchedule(3, {count: 200});

    expect(rules.filter(({on}) => on === 'stream')).toEqual([]);
  });

  it('lets a point fail for ever only when told to', () => {
    const rules = faultSchedule(3, {lastingPoints: POINTS, count: 5});

    expect(rules.filter(({times}) => times === undefined)).toMatchObject([
      {match: ` ${POINTS[0]!} `, on: 'stream'},
      {match: ` ${POINTS[1]!} `, on: 'stream'},
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'gives everything to a client that asks again (seed %i)',
    async (seed) => {
      const faults = faultSchedule(seed, {
        points: POINTS,
        spread: 4,
        count: 20,
        timeoutMs: 1,
      });
      await withSimulator({}, async (client) => {
        const points = await client.points('Alder.U1.*');
        const webIds = points.map(({WebId}) => `webId=${WebId}`).join('&');
        const paths = ['/dataservers', `/streamsets/recorded?${webIds}&maxCount=300`];
        const clean = [];
        for (const path of paths) clean.push((await client.get(path)).body);
        for (const fault of faults) client.simulator.addFault(fault);
        const hurt = [];
        for (let round = 0; round < 10; round += 1) {
          hurt.length = 0;
          for (const path of paths) hurt.push((await patiently(client, path)).body);
        }

        // Ten rounds of links to another host are over by then, too.
        expect(hurt).toEqual(clean);
      });
    },
  );
});
